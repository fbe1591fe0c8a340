//! A new directory with all its files, made aside and renamed into place.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};

use crate::files::atomic::{remove_stale, sync};
use crate::files::paths::{parent, temporary_path};
use crate::files::{FileChange, FileError, FileMode, lock};

/// Makes the directory at `path`, and those above it that are missing, for the owner alone; one that is there stays.
pub fn create_private_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Whether this user may make files in the directory at `path`.
pub fn is_writable(path: &Path) -> bool {
    access(path, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

/// Makes the directory `target`, which does not exist yet, from `changes`, all of them creations.
///
/// It appears whole or not at all. Of several processes at once, one makes it; the others get
/// [`FileError::InTheWay`]. `written` is called after each file.
pub fn create_directory(
    target: &Path,
    changes: &[FileChange],
    written: &dyn Fn(),
) -> Result<(), FileError> {
    let staged = StagedDirectory::create(target)?;
    let filled = fill(&staged.path, changes, written);
    filled.map_err(|(path, source)| FileError::System {
        action: "write",
        path: target.join(path),
        source,
    })?;
    staged.rename(target)
}

fn fill(
    root: &Path,
    changes: &[FileChange],
    written: &dyn Fn(),
) -> Result<(), (PathBuf, io::Error)> {
    let mut directories = vec![root.to_owned()];
    let mut files = Vec::new();
    for change in changes {
        let failed = |source| (change.path().to_owned(), source);
        let path = root.join(change.path());
        let directory = match change {
            FileChange::Directory { .. } => path.as_path(),
            _ => parent(&path),
        };
        fs::create_dir_all(directory).map_err(failed)?;
        let inner = directory.ancestors().take_while(|above| *above != root);
        directories.extend(inner.map(Path::to_owned));
        if let FileChange::Create { content, mode, .. } = change {
            let file = write_new(&path, content, *mode).map_err(failed)?;
            files.push((change.path(), file));
            written();
        }
    }
    sync_all(&files)?;
    directories.sort();
    directories.dedup();
    let synced = directories.iter().rev().try_for_each(|path| sync(path));
    synced.map_err(|source| (PathBuf::new(), source))
}

/// Writes a file in a directory that no other process sees yet, without a temporary file.
fn write_new(path: &Path, content: &[u8], mode: FileMode) -> io::Result<File> {
    let file = lock::create_locked(path, mode.creation_bits())?;
    let mut file = file.ok_or(io::ErrorKind::AlreadyExists)?;
    file.write_all(content)?;
    mode.apply(&file)?;
    Ok(file)
}

/// Puts the content of all `files` on the disk.
///
/// The writing of all of them is started before the first is waited for: one after the other took
/// three times as long. `syncfs` would be quicker still, but waits for what other programs write.
fn sync_all(files: &[(&Path, File)]) -> Result<(), (PathBuf, io::Error)> {
    for (_, file) in files {
        start_writing(file);
    }
    let synced = |(path, file): &(&Path, File)| {
        let synced = file.sync_all();
        synced.map_err(|source| (path.to_path_buf(), source))
    };
    files.iter().try_for_each(synced)
}

#[cfg(target_os = "linux")]
fn start_writing(file: &File) {
    // Advice only: what it cannot start, the sync does.
    rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed).ok();
}

#[cfg(not(target_os = "linux"))]
fn start_writing(_file: &File) {}

/// A directory under a hidden name, locked; dropped before the rename, it leaves nothing.
struct StagedDirectory {
    path: PathBuf,
    renamed: bool,
    _lock: File,
}

impl StagedDirectory {
    fn create(target: &Path) -> Result<Self, FileError> {
        let path = temporary_path(target);
        loop {
            let create_locked = DirBuilder::new().create(&path);
            let ours = match create_locked {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(FileError::wrap("create", target)(error));
                }
                create_locked => create_locked.is_ok(),
            };
            let failed = FileError::wrap("create", target);
            let Some(lock) = lock::lock_existing(&path).map_err(failed)? else {
                continue;
            };
            if ours {
                return Ok(Self {
                    path,
                    renamed: false,
                    _lock: lock,
                });
            }
            let stale = remove(&path);
            stale.map_err(FileError::wrap("remove", &path))?;
        }
    }

    fn rename(mut self, target: &Path) -> Result<(), FileError> {
        // An empty directory would be replaced by the rename without a word.
        if fs::symlink_metadata(target).is_ok() {
            return Err(FileError::InTheWay(vec![target.to_owned()]));
        }
        fs::rename(&self.path, target).map_err(|error| match error.kind() {
            io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory => {
                FileError::InTheWay(vec![target.to_owned()])
            }
            _ => FileError::wrap("create", target)(error),
        })?;
        self.renamed = true;
        sync(parent(target)).map_err(FileError::wrap("create", target))
    }
}

impl Drop for StagedDirectory {
    fn drop(&mut self) {
        if !self.renamed {
            // What cannot be removed now is removed by the next run.
            remove(&self.path).ok();
        }
    }
}

/// Removes what stands under a name of ours, whatever it is.
fn remove(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_dir() {
        fs::remove_dir_all(path)
    } else {
        remove_stale(path)
    }
}
