//! Where a scaffold is written: a new directory, or an existing one.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::files::{Change, FileError, Journal, create_directory};
use crate::scaffold::ScaffoldError;
use crate::scaffold::render::{File, Rendered};
use crate::settings;

/// Writes a project to `target`; returns the files that were not there.
pub(super) fn write(target: &Path, rendered: &Rendered) -> Result<Vec<PathBuf>, ScaffoldError> {
    if !is_there(target)? {
        let changes = all(rendered);
        match create_directory(target, &changes) {
            // Another process was faster: what is left to do is seen below.
            Err(FileError::InTheWay(_)) if target.is_dir() => {}
            created => {
                created?;
                return Ok(super::files(&changes));
            }
        }
    }
    let journal = Journal::open(target)?;
    let changes = missing(target, rendered)?;
    super::apply(journal, &changes).map_err(|error| match error {
        ScaffoldError::File(error @ FileError::InTheWay(_)) if is_project(target) => {
            let directory = target.to_owned();
            ScaffoldError::AnotherProject { error, directory }
        }
        error => error,
    })
}

fn is_project(directory: &Path) -> bool {
    directory.join(settings::FILE_NAME).is_file()
}

/// Whether there is a directory at `target`, or a link to one; fails where there is something else.
fn is_there(target: &Path) -> Result<bool, ScaffoldError> {
    match fs::metadata(target) {
        Ok(found) if found.is_dir() => Ok(true),
        Ok(_) => Err(FileError::InTheWay(vec![target.to_owned()]).into()),
        Err(_) if fs::symlink_metadata(target).is_ok() => {
            Err(ScaffoldError::DanglingLink(target.to_owned()))
        }
        // Any other reason shows itself when the directory is made.
        Err(_) => Ok(false),
    }
}

/// Everything, for a directory in which there is nothing.
fn all(rendered: &Rendered) -> Vec<Change> {
    let directories = rendered.directories.iter().cloned();
    let directories = directories.map(|path| Change::Directory { path });
    directories
        .chain(rendered.files.iter().map(create))
        .collect()
}

fn create(file: &File) -> Change {
    Change::Create {
        path: file.path.clone(),
        content: file.content.clone(),
        mode: file.mode,
    }
}

/// What has to be made below `root`: a file that is there with the same content needs nothing.
pub(super) fn missing(root: &Path, rendered: &Rendered) -> Result<Vec<Change>, ScaffoldError> {
    let directories = rendered.directories.iter();
    let mut changes: Vec<_> = directories
        .filter(|path| !root.join(path).is_dir())
        .map(|path| Change::Directory { path: path.clone() })
        .collect();
    for file in &rendered.files {
        if !is_same(root, file)? {
            changes.push(create(file));
        }
    }
    Ok(changes)
}

fn is_same(root: &Path, file: &File) -> Result<bool, ScaffoldError> {
    let path = root.join(&file.path);
    match fs::read(&path) {
        Ok(content) if file.generated => Ok(have_same_form(&content, &file.content)),
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

/// Whether two files of variables differ in values alone.
fn have_same_form(left: &[u8], right: &[u8]) -> bool {
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
