//! Carries out the plan of `collectstatic`.
//!
//! 1. The root is made and locked: of several runs at once one goes after the other.
//! 2. With `clear`, what stands in the way is removed.
//! 3. Files are copied, each under another name first; the copy gets the time of the original.
//! 4. With `clear`, files that are not static files are removed, and the directories that this leaves empty.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::files::{AtomicFile, FileMode, sync_directory};
use crate::staticfiles::collection::FileCopy;
use crate::staticfiles::{Asset, Collection, StaticFilesError};

/// How many files are copied at once. Copies wait for the disk most of the time; more threads were not faster.
const WRITERS: usize = 8;

/// The mode of a collected file, Django's `FILE_UPLOAD_PERMISSIONS`.
const MODE: FileMode = FileMode::Exactly(0o644);

impl Collection {
    /// Carries the plan out and calls `done` after each copy, from several threads.
    ///
    /// Killed at any moment, it leaves only whole files under their names; the next run goes on.
    pub fn apply(&self, done: &(dyn Fn(&FileCopy) + Sync)) -> Result<(), StaticFilesError> {
        make_directory(&self.root)?;
        let _lock = lock(&self.root)?;
        for obstacle in self.obstacles() {
            remove_obstacle(obstacle)?;
        }
        self.make_directories()?;
        self.copy_all(done)?;
        self.sync_directories()?;
        for path in self.removals() {
            remove_file(path)?;
        }
        self.remove_empty_directories();
        Ok(())
    }

    fn make_directories(&self) -> Result<(), StaticFilesError> {
        let mut directories = self.directories().into_iter();
        directories.try_for_each(|directory| make_directory(&directory))
    }

    /// Puts the names of all copies on the disk, once for each directory rather than for each file.
    fn sync_directories(&self) -> Result<(), StaticFilesError> {
        let mut directories = self.directories().into_iter();
        directories.try_for_each(|directory| Ok(sync_directory(&directory)?))
    }

    /// The root and those below it that get a copy, each after the one it lies in.
    fn directories(&self) -> BTreeSet<PathBuf> {
        let parents = self.copies().iter().flat_map(|copy| copy.path.parents());
        let below = parents.map(|parent| self.root.join(parent));
        below.chain([self.root.clone()]).collect()
    }

    fn copy_all(&self, done: &(dyn Fn(&FileCopy) + Sync)) -> Result<(), StaticFilesError> {
        let next = AtomicUsize::new(0);
        let failure = Mutex::new(None);
        let work = || {
            while let Some(copy) = self.copies().get(next.fetch_add(1, Ordering::Relaxed)) {
                match self.copy_one(copy) {
                    Ok(()) => done(copy),
                    Err(error) => {
                        next.store(self.copies().len(), Ordering::Relaxed);
                        let mut failure = failure.lock().unwrap_or_else(PoisonError::into_inner);
                        failure.get_or_insert(error);
                    }
                }
            }
        };
        thread::scope(|scope| {
            for _ in 1..self.copies().len().min(WRITERS) {
                scope.spawn(work);
            }
            work();
        });
        let failure = failure.into_inner().unwrap_or_else(PoisonError::into_inner);
        failure.map_or(Ok(()), Err)
    }

    fn copy_one(&self, copy: &FileCopy) -> Result<(), StaticFilesError> {
        let path = self.root.join(copy.path.as_str());
        let mut file = AtomicFile::create(&path, MODE)?;
        match &copy.asset {
            Asset::Embedded { bytes, .. } => {
                let written = file.write_all(bytes);
                written.map_err(StaticFilesError::changing("write", &path))?;
            }
            Asset::Disk(source) => copy_from(source, &file, &path)?,
        }
        Ok(file.commit_content()?)
    }

    /// A directory that cannot be removed is not empty, and belongs there.
    fn remove_empty_directories(&self) {
        let parents = self.removals().iter().flat_map(|path| path.ancestors());
        let below = parents.filter(|path| *path != self.root && path.starts_with(&self.root));
        let directories: BTreeSet<_> = below.collect();
        for directory in directories.into_iter().rev() {
            fs::remove_dir(directory).ok();
        }
    }
}

fn copy_from(source: &Path, file: &AtomicFile, path: &Path) -> Result<(), StaticFilesError> {
    let mut original = File::open(source).map_err(StaticFilesError::reading(source))?;
    let metadata = original
        .metadata()
        .map_err(StaticFilesError::reading(source))?;
    let mut copy = file.as_file();
    io::copy(&mut original, &mut copy).map_err(StaticFilesError::changing("write", path))?;
    let modified = metadata.modified();
    let timed = modified.and_then(|time| copy.set_modified(time));
    timed.map_err(StaticFilesError::changing("set the time of", path))
}

fn make_directory(path: &Path) -> Result<(), StaticFilesError> {
    fs::create_dir_all(path).map_err(StaticFilesError::changing("create", path))
}

fn lock(root: &Path) -> Result<File, StaticFilesError> {
    let directory = File::open(root).map_err(StaticFilesError::reading(root))?;
    directory
        .lock()
        .map_err(StaticFilesError::changing("lock", root))?;
    Ok(directory)
}

fn remove_file(path: &Path) -> Result<(), StaticFilesError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StaticFilesError::changing("remove", path)(error))
        }
        _ => Ok(()),
    }
}

/// Removes a file, a link, or a directory with all that is in it; no link is followed.
fn remove_obstacle(path: &Path) -> Result<(), StaticFilesError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => {
            fs::remove_dir_all(path).map_err(StaticFilesError::changing("remove", path))
        }
        _ => remove_file(path),
    }
}
