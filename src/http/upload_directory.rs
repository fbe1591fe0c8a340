//! The directory of large files of forms, while their requests are answered.
//!
//! 1. At its start a server removes what servers before it left there: those that were killed.
//! 2. With the first large file it makes a directory of its own and locks it for as long as it runs.
//! 3. A file goes with its request; whatever is left goes with the server.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, PoisonError};

use crate::http::uploaded_file::TemporaryFile;

/// What the names of the directories of servers begin with; a name with a point is not served, wherever it lies.
const PREFIX: &str = ".djr-";

/// How many names a server tries for its directory.
const ATTEMPTS: u32 = 100;

/// Where large files of forms are written while they come.
#[derive(Debug)]
pub struct UploadDirectory {
    root: PathBuf,
    own: Mutex<OwnDirectory>,
}

/// The directory of this server.
#[derive(Debug)]
enum OwnDirectory {
    /// Nothing was written so far.
    Unused,
    /// It is locked as long as the handle is open.
    Open {
        path: PathBuf,
        _lock: File,
        files: u64,
    },
    /// The server has stopped.
    Closed,
}

/// A file that is being written.
#[derive(Debug)]
pub(super) struct NewUpload {
    pub(super) out: File,
    pub(super) file: TemporaryFile,
}

impl UploadDirectory {
    /// The directory `root`, which is made when it is needed; removes what servers left there that run no more.
    pub fn open(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        for left in fs::read_dir(&root).into_iter().flatten().flatten() {
            let is_ours = left.file_name().to_string_lossy().starts_with(PREFIX);
            if is_ours {
                remove_left(&left.path());
            }
        }
        Self {
            root,
            own: Mutex::new(OwnDirectory::Unused),
        }
    }

    /// Removes everything of this server; files that still come cannot be written from now on.
    pub fn close(&self) {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if let OwnDirectory::Open { path, .. } = &*own {
            // What cannot be removed is left to the next start.
            fs::remove_dir_all(path).ok();
        }
        *own = OwnDirectory::Closed;
    }

    /// A new file that only this user may read.
    pub(super) fn create_file(&self) -> io::Result<NewUpload> {
        let path = self.next_path()?;
        let mut options = OpenOptions::new();
        let out = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        Ok(NewUpload {
            out,
            file: TemporaryFile { path },
        })
    }

    fn next_path(&self) -> io::Result<PathBuf> {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody may have cleaned up while nothing was there.
        let is_gone = matches!(&*own, OwnDirectory::Open { path, .. } if !path.is_dir());
        if is_gone || matches!(*own, OwnDirectory::Unused) {
            *own = create_own(&self.root)?;
        }
        match &mut *own {
            OwnDirectory::Open { path, files, .. } => {
                *files += 1;
                Ok(path.join(format!("{files}.upload")))
            }
            OwnDirectory::Unused | OwnDirectory::Closed => {
                Err(io::Error::other("the server has stopped"))
            }
        }
    }
}

impl Drop for UploadDirectory {
    fn drop(&mut self) {
        self.close();
    }
}

/// Makes a directory below `root` that no other server has, and locks it.
fn create_own(root: &Path) -> io::Result<OwnDirectory> {
    let mut private = DirBuilder::new();
    private.mode(0o700);
    if let Some(parent) = root.parent() {
        fs::create_dir_all(parent)?;
    }
    if !root.is_dir() {
        private.create(root).or_else(unless_exists)?;
    }
    for attempt in 0..ATTEMPTS {
        let path = root.join(format!("{PREFIX}{}-{attempt}", process::id()));
        match private.create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            created => created?,
        }
        // Between these lines another server that starts may take it for one that was left: then there is a next one.
        let Ok(lock) = File::open(&path) else {
            continue;
        };
        // Without locks, as on some shares, the next start leaves it alone.
        lock.lock().ok();
        if is_at(&lock, &path) {
            return Ok(OwnDirectory::Open {
                path,
                _lock: lock,
                files: 0,
            });
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn unless_exists(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::AlreadyExists => Ok(()),
        _ => Err(error),
    }
}

/// Removes the directory of a server that runs no more: it is not locked.
fn remove_left(path: &Path) {
    let is_directory = path.symlink_metadata().is_ok_and(|found| found.is_dir());
    let directory = is_directory.then(|| File::open(path).ok()).flatten();
    if directory.is_some_and(|directory| directory.try_lock().is_ok() && is_at(&directory, path)) {
        fs::remove_dir_all(path).ok();
    }
}

/// Whether `path` still names what was opened.
fn is_at(opened: &File, path: &Path) -> bool {
    let (Ok(ours), Ok(named)) = (opened.metadata(), path.symlink_metadata()) else {
        return false;
    };
    (ours.dev(), ours.ino()) == (named.dev(), named.ino())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use super::UploadDirectory;

    #[test]
    fn files_go_with_their_requests_and_the_rest_with_the_server() {
        let media = tempfile::tempdir().unwrap();
        let root = media.path().join(".uploads");
        let uploads = UploadDirectory::open(&root);
        assert!(!root.exists(), "nothing is made before it is needed");
        let mut first = uploads.create_file().unwrap();
        first.out.write_all(b"x").unwrap();
        let (first, second) = (first.file, uploads.create_file().unwrap().file);
        let count = || fs::read_dir(first.path.parent().unwrap()).unwrap().count();
        assert_eq!(count(), 2);
        drop(second);
        assert_eq!(count(), 1);
        uploads.close();
        assert_eq!(fs::read_dir(&root).unwrap().count(), 0);
        assert!(uploads.create_file().is_err());
    }

    #[test]
    fn what_a_killed_server_left_is_removed_and_what_a_running_one_has_is_not() {
        let root = tempfile::tempdir().unwrap();
        let running = UploadDirectory::open(root.path());
        let file = running.create_file().unwrap().file;
        let left = root.path().join(".djr-1-0");
        fs::create_dir(&left).unwrap();
        fs::write(left.join("1.upload"), "x").unwrap();
        fs::write(root.path().join("note.txt"), "x").unwrap();
        let other = UploadDirectory::open(root.path());
        assert!(!left.exists());
        assert!(file.path.exists() && root.path().join("note.txt").exists());
        let others = other.create_file().unwrap().file;
        assert_ne!(others.path.parent(), file.path.parent());
    }

    #[test]
    fn a_directory_that_was_removed_is_made_again() {
        let root = tempfile::tempdir().unwrap();
        let uploads = UploadDirectory::open(root.path().join("a/b"));
        drop(uploads.create_file().unwrap());
        fs::remove_dir_all(root.path().join("a")).unwrap();
        assert!(uploads.create_file().is_ok());
    }
}
