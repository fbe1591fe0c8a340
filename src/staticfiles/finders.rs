//! Where static files come from.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::apps::{App, AppSource, Apps};
use crate::staticfiles::directory_listing::DirectoryListing;
use crate::staticfiles::{Asset, FoundFile, IgnorePatterns, StaticFilesError, StaticPath};

/// The directory of an app that holds its static files.
const APP_DIRECTORY: &str = "static";

/// The roots of all static files, in order of precedence: `[static] dirs`, then each app's `static/`.
#[derive(Clone, Debug)]
pub struct Finders(Vec<FinderRoot>);

#[derive(Clone, Debug)]
enum FinderRoot {
    Directory(PathBuf),
    Embedded(App),
}

impl Finders {
    /// Looks in `directories`, then in the apps, embedded ones included.
    pub fn new(directories: &[PathBuf], apps: &Apps) -> Self {
        let mut roots: Vec<FinderRoot> = Vec::new();
        for directory in directories {
            roots.push(FinderRoot::Directory(directory.clone()));
        }
        roots.extend(apps.iter().map(|app| match &app.source {
            AppSource::Disk(root) => {
                // `./blog/static` would be the same, but reads worse.
                let root = root.strip_prefix(".").unwrap_or(root);
                FinderRoot::Directory(root.join(APP_DIRECTORY))
            }
            AppSource::Embedded(_) => FinderRoot::Embedded(app.clone()),
        }));
        Self(roots)
    }

    /// The directories that are searched, in order; those in the binary only where they hold files.
    pub fn locations(&self) -> Vec<PathBuf> {
        let locations = self.0.iter().filter_map(FinderRoot::location);
        locations.collect()
    }

    /// The directories on disk, whether they exist or not.
    pub(super) fn directories(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter_map(|root| match root {
            FinderRoot::Directory(directory) => Some(directory.as_path()),
            FinderRoot::Embedded(_) => None,
        })
    }

    /// The file that is asked for as `path`.
    pub fn find(&self, path: &StaticPath) -> Option<Asset> {
        let is_file = |asset: &Asset| match asset {
            Asset::Disk(path) => path.is_file(),
            Asset::Embedded { .. } => true,
        };
        self.matches(path).find(is_file)
    }

    /// Every file or directory of this name, the one that wins first.
    pub fn matches(&self, path: &StaticPath) -> impl Iterator<Item = Asset> {
        self.0.iter().filter_map(move |root| root.find(path))
    }

    /// All files, in order of precedence; of one name there may be several.
    pub(super) fn list(
        &self,
        ignore: &IgnorePatterns,
    ) -> Result<DirectoryListing, StaticFilesError> {
        let mut listing = DirectoryListing::default();
        for root in &self.0 {
            match root {
                FinderRoot::Directory(directory) => listing.add_directory(directory, ignore)?,
                FinderRoot::Embedded(app) => listing.found.extend(all_embedded(app, ignore)),
            }
        }
        Ok(listing)
    }
}

impl FinderRoot {
    fn location(&self) -> Option<PathBuf> {
        match self {
            Self::Directory(directory) => Some(directory.clone()),
            Self::Embedded(app) => {
                let files = app.list_all(APP_DIRECTORY);
                let holds_files = files.is_ok_and(|files| !files.is_empty());
                holds_files.then(|| app.display_path(APP_DIRECTORY))
            }
        }
    }

    fn find(&self, path: &StaticPath) -> Option<Asset> {
        match self {
            Self::Directory(root) => resolve(root, path).map(Asset::Disk),
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

    use super::Finders;
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
        Finders::new(
            &[root.join("static")],
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
        assert_eq!(names, ["css/a.css", "inside.css"]);
        assert_eq!(listing.skipped.len(), 4, "{:?}", listing.skipped);
    }
}
