//! Where static files come from.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::apps::{App, AppSource, Apps};
use crate::staticfiles::directory_listing::DirectoryListing;
use crate::staticfiles::{Asset, FoundFile, IgnorePatterns, StaticFilesError, StaticPath};
use crate::text;

/// The directory of an app that holds its static files.
const APP_DIRECTORY: &str = "static";

/// The roots of all static files, in order of precedence: `[static] dirs`, then each app's `static/`.
#[derive(Clone, Debug)]
pub struct Finders(Vec<Finder>);

/// A directory of `[static] dirs`, with its place on disk.
#[derive(Clone, Debug)]
pub struct FinderDirectory {
    /// Where it is.
    pub path: PathBuf,
    /// The directory that its files are asked for in; `None` is that of all static files.
    pub prefix: Option<StaticPath>,
}

/// A file or directory of a name, and who found it.
#[derive(Clone, Debug)]
pub struct FinderMatch {
    /// The finder, for messages: `[static] dirs` or an app.
    pub finder: String,
    /// What it found.
    pub asset: Asset,
}

#[derive(Clone, Debug)]
struct Finder {
    /// What messages call it.
    name: String,
    root: FinderRoot,
}

#[derive(Clone, Debug)]
enum FinderRoot {
    Directory(FinderDirectory),
    Embedded(App),
}

impl Finders {
    /// Looks in `directories`, then in the apps, embedded ones included.
    pub fn new(directories: Vec<FinderDirectory>, apps: &Apps) -> Self {
        let own = directories.into_iter().map(|directory| Finder {
            name: "`[static] dirs`".to_owned(),
            root: FinderRoot::Directory(directory),
        });
        let of_apps = apps.iter().map(|app| Finder {
            name: format!("the app `{}`", app.label),
            root: FinderRoot::of_app(app),
        });
        Self(own.chain(of_apps).collect())
    }

    /// The directories that are searched, in order; those in the binary only where they hold files.
    pub fn locations(&self) -> Vec<PathBuf> {
        let roots = self.0.iter().map(|finder| &finder.root);
        roots.filter_map(FinderRoot::location).collect()
    }

    /// The directories on disk, whether they exist or not.
    pub(super) fn directories(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter_map(|finder| match &finder.root {
            FinderRoot::Directory(directory) => Some(directory.path.as_path()),
            FinderRoot::Embedded(_) => None,
        })
    }

    /// The file that is asked for as `path`.
    pub fn find(&self, path: &StaticPath) -> Option<Asset> {
        let is_file = |asset: &Asset| match asset {
            Asset::Disk(path) => path.is_file(),
            Asset::Embedded { .. } => true,
        };
        let mut assets = self.matches(path).map(|found| found.asset);
        assets.find(is_file)
    }

    /// Every file or directory of this name, the one that wins first.
    pub fn matches(&self, path: &StaticPath) -> impl Iterator<Item = FinderMatch> {
        self.0.iter().filter_map(move |finder| {
            let asset = finder.root.find(path)?;
            let finder = finder.name.clone();
            Some(FinderMatch { finder, asset })
        })
    }

    /// The file that somebody may mean who asks for `name`, which is nowhere: one of this name in a directory, or of a name
    /// that is much the same.
    pub fn nearest(&self, name: &str) -> Option<String> {
        let listing = self.list(&IgnorePatterns::default()).ok()?;
        let paths = || listing.found.iter().map(|file| file.path.as_str());
        let below = format!("/{name}");
        let inside = paths().find(|path| path.ends_with(&below));
        let nearest = inside.or_else(|| text::nearest(name, paths()));
        nearest.map(str::to_owned)
    }

    /// All files, in order of precedence; of one name there may be several.
    pub(super) fn list(
        &self,
        ignore: &IgnorePatterns,
    ) -> Result<DirectoryListing, StaticFilesError> {
        let mut listing = DirectoryListing::default();
        for finder in &self.0 {
            match &finder.root {
                FinderRoot::Directory(FinderDirectory { path, prefix }) => {
                    listing.add_directory(path, prefix.as_ref(), ignore)?;
                }
                FinderRoot::Embedded(app) => listing.found.extend(all_embedded(app, ignore)),
            }
        }
        Ok(listing)
    }
}

impl FinderRoot {
    fn of_app(app: &App) -> Self {
        match &app.source {
            AppSource::Disk(root) => {
                // `./blog/static` would be the same, but reads worse.
                let root = root.strip_prefix(".").unwrap_or(root);
                Self::Directory(FinderDirectory {
                    path: root.join(APP_DIRECTORY),
                    prefix: None,
                })
            }
            AppSource::Embedded(_) => Self::Embedded(app.clone()),
        }
    }

    fn location(&self) -> Option<PathBuf> {
        match self {
            Self::Directory(directory) => Some(directory.path.clone()),
            Self::Embedded(app) => {
                let files = app.list_all(APP_DIRECTORY);
                let holds_files = files.is_ok_and(|files| !files.is_empty());
                holds_files.then(|| app.display_path(APP_DIRECTORY))
            }
        }
    }

    fn find(&self, path: &StaticPath) -> Option<Asset> {
        match self {
            Self::Directory(directory) => {
                let below = path.without(directory.prefix.as_ref())?;
                resolve(&directory.path, &below).map(Asset::Disk)
            }
            Self::Embedded(app) => embedded(app, path),
        }
    }
}

/// Where `path` lies on disk, with all links followed; `None` where nothing is there or a link leaves `root`.
pub(super) fn resolve(root: &Path, path: &StaticPath) -> Option<PathBuf> {
    let resolved = root.join(path.as_str()).canonicalize().ok()?;
    let home = root.canonicalize().ok()?;
    resolved.starts_with(home).then_some(resolved)
}

fn embedded(app: &App, path: &StaticPath) -> Option<Asset> {
    let inside = format!("{APP_DIRECTORY}/{path}");
    match app.read(&inside) {
        Ok(Some(Cow::Borrowed(bytes))) => Some(Asset::Embedded {
            display_path: app.display_path(&inside),
            bytes,
        }),
        _ => None,
    }
}

fn all_embedded(app: &App, ignore: &IgnorePatterns) -> Vec<FoundFile> {
    let paths = app.list_all(APP_DIRECTORY).unwrap_or_default();
    let paths = paths.iter().filter_map(|path| StaticPath::new(path));
    let kept = paths.filter(|path| !is_ignored(path, ignore));
    let found = kept.filter_map(|path| {
        let asset = embedded(app, &path)?;
        Some(FoundFile { path, asset })
    });
    found.collect()
}

fn is_ignored(path: &StaticPath, ignore: &IgnorePatterns) -> bool {
    path.parents().any(|parent| ignore.matches(parent)) || ignore.matches(path.as_str())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::{FinderDirectory, Finders};
    use crate::apps::{App, AppLabel, AppSource, Apps};
    use crate::staticfiles::{IgnorePatterns, StaticPath};

    fn write(root: &Path, path: &str, content: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn finders(root: &Path) -> Finders {
        let app = |label: &str| App {
            label: AppLabel::new(label).unwrap(),
            source: AppSource::Disk(root.join(label)),
        };
        let directory = |path: &str, prefix| FinderDirectory {
            path: root.join(path),
            prefix,
        };
        Finders::new(
            vec![
                directory("static", None),
                directory("more", StaticPath::new("x/y")),
            ],
            &Apps::new(vec![app("one"), app("two")]),
        )
    }

    fn read(finders: &Finders, path: &str) -> Option<String> {
        let asset = finders.find(&StaticPath::new(path).unwrap())?;
        Some(fs::read_to_string(asset.display_path()).unwrap())
    }

    #[test]
    fn the_project_wins_over_the_apps_and_the_first_app_over_the_second() {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in [
            ("static/a.css", "project"),
            ("one/static/a.css", "one"),
            ("one/static/b.css", "one"),
            ("two/static/b.css", "two"),
            ("two/static/c.css", "two"),
        ] {
            write(folder.path(), path, content);
        }
        let finders = finders(folder.path());
        assert_eq!(read(&finders, "a.css").as_deref(), Some("project"));
        assert_eq!(read(&finders, "b.css").as_deref(), Some("one"));
        assert_eq!(read(&finders, "c.css").as_deref(), Some("two"));
        assert_eq!(read(&finders, "d.css"), None);
        let path = StaticPath::new("b.css").unwrap();
        let all = finders.matches(&path);
        assert_eq!(all.count(), 2);
    }

    #[test]
    fn a_prefix_stands_before_the_names_of_its_directory() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "more/a.css", "more");
        write(folder.path(), "one/static/x/y/a.css", "one");
        let finders = finders(folder.path());
        assert_eq!(read(&finders, "x/y/a.css").as_deref(), Some("more"));
        assert_eq!(read(&finders, "a.css"), None);
        let listing = finders.list(&IgnorePatterns::default()).unwrap();
        let mut files = listing.found.iter();
        assert!(files.all(|file| file.path.as_str() == "x/y/a.css"));
        assert_eq!(listing.found.len(), 2);
    }

    #[test]
    fn follows_links_within_a_root_only() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "static/css/a.css", "a");
        write(folder.path(), "secret.txt", "secret");
        let root = folder.path().join("static");
        symlink("css/a.css", root.join("inside.css")).unwrap();
        symlink("../secret.txt", root.join("outside.txt")).unwrap();
        symlink("..", root.join("up")).unwrap();
        symlink(".", root.join("circle")).unwrap();
        symlink("nowhere", root.join("broken")).unwrap();
        let finders = finders(folder.path());
        assert_eq!(read(&finders, "inside.css").as_deref(), Some("a"));
        assert_eq!(read(&finders, "outside.txt"), None);
        assert_eq!(read(&finders, "up/secret.txt"), None);
        let listing = finders.list(&IgnorePatterns::new(&[], true)).unwrap();
        let names: Vec<_> = listing
            .found
            .iter()
            .map(|found| found.path.as_str())
            .collect();
        assert_eq!(names, ["inside.css", "css/a.css"]);
        assert_eq!(listing.skipped.len(), 4, "{:?}", listing.skipped);
    }
}
