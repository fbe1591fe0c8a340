//! Many files of an existing directory, changed together.
//!
//! 1. [`Journal::open`] locks the directory and undoes what a killed run left half done.
//! 2. [`Journal::apply`] looks for files in the way, all at once, and writes the plan down, durably.
//! 3. It makes the changes in order; each file is replaced whole. The last change decides: once
//!    it is made, all are, and until then the next run undoes them.
//! 4. The journal is removed, and with it the lock.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::files::atomic::{remove_stale, sync};
use crate::files::change::FileChange;
use crate::files::journal_entry::{self, JournalEntry};
use crate::files::paths::{parent, temporary_path};
use crate::files::{AtomicFile, FileError, FileMode, lock};

/// The name of a journal, and of the lock.
const NAME: &str = ".djr-journal";

/// The right to change the files of a directory, held by one process at a time.
#[derive(Debug)]
pub struct Journal {
    root: PathBuf,
    file: File,
}

impl Journal {
    /// Waits for the directory's lock, then undoes what a killed run left half done.
    pub fn open(root: &Path) -> Result<Self, FileError> {
        let path = root.join(NAME);
        loop {
            let create_locked = lock::create_locked(&path, 0o600);
            if let Some(file) = create_locked.map_err(FileError::wrap("write", &path))? {
                return Ok(Self {
                    root: root.to_owned(),
                    file,
                });
            }
            roll_back_interrupted(root, &path)
                .map_err(FileError::wrap("undo the half-done work in", &path))?;
        }
    }

    /// Undoes what a killed run left half done, if there is anything of it.
    pub fn recover(root: &Path) -> Result<(), FileError> {
        if root.join(NAME).exists() {
            drop(Self::open(root)?);
        }
        Ok(())
    }

    /// Makes all `changes`, or none; the last one should be the file that makes the others count.
    pub fn apply(mut self, changes: &[FileChange]) -> Result<(), FileError> {
        let changes = with_parents(&self.root, changes);
        let entries = self.check(&changes)?;
        let path = self.root.join(NAME);
        self.write(&entries)
            .map_err(FileError::wrap("write", &path))?;
        let outcome = apply_changes(&self.root, &changes);
        if outcome.is_err() {
            undo(&self.root, &entries).map_err(FileError::wrap("undo the changes in", &path))?;
        }
        outcome
    }

    /// Finds everything that is in the way.
    fn check(&self, changes: &[FileChange]) -> Result<Vec<JournalEntry>, FileError> {
        let mut in_the_way = Vec::new();
        let mut entries = Vec::new();
        for change in changes {
            let path = self.root.join(change.path());
            let found = fs::symlink_metadata(&path).ok();
            let mode = found.as_ref().map_or(0, |found| found.permissions().mode());
            match (change, found) {
                (FileChange::Directory { .. } | FileChange::Create { .. }, None) => {}
                (FileChange::Replace { old, .. } | FileChange::Remove { old, .. }, Some(found))
                    if found.is_file() =>
                {
                    let content = fs::read(&path).map_err(FileError::wrap("read", &path))?;
                    if content != *old {
                        return Err(FileError::Changed(path));
                    }
                }
                (FileChange::Replace { .. } | FileChange::Remove { .. }, _) => {
                    return Err(FileError::Changed(path));
                }
                (_, Some(_)) => in_the_way.push(path),
            }
            entries.push(JournalEntry::of(change, mode & 0o7777));
        }
        if in_the_way.is_empty() {
            Ok(entries)
        } else {
            Err(FileError::InTheWay(in_the_way))
        }
    }

    fn write(&mut self, entries: &[JournalEntry]) -> io::Result<()> {
        self.file
            .write_all(journal_entry::write(entries)?.as_bytes())?;
        self.file.sync_all()?;
        sync(&self.root)
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // If it stays, the next run sees that its last change was made, or that nothing was.
        fs::remove_file(self.root.join(NAME)).ok();
    }
}

/// Adds the directories that `changes` need and that are not there, each once; drops those that are.
fn with_parents(root: &Path, changes: &[FileChange]) -> Vec<FileChange> {
    let mut all: Vec<FileChange> = Vec::new();
    let mut known: Vec<PathBuf> = Vec::new();
    for change in changes {
        let above = change.path().ancestors().skip(1);
        let mut needed: Vec<_> = above.filter(|path| *path != Path::new("")).collect();
        needed.reverse();
        if let FileChange::Directory { path } = change {
            needed.push(path);
        }
        for path in needed {
            let is_directory = |found: fs::Metadata| found.is_dir();
            let there = fs::symlink_metadata(root.join(path)).is_ok_and(is_directory);
            if !there && !known.iter().any(|known| known == path) {
                known.push(path.to_owned());
                let path = path.to_owned();
                all.push(FileChange::Directory { path });
            }
        }
        if !matches!(change, FileChange::Directory { .. }) {
            all.push(change.clone());
        }
    }
    all
}

fn apply_changes(root: &Path, changes: &[FileChange]) -> Result<(), FileError> {
    let Some((last, others)) = changes.split_last() else {
        return Ok(());
    };
    for change in others {
        apply_change(root, change)?;
    }
    let mut directories: Vec<_> = others.iter().map(|change| parent(change.path())).collect();
    directories.sort_unstable();
    directories.dedup();
    for directory in directories {
        let path = root.join(directory);
        sync(&path).map_err(FileError::wrap("write", &path))?;
    }
    apply_change(root, last)?;
    let path = root.join(parent(last.path()));
    sync(&path).map_err(FileError::wrap("write", &path))
}

fn apply_change(root: &Path, change: &FileChange) -> Result<(), FileError> {
    let path = root.join(change.path());
    match change {
        FileChange::Remove { .. } => {
            fs::remove_file(&path).map_err(FileError::wrap("remove", &path))
        }
        FileChange::Directory { .. } => {
            fs::create_dir(&path).map_err(FileError::wrap("create", &path))
        }
        FileChange::Create { content, mode, .. } => write_file(&path, content, *mode),
        FileChange::Replace { new, .. } => {
            let found = fs::metadata(&path).map_err(FileError::wrap("read", &path))?;
            write_file(
                &path,
                new,
                FileMode::Exactly(found.permissions().mode() & 0o7777),
            )
        }
    }
}

fn write_file(path: &Path, content: &[u8], mode: FileMode) -> Result<(), FileError> {
    let mut file = AtomicFile::create(path, mode)?;
    let written = file.write_all(content);
    written.map_err(FileError::wrap("write", path))?;
    file.commit_content()
}

/// Rolls back the run whose journal is at `path`, unless its last change was made.
fn roll_back_interrupted(root: &Path, path: &Path) -> io::Result<()> {
    let Some(mut file) = lock::lock_existing(path)? else {
        return Ok(());
    };
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    if let Some(entries) = journal_entry::read(&text)?
        && !is_committed(root, &entries)?
    {
        undo(root, &entries)?;
    }
    fs::remove_file(path)
}

/// Whether the last change was made; changes after it do not matter.
fn is_committed(root: &Path, entries: &[JournalEntry]) -> io::Result<bool> {
    Ok(match entries.last() {
        Some(JournalEntry::Create { path, .. } | JournalEntry::Directory { path }) => {
            fs::symlink_metadata(root.join(path)).is_ok()
        }
        Some(JournalEntry::Replace { path, old, .. }) => content(&root.join(path))?
            .is_some_and(|now| journal_entry::decode(old).ok() != Some(now)),
        Some(JournalEntry::Remove { path, .. }) => fs::symlink_metadata(root.join(path)).is_err(),
        Some(JournalEntry::End) | None => true,
    })
}

/// Undoes the changes, the last one first; what someone else has altered since is left alone.
fn undo(root: &Path, entries: &[JournalEntry]) -> io::Result<()> {
    for entry in entries.iter().rev() {
        match entry {
            JournalEntry::Directory { path } => remove_if_empty(&root.join(path))?,
            JournalEntry::Create { path, sha256 } => {
                if has_new_content(root, path, sha256)? {
                    fs::remove_file(root.join(path))?;
                }
            }
            JournalEntry::Replace {
                path,
                old,
                mode,
                sha256,
            } => {
                if has_new_content(root, path, sha256)? {
                    let (path, old) = (root.join(path), journal_entry::decode(old)?);
                    write_file(&path, &old, FileMode::Exactly(*mode)).map_err(io::Error::other)?;
                }
            }
            JournalEntry::Remove { path, old, mode } => {
                let (path, old) = (root.join(path), journal_entry::decode(old)?);
                if fs::symlink_metadata(&path).is_err() && parent(&path).is_dir() {
                    write_file(&path, &old, FileMode::Exactly(*mode)).map_err(io::Error::other)?;
                }
            }
            JournalEntry::End => {}
        }
    }
    sync(root)
}

/// Whether the file still has the content we gave it; removes the temporary file beside it.
fn has_new_content(root: &Path, path: &Path, sha256: &str) -> io::Result<bool> {
    let is_directory = |above: &Path| {
        let found = fs::symlink_metadata(root.join(above));
        found.is_ok_and(|found| found.is_dir())
    };
    if !path.ancestors().skip(1).all(is_directory) {
        return Ok(false);
    }
    let path = root.join(path);
    remove_stale(&temporary_path(&path))?;
    Ok(content(&path)?.is_some_and(|now| journal_entry::sha256(&now) == sha256))
}

/// The content of a regular file; `None` for anything else.
fn content(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => fs::read(path).map(Some),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(None),
    }
}

fn remove_if_empty(path: &Path) -> io::Result<()> {
    match fs::remove_dir(path) {
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::DirectoryNotEmpty
            | io::ErrorKind::NotADirectory => Ok(()),
            _ => Err(error),
        },
        removed => removed,
    }
}

#[cfg(test)]
#[path = "journal_tests.rs"]
mod tests;
