//! What is to be written for a project or an app, compared with what is there.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::files::{FileChange, FileError, Journal, create_directory};
use crate::scaffold::reading::unreadable;
use crate::scaffold::render::{RenderedScaffold, ScaffoldFile};
use crate::scaffold::{ScaffoldError, included_urls, installed_apps};
use crate::settings;

/// What is to be written for a project or an app, compared with what is there.
#[derive(Debug)]
pub struct ScaffoldPlan {
    root: PathBuf,
    rendered: RenderedScaffold,
    /// The app that the project is told of.
    app: Option<InstalledApp>,
    differing: Vec<Differing>,
}

/// An app that a project is told of.
#[derive(Debug)]
pub(super) struct InstalledApp {
    pub(super) label: String,
    /// The apps that the project has.
    pub(super) installed: Vec<String>,
}

impl InstalledApp {
    /// The changes that add it to `djr.toml` and, where that is possible, its urls to `urls.toml` of the project at `root`.
    fn registration(&self, root: &Path) -> Result<Vec<FileChange>, ScaffoldError> {
        let mut changes: Vec<_> = included_urls::include(root, &self.label)
            .into_iter()
            .collect();
        changes.extend(installed_apps::add(root, &self.label, &self.installed)?);
        Ok(changes)
    }
}

/// A file that is there with another content.
#[derive(Debug)]
pub struct Differing {
    /// Which, below the directory.
    pub path: PathBuf,
    /// What it contains.
    pub old: Vec<u8>,
    /// What it would contain.
    pub new: Vec<u8>,
    /// Whether it is replaced, or stays as it is; `None` while nobody has decided.
    pub is_replaced: Option<bool>,
}

impl ScaffoldPlan {
    pub(super) fn new(
        root: &Path,
        rendered: RenderedScaffold,
        app: Option<InstalledApp>,
    ) -> Result<Self, ScaffoldError> {
        let mut differing = Vec::new();
        if directory_exists(root)? {
            for file in &rendered.files {
                differing.extend(difference(root, file)?);
            }
        }
        Ok(Self {
            root: root.to_owned(),
            rendered,
            app,
            differing,
        })
    }

    /// The files that are there with another content, to be decided upon.
    pub fn differing(&mut self) -> &mut [Differing] {
        &mut self.differing
    }

    /// The files that would be made, and those that would be changed, in the order of their paths.
    pub fn files(&self) -> Result<Vec<(PathBuf, PlannedState)>, ScaffoldError> {
        let mut files = Vec::new();
        for file in &self.rendered.files {
            let state = if self.differing.iter().any(|other| other.path == file.path) {
                PlannedState::Differs
            } else if is_up_to_date(&self.root, file)? {
                PlannedState::Same
            } else {
                PlannedState::New
            };
            files.push((file.path.clone(), state));
        }
        let changes = self.registration()?;
        let paths = changes.iter().map(|change| change.path().to_owned());
        files.extend(paths.map(|path| (path, PlannedState::Changed)));
        files.sort_by(|left, right| left.0.cmp(&right.0));
        Ok(files)
    }

    /// How many files there are.
    pub fn file_count(&self) -> usize {
        self.rendered.files.len()
    }

    /// Writes what is missing or was decided, all or nothing; returns the files that were written.
    ///
    /// A file that differs and was not decided upon refuses it. `written` is called after each file of a new directory.
    pub fn write(self, written: &dyn Fn()) -> Result<Vec<PathBuf>, ScaffoldError> {
        if !directory_exists(&self.root)? {
            let changes = self.all_changes();
            match create_directory(&self.root, &changes, written) {
                // Another process created it first: what is still missing is added below.
                Err(FileError::InTheWay(_)) if self.root.is_dir() => {}
                created => {
                    created?;
                    return Ok(files(&changes));
                }
            }
        }
        let journal = Journal::open(&self.root)?;
        let changes = self.missing_changes()?;
        let applied = journal.apply(&changes);
        applied.map_err(|error| match error {
            error @ FileError::InTheWay(_) if self.app.is_none() && is_project(&self.root) => {
                let directory = self.root.clone();
                ScaffoldError::AnotherProject { error, directory }
            }
            error => error.into(),
        })?;
        Ok(files(&changes))
    }

    /// The changes for an empty directory.
    fn all_changes(&self) -> Vec<FileChange> {
        let directories = self.rendered.directories.iter().cloned();
        let directories = directories.map(|path| FileChange::Directory { path });
        let files = self.rendered.files.iter().map(file_creation);
        directories.chain(files).collect()
    }

    /// What has to be made: a file that is there with the same content needs nothing.
    fn missing_changes(&self) -> Result<Vec<FileChange>, ScaffoldError> {
        let directories = self.rendered.directories.iter();
        let mut changes: Vec<_> = directories
            .filter(|path| !self.root.join(path).is_dir())
            .map(|path| FileChange::Directory { path: path.clone() })
            .collect();
        for file in &self.rendered.files {
            let decided = self.differing.iter().find(|other| other.path == file.path);
            match decided.and_then(|differing| Some((differing, differing.is_replaced?))) {
                Some((differing, true)) => changes.push(FileChange::Replace {
                    path: file.path.clone(),
                    old: differing.old.clone(),
                    new: file.content.clone(),
                }),
                Some((_, false)) => {}
                None if is_up_to_date(&self.root, file)? => {}
                None => changes.push(file_creation(file)),
            }
        }
        changes.extend(self.registration()?);
        Ok(changes)
    }

    /// The changes that tell the project of the app, the one that makes all others count last.
    fn registration(&self) -> Result<Vec<FileChange>, ScaffoldError> {
        let app = self.app.as_ref();
        app.map_or_else(|| Ok(Vec::new()), |app| app.registration(&self.root))
    }
}

/// What a file of the plan is, compared with what is there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PlannedState {
    /// It is made.
    New,
    /// It is there already.
    Same,
    /// It is there with another content.
    Differs,
    /// Lines are added to it.
    Changed,
}

fn is_project(directory: &Path) -> bool {
    directory.join(settings::FILE_NAME).is_file()
}

/// Whether there is a directory at `destination`, or a link to one; fails where there is something else.
fn directory_exists(destination: &Path) -> Result<bool, ScaffoldError> {
    match fs::metadata(destination) {
        Ok(found) if found.is_dir() => Ok(true),
        Ok(_) => Err(FileError::InTheWay(vec![destination.to_owned()]).into()),
        Err(_) if fs::symlink_metadata(destination).is_ok() => {
            Err(ScaffoldError::DanglingLink(destination.to_owned()))
        }
        // Any other reason shows itself when the directory is made.
        Err(_) => Ok(false),
    }
}

fn file_creation(file: &ScaffoldFile) -> FileChange {
    FileChange::Create {
        path: file.path.clone(),
        content: file.content.clone(),
        mode: file.mode,
    }
}

/// `file` and the other content that it has below `root`, where it is a plain file that could be replaced.
fn difference(root: &Path, file: &ScaffoldFile) -> Result<Option<Differing>, ScaffoldError> {
    let path = root.join(&file.path);
    if !fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()) {
        return Ok(None);
    }
    let differing = read(&path)?.filter(|old| !is_as(old, file));
    Ok(differing.map(|old| Differing {
        path: file.path.clone(),
        old,
        new: file.content.clone(),
        is_replaced: None,
    }))
}

fn is_up_to_date(root: &Path, file: &ScaffoldFile) -> Result<bool, ScaffoldError> {
    let content = read(&root.join(&file.path))?;
    Ok(content.is_some_and(|content| is_as(&content, file)))
}

/// Whether `content` is what `file` is to contain.
fn is_as(content: &[u8], file: &ScaffoldFile) -> bool {
    if file.generated {
        define_same_names(content, &file.content)
    } else {
        content == file.content
    }
}

/// The content of the file at `path`; `None` where there is none, or something else is in its place.
fn read(path: &Path) -> Result<Option<Vec<u8>>, ScaffoldError> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) => match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory => Ok(None),
            _ => Err(unreadable(path, error)),
        },
    }
}

/// Whether two files of variables set the same names, whatever the values.
fn define_same_names(left: &[u8], right: &[u8]) -> bool {
    let names = |content: &[u8]| {
        let text = String::from_utf8_lossy(content).into_owned();
        let name = |line: &str| {
            line.split_once('=')
                .map_or(line, |(name, _)| name)
                .to_owned()
        };
        text.lines().map(name).collect::<Vec<_>>()
    };
    names(left) == names(right)
}

fn files(changes: &[FileChange]) -> Vec<PathBuf> {
    let files = changes
        .iter()
        .filter(|change| !matches!(change, FileChange::Directory { .. }));
    files.map(|change| change.path().to_owned()).collect()
}
