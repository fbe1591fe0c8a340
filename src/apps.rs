//! Apps: labelled directories of one layout, on disk or embedded in the binary.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::Dir;

use crate::diagnostic::{Finding, Findings};
use crate::document::Document;
use crate::text;

/// The label of an app: an identifier, and the first part of its tables' names.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AppLabel(String);

impl AppLabel {
    /// The label `name`, if it is an identifier.
    pub fn new(name: &str) -> Option<Self> {
        text::is_identifier(name).then(|| Self(name.to_owned()))
    }

    /// The label as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AppLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the files of an app are.
#[derive(Clone, Debug)]
pub enum AppSource {
    /// In the binary.
    Embedded(&'static Dir<'static>),
    /// In this directory.
    Disk(PathBuf),
}

/// An app: `models.toml`, `admin.toml`, `urls.toml`, `migrations/`, `templates/`, `static/`, each optional.
#[derive(Clone, Debug)]
pub struct App {
    /// Its label.
    pub label: AppLabel,
    /// Where its files are.
    pub source: AppSource,
}

impl App {
    /// The content of the file at `path` within the app; `None` where there is none.
    pub fn read(&self, path: &str) -> io::Result<Option<Cow<'static, [u8]>>> {
        match &self.source {
            AppSource::Embedded(files) => Ok(files
                .get_file(path)
                .map(|file| Cow::Borrowed(file.contents()))),
            AppSource::Disk(root) => match fs::read(root.join(path)) {
                Err(error) if is_not_found(&error) => Ok(None),
                content => content.map(|bytes| Some(Cow::Owned(bytes))),
            },
        }
    }

    /// The TOML file at `path` within the app, parsed; `None` where there is none.
    pub fn document(&self, path: &str) -> Result<Option<Document>, Findings> {
        let shown = self.display_path(path);
        let content = self
            .read(path)
            .map_err(|error| unreadable(&shown, &error))?;
        let Some(content) = content else {
            return Ok(None);
        };
        let text = std::str::from_utf8(&content).map_err(|error| unreadable(&shown, &error))?;
        Document::parse(&shown, text).map(Some)
    }

    /// The names of the files directly in `directory`, sorted; none where there is no such directory.
    pub fn list(&self, directory: &str) -> io::Result<Vec<String>> {
        let mut names: Vec<_> = match &self.source {
            AppSource::Embedded(files) => {
                let found = files.get_dir(directory).into_iter().flat_map(Dir::files);
                found.filter_map(|file| name_of(file.path())).collect()
            }
            AppSource::Disk(root) => match fs::read_dir(root.join(directory)) {
                Err(error) if is_not_found(&error) => Vec::new(),
                entries => entries?
                    .filter_map(|entry| entry.map(|entry| file_name(&entry)).transpose())
                    .collect::<io::Result<_>>()?,
            },
        };
        names.sort();
        Ok(names)
    }

    /// The paths of all files below `directory`, relative to it; none where there is no such directory.
    pub fn list_all(&self, directory: &str) -> io::Result<Vec<String>> {
        let mut paths = Vec::new();
        match &self.source {
            AppSource::Embedded(files) => {
                if let Some(directory) = files.get_dir(directory) {
                    embedded_paths(directory, directory.path(), &mut paths);
                }
            }
            AppSource::Disk(root) => disk_paths(&root.join(directory), Path::new(""), &mut paths)?,
        }
        paths.sort();
        Ok(paths)
    }

    /// `path` as messages show it: below the app's directory, or below its label if embedded.
    pub fn display_path(&self, path: &str) -> PathBuf {
        match &self.source {
            AppSource::Embedded(_) => Path::new("<djr>").join(self.label.as_str()).join(path),
            AppSource::Disk(root) => root.join(path),
        }
    }
}

fn file_name(entry: &fs::DirEntry) -> Option<String> {
    entry
        .path()
        .is_file()
        .then(|| name_of(&entry.path()))
        .flatten()
}

fn name_of(path: &Path) -> Option<String> {
    path.file_name()?.to_str().map(ToOwned::to_owned)
}

fn embedded_paths(directory: &Dir<'_>, root: &Path, paths: &mut Vec<String>) {
    for file in directory.files() {
        let relative = file.path().strip_prefix(root).ok().and_then(Path::to_str);
        paths.extend(relative.map(ToOwned::to_owned));
    }
    for inner in directory.dirs() {
        embedded_paths(inner, root, paths);
    }
}

fn disk_paths(root: &Path, relative: &Path, paths: &mut Vec<String>) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(relative)) {
        Err(error) if is_not_found(&error) => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let path = relative.join(entry.file_name());
        // A directory that is a link may lead back to itself.
        if entry.file_type()?.is_dir() {
            disk_paths(root, &path, paths)?;
        } else if entry.path().is_file() {
            paths.extend(path.to_str().map(ToOwned::to_owned));
        }
    }
    Ok(())
}

/// The paths of all files below `directory`, relative to it, sorted; none where there is no such directory.
pub fn list_directory(directory: &Path) -> io::Result<Vec<String>> {
    let mut paths = Vec::new();
    disk_paths(directory, Path::new(""), &mut paths)?;
    paths.sort();
    Ok(paths)
}

fn is_not_found(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> Findings {
    let message = format!("cannot read `{}`: {error}", path.display());
    Finding::error("unreadable-file", message).into()
}

/// The installed apps, in the order of the settings, which is the order of precedence.
#[derive(Clone, Debug, Default)]
pub struct Apps(Vec<App>);

impl Apps {
    /// Installs `apps`, whose labels differ.
    pub fn new(apps: Vec<App>) -> Self {
        Self(apps)
    }

    /// The app of this label.
    pub fn get(&self, label: &str) -> Option<&App> {
        self.iter().find(|app| app.label.as_str() == label)
    }

    /// All apps, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &App> {
        self.0.iter()
    }

    /// All labels, in order.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|app| app.label.as_str())
    }
}
