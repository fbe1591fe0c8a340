//! Where a scaffold is written: a new directory, or an existing one.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::files::{FileChange, FileError, Journal, create_directory};
use crate::scaffold::ScaffoldError;
use crate::scaffold::render::{RenderedScaffold, ScaffoldFile};
use crate::settings;

/// Writes a project to `destination`; returns the files that were not there.
pub(super) fn write(
    destination: &Path,
    rendered: &RenderedScaffold,
) -> Result<Vec<PathBuf>, ScaffoldError> {
    if !directory_exists(destination)? {
        let changes = all_changes(rendered);
        match create_directory(destination, &changes) {
            // Another process created it first: what is still missing is added below.
            Err(FileError::InTheWay(_)) if destination.is_dir() => {}
            created => {
                created?;
                return Ok(files(&changes));
            }
        }
    }
    let journal = Journal::open(destination)?;
    let changes = missing_changes(destination, rendered)?;
    apply(journal, &changes).map_err(|error| match error {
        ScaffoldError::File(error @ FileError::InTheWay(_)) if is_project(destination) => {
            let directory = destination.to_owned();
            ScaffoldError::AnotherProject { error, directory }
        }
        error => error,
    })
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

/// The changes for an empty directory.
fn all_changes(rendered: &RenderedScaffold) -> Vec<FileChange> {
    let directories = rendered.directories.iter().cloned();
    let directories = directories.map(|path| FileChange::Directory { path });
    directories
        .chain(rendered.files.iter().map(file_creation))
        .collect()
}

fn file_creation(file: &ScaffoldFile) -> FileChange {
    FileChange::Create {
        path: file.path.clone(),
        content: file.content.clone(),
        mode: file.mode,
    }
}

/// What has to be made below `root`: a file that is there with the same content needs nothing.
pub(super) fn missing_changes(
    root: &Path,
    rendered: &RenderedScaffold,
) -> Result<Vec<FileChange>, ScaffoldError> {
    let directories = rendered.directories.iter();
    let mut changes: Vec<_> = directories
        .filter(|path| !root.join(path).is_dir())
        .map(|path| FileChange::Directory { path: path.clone() })
        .collect();
    for file in &rendered.files {
        if !is_up_to_date(root, file)? {
            changes.push(file_creation(file));
        }
    }
    Ok(changes)
}

fn is_up_to_date(root: &Path, file: &ScaffoldFile) -> Result<bool, ScaffoldError> {
    let path = root.join(&file.path);
    match fs::read(&path) {
        Ok(content) if file.generated => Ok(define_same_names(&content, &file.content)),
        Ok(content) => Ok(content == file.content),
        Err(error) => match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory => Ok(false),
            _ => Err(FileError::System {
                action: "read",
                path,
                source: error,
            }
            .into()),
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

/// Makes the changes; returns the files among them.
pub(super) fn apply(
    journal: Journal,
    changes: &[FileChange],
) -> Result<Vec<PathBuf>, ScaffoldError> {
    journal.apply(changes)?;
    Ok(files(changes))
}

fn files(changes: &[FileChange]) -> Vec<PathBuf> {
    let files = changes
        .iter()
        .filter(|change| !matches!(change, FileChange::Directory { .. }));
    files.map(|change| change.path().to_owned()).collect()
}
