//! A tree of files that is made aside and then published.
//!
//! 1. Files are written below a hidden directory in the root, under the names they will have. Nothing is synced.
//! 2. One sync puts all of them on the disk.
//! 3. A directory that the root does not have is renamed into it as a whole; else its entries are, one by one.
//!
//! The hidden directory lies in the root and not beside it, since a root may be a mounted file system, or lie in a
//! directory of another owner. Killed at any moment, a run leaves whole files under their names, old and new ones; what
//! it left aside is removed by the next.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::fs::{CWD, RenameFlags, renameat_with, syncfs};
use rustix::io::Errno;

use crate::staticfiles::collection::destination::metadata_of;
use crate::staticfiles::collection::record::OWN_DIRECTORY;
use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::{StaticFilesError, StaticPath};

/// The directory of what is not published yet, below that of this program.
const NEXT: &str = "next";

/// A tree that is being made.
#[derive(Debug)]
pub(super) struct Staging {
    root: PathBuf,
    directory: PathBuf,
    /// Whether there is anything in it.
    is_begun: AtomicBool,
}

impl Staging {
    /// An empty tree in `root`, which is locked; what a killed run left is removed.
    pub(super) fn new(root: &Path) -> Result<Self, StaticFilesError> {
        let directory = root.join(OWN_DIRECTORY).join(NEXT);
        remove_tree(&directory)?;
        Ok(Self {
            root: root.to_owned(),
            directory,
            is_begun: AtomicBool::new(false),
        })
    }

    /// Where the file of this name is written.
    pub(super) fn place(&self, path: &StaticPath) -> PathBuf {
        self.directory.join(path.as_str())
    }

    /// Makes the directories that these files are to lie in.
    pub(super) fn make_directories<'p>(
        &self,
        paths: impl Iterator<Item = &'p StaticPath>,
    ) -> Result<(), StaticFilesError> {
        let nearest = paths.map(|path| path.parents().last().unwrap_or_default());
        let nearest: BTreeSet<_> = nearest.collect();
        if !nearest.is_empty() {
            self.is_begun.store(true, Ordering::Relaxed);
        }
        let mut places = nearest
            .into_iter()
            .map(|parent| self.directory.join(parent));
        places.try_for_each(|place| make_directory(&place))
    }

    /// Puts all that was written on the disk, and publishes it; `last` is published after all others.
    pub(super) fn publish(self, last: Option<&StaticPath>) -> Result<Published, StaticFilesError> {
        let mut published = Published {
            root: self.root.clone(),
            directories: HashSet::new(),
        };
        if !self.is_begun.load(Ordering::Relaxed) {
            return Ok(published);
        }
        self.sync()?;
        let last = last.map(|last| self.place(last));
        published.publish_entries(&self.directory, &self.root, last.as_deref())?;
        if let Some(last) = last.filter(|last| last.exists()) {
            let name = last.strip_prefix(&self.directory).unwrap_or(&last);
            publish_file(&last, &self.root.join(name))?;
        }
        // What stood in the way of a file was exchanged with it.
        remove_tree(&self.directory)?;
        Ok(published)
    }

    /// One sync of the file system's journal, however many files there are.
    fn sync(&self) -> Result<(), StaticFilesError> {
        let synced = File::open(&self.directory).and_then(|directory| Ok(syncfs(directory)?));
        synced.map_err(StaticFilesError::changing("sync", &self.directory))
    }
}

impl Drop for Staging {
    /// A run that fails takes no room on a disk that may be full; one that is killed leaves that to the next.
    fn drop(&mut self) {
        if self.is_begun.load(Ordering::Relaxed) {
            fs::remove_dir_all(&self.directory).ok();
        }
    }
}

/// What was published.
#[derive(Debug)]
pub(super) struct Published {
    root: PathBuf,
    /// The directories that were renamed as a whole.
    directories: HashSet<String>,
}

/// A file in the root, as this run knows it.
#[derive(Clone, Copy, Debug)]
pub(super) enum MadeFile {
    /// It was there before.
    Standing(FileKey),
    /// It was written, and had this key then; `None` where that is not known, or the file got another name since.
    Written(Option<FileKey>),
}

impl Published {
    /// The key of the file at `path`; `None` where there is none any more.
    pub(super) fn key(
        &self,
        path: &StaticPath,
        made: MadeFile,
    ) -> Result<Option<FileKey>, StaticFilesError> {
        match made {
            MadeFile::Standing(key) => Ok(Some(key)),
            MadeFile::Written(Some(key)) if self.has_moved_with_its_directory(path) => {
                Ok(Some(key))
            }
            MadeFile::Written(_) => {
                let metadata = metadata_of(&self.root.join(path.as_str()))?;
                Ok(metadata.map(|metadata| FileKey::of(&metadata)))
            }
        }
    }

    /// Whether the file itself was not renamed, which changes its key.
    fn has_moved_with_its_directory(&self, path: &StaticPath) -> bool {
        let mut parents = path.parents();
        parents.any(|parent| self.directories.contains(parent))
    }

    /// Renames what is in `from` into the directory `to`, but `last`.
    fn publish_entries(
        &mut self,
        from: &Path,
        to: &Path,
        last: Option<&Path>,
    ) -> Result<(), StaticFilesError> {
        let entries = fs::read_dir(from).map_err(StaticFilesError::reading(from))?;
        for entry in entries {
            let entry = entry.map_err(StaticFilesError::reading(from))?;
            let (source, target) = (entry.path(), to.join(entry.file_name()));
            if last == Some(source.as_path()) {
                continue;
            }
            let kind = entry
                .file_type()
                .map_err(StaticFilesError::reading(&source))?;
            if !kind.is_dir() {
                publish_file(&source, &target)?;
            } else if publish_directory(&source, &target)? {
                let below = target.strip_prefix(&self.root).ok();
                self.directories
                    .extend(below.and_then(Path::to_str).map(str::to_owned));
            } else {
                self.publish_entries(&source, &target, None)?;
            }
        }
        Ok(())
    }
}

/// Renames a directory, in exchange for a file or link of its name; `false` where there is a directory.
fn publish_directory(source: &Path, target: &Path) -> Result<bool, StaticFilesError> {
    let published = match fs::symlink_metadata(target) {
        Ok(found) if found.is_dir() => return Ok(false),
        Ok(_) => exchange(source, target),
        Err(_) => fs::rename(source, target),
    };
    published.map_err(StaticFilesError::changing("write", target))?;
    Ok(true)
}

/// Renames a file over that of its name, or in exchange for a directory.
fn publish_file(source: &Path, target: &Path) -> Result<(), StaticFilesError> {
    let published = match fs::rename(source, target) {
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => exchange(source, target),
        published => published,
    };
    published.map_err(StaticFilesError::changing("write", target))
}

/// Exchanges two names, so that there is something under both at any moment.
fn exchange(source: &Path, target: &Path) -> io::Result<()> {
    match renameat_with(CWD, source, CWD, target, RenameFlags::EXCHANGE) {
        // Some file systems only know the rename that replaces.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            if fs::symlink_metadata(target)?.is_dir() {
                fs::remove_dir_all(target)?;
            } else {
                fs::remove_file(target)?;
            }
            fs::rename(source, target)
        }
        exchanged => Ok(exchanged?),
    }
}

pub(super) fn make_directory(path: &Path) -> Result<(), StaticFilesError> {
    fs::create_dir_all(path).map_err(StaticFilesError::changing("create", path))
}

/// Removes a directory with all that is in it, if it is there; no link is followed.
fn remove_tree(path: &Path) -> Result<(), StaticFilesError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StaticFilesError::changing("remove", path)(error))
        }
        _ => Ok(()),
    }
}
