//! Files and directories that belong to one process while it lives.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

/// Opens `path`, never through a symbolic link, and waits until no other process has it locked.
///
/// Returns `None` where the name has come to mean another file, or none, in the meantime.
pub(super) fn lock_existing(path: &Path) -> io::Result<Option<File>> {
    let Some(file) = open(path)? else {
        return Ok(None);
    };
    file.lock()?;
    Ok(is_at(&file, path)?.then_some(file))
}

/// Locks the file at `path`, which stays as it is, until what this returns is dropped; `None` while another process has it.
pub fn try_lock(path: &Path) -> io::Result<Option<File>> {
    let file = File::open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Opens `path`, never through a symbolic link; `None` where there is nothing.
fn open(path: &Path) -> io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    // A pipe under this name must not make us wait for its other end.
    let flags = libc::O_NOFOLLOW | libc::O_NONBLOCK;
    match options.read(true).custom_flags(flags).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        file => file.map(Some),
    }
}

/// Whether no process has the file at `path` locked.
pub(super) fn is_free(path: &Path) -> io::Result<bool> {
    match open(path) {
        Ok(file) => Ok(file.is_some_and(|file| file.try_lock().is_ok())),
        // A symbolic link was not made by us, and no process locks it.
        Err(error) if error.raw_os_error() == Some(libc::ELOOP) => Ok(true),
        Err(error) => Err(error),
    }
}

/// Creates the file at `path` and locks it; `None` where there is one or another process took ours.
pub(super) fn create_locked(path: &Path, mode: u32) -> io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    let options = options.read(true).write(true).create_new(true).mode(mode);
    let file = match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(None),
        file => file?,
    };
    file.lock()?;
    Ok(is_at(&file, path)?.then_some(file))
}

/// Whether `path` names the open `file`: a waiter may get the lock of a file that is gone.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let ours = file.metadata()?;
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
        Ok(named) => Ok((named.dev(), named.ino()) == (ours.dev(), ours.ino())),
    }
}
