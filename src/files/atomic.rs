//! One file, replaced whole.
//!
//! 1. A hidden temporary file is created beside it and locked; one that a killed run left is removed first.
//! 2. The content is written there and synced.
//! 3. The temporary file is renamed over the file, and the directory is synced.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags};
use rustix::io::Errno;

use crate::crypto::{LOWER_ALPHANUMERIC, random_string};
use crate::files::paths::{is_temporary_name, parent, temporary_path};
use crate::files::{FileError, lock, remove_file};

/// Characters of the hidden name of a file that has one of its own.
const ASIDE_LENGTH: usize = 16;

/// Who may read and write a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FileMode {
    /// Whoever the umask lets.
    Public,
    /// The owner alone.
    Private,
    /// Exactly these bits, whatever the umask says.
    Exactly(u32),
}

impl FileMode {
    /// The bits a file is created with, which the umask may narrow.
    pub(super) fn creation_bits(self) -> u32 {
        match self {
            Self::Public => 0o666,
            Self::Private | Self::Exactly(_) => 0o600,
        }
    }

    /// Sets the bits that do not depend on the umask.
    pub(super) fn apply(self, file: &File) -> io::Result<()> {
        match self {
            Self::Exactly(bits) => file.set_permissions(Permissions::from_mode(bits)),
            Self::Public | Self::Private => Ok(()),
        }
    }
}

/// Replaces the file at `path`, or creates it, with `bytes`; survives a crash as the old or the new file.
pub fn write_atomic(path: &Path, bytes: &[u8], mode: FileMode) -> Result<(), FileError> {
    let mut file = AtomicFile::create(path, mode)?;
    let written = file.write_all(bytes);
    written.map_err(FileError::wrap("write", path))?;
    file.commit()
}

/// A file that takes its name when it is complete; dropped before, it leaves nothing.
#[derive(Debug)]
pub struct AtomicFile {
    path: PathBuf,
    temporary: PathBuf,
    file: File,
    mode: FileMode,
    renamed: bool,
}

impl AtomicFile {
    /// Starts the file that is to stand at `path`; waits while another process writes the same one.
    pub fn create(path: &Path, mode: FileMode) -> Result<Self, FileError> {
        let temporary = temporary_path(path);
        let file = create(&temporary, mode).map_err(FileError::wrap("write", path))?;
        Ok(Self::new(path, temporary, file, mode))
    }

    /// The same, but `None` while another process writes it.
    pub fn try_create(path: &Path, mode: FileMode) -> io::Result<Option<Self>> {
        let temporary = temporary_path(path);
        if lock::is_free(&temporary)? {
            remove_stale(&temporary)?;
        }
        let create_locked = lock::create_locked(&temporary, mode.creation_bits())?;
        Ok(create_locked.map(|file| Self::new(path, temporary, file, mode)))
    }

    /// The same under a hidden name that no other one has: nobody is waited for, and the name in `path` may be as long as
    /// the file system allows.
    pub fn create_aside(path: &Path, mode: FileMode) -> io::Result<Self> {
        loop {
            let name = random_string(ASIDE_LENGTH, LOWER_ALPHANUMERIC);
            let temporary = temporary_path(&path.with_file_name(name));
            if let Some(file) = lock::create_locked(&temporary, mode.creation_bits())? {
                return Ok(Self::new(path, temporary, file, mode));
            }
        }
    }

    fn new(path: &Path, temporary: PathBuf, file: File, mode: FileMode) -> Self {
        Self {
            path: path.to_owned(),
            temporary,
            file,
            mode,
            renamed: false,
        }
    }

    /// Gives the file its name, durably; `false`, and no file, where another one has it by now.
    pub fn commit_new(mut self) -> io::Result<bool> {
        self.finish()?;
        if !rename_new(&self.temporary, &self.path)? {
            return Ok(false);
        }
        self.renamed = true;
        sync(parent(&self.path))?;
        Ok(true)
    }

    /// Gives the file its name, durably: content and name are on the disk when this returns.
    pub fn commit(mut self) -> Result<(), FileError> {
        let outcome = self.rename().and_then(|()| sync(parent(&self.path)));
        outcome.map_err(FileError::wrap("write", &self.path))
    }

    /// Gives the file its name, its content being on the disk; the name is there for sure only once
    /// the directory is synced too: [`sync_directory`], once for many files.
    pub fn commit_content(mut self) -> Result<(), FileError> {
        self.rename().map_err(FileError::wrap("write", &self.path))
    }

    /// Gives the file its name without waiting for the disk: after a power cut it may be old, new or damaged. For what
    /// can be computed again.
    pub fn commit_unsynced(mut self) -> Result<(), FileError> {
        let renamed = self.mode.apply(&self.file);
        let renamed = renamed.and_then(|()| fs::rename(&self.temporary, &self.path));
        renamed.map_err(FileError::wrap("write", &self.path))?;
        self.renamed = true;
        Ok(())
    }

    /// Gives the file its name where no other file has it, without waiting for the disk; `false`, and no file, where one
    /// does.
    pub fn commit_new_unsynced(mut self) -> io::Result<bool> {
        self.mode.apply(&self.file)?;
        self.renamed = rename_new(&self.temporary, &self.path)?;
        Ok(self.renamed)
    }

    /// Takes the place of a file that is there, without waiting for the disk; `false`, and no file, where there is none. The
    /// caller has that one locked, as everybody who calls this.
    ///
    /// A file that somebody removes meanwhile does not come back. The two are exchanged and the former is removed: to rename
    /// one over another has some file systems write its content to the disk at once.
    pub fn commit_existing_unsynced(mut self) -> io::Result<bool> {
        self.mode.apply(&self.file)?;
        self.renamed = rename_existing(&self.temporary, &self.path)?;
        if self.renamed {
            remove_file(&self.temporary)?;
        }
        Ok(self.renamed)
    }

    /// Where the file is until it has its name, for what writes to a path of its own accord.
    pub fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// The open file, to set its times.
    pub fn as_file(&self) -> &File {
        &self.file
    }

    /// Puts the content on the disk, for those who may read it.
    fn finish(&self) -> io::Result<()> {
        self.mode.apply(&self.file)?;
        self.file.sync_all()
    }

    fn rename(&mut self) -> io::Result<()> {
        self.finish()?;
        fs::rename(&self.temporary, &self.path)?;
        self.renamed = true;
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if !self.renamed {
            // What cannot be removed now is removed by the next run.
            fs::remove_file(&self.temporary).ok();
        }
    }
}

fn create(temporary: &Path, mode: FileMode) -> io::Result<File> {
    loop {
        if let Some(file) = lock::create_locked(temporary, mode.creation_bits())? {
            return Ok(file);
        }
        remove_stale(temporary)?;
    }
}

/// Renames a file to a name that is free; `false` where it is not.
fn rename_new(from: &Path, to: &Path) -> io::Result<bool> {
    match rustix::fs::renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Err(Errno::EXIST) => Ok(false),
        // Some file systems only know the rename that replaces.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            let free = fs::symlink_metadata(to).is_err();
            if free {
                fs::rename(from, to)?;
            }
            Ok(free)
        }
        renamed => Ok(renamed.map(|()| true)?),
    }
}

/// Renames a file to a name that another one has; `false` where none has it. The other file may be `from` afterwards.
fn rename_existing(from: &Path, to: &Path) -> io::Result<bool> {
    match rustix::fs::renameat_with(CWD, from, CWD, to, RenameFlags::EXCHANGE) {
        Err(Errno::NOENT) => Ok(false),
        // Some file systems only know the rename that replaces.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            let is_there = to.try_exists()?;
            if is_there {
                fs::rename(from, to)?;
            }
            Ok(is_there)
        }
        exchanged => Ok(exchanged.map(|()| true)?),
    }
}

/// Removes the temporary file at `path` once no living process has it locked.
pub(super) fn remove_stale(path: &Path) -> io::Result<()> {
    // The lock must be held until the name is removed, or the file of a new owner would be removed instead.
    let _lock = match lock::lock_existing(path) {
        Ok(None) => return Ok(()),
        Ok(lock) => lock,
        // A symbolic link under a name of ours: the link itself is removed.
        Err(error) if error.raw_os_error() == Some(libc::ELOOP) => None,
        Err(error) => return Err(error),
    };
    remove_file(path).map(drop)
}

/// Removes from `directory` what runs that were killed left half-written.
pub fn remove_leftovers(directory: &Path) -> Result<(), FileError> {
    let remove = || {
        for entry in fs::read_dir(directory)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_ours = is_temporary_name(&name);
            // What a living process writes is locked, and not waited for.
            if is_ours && lock::is_free(&path)? {
                remove_stale(&path)?;
            }
        }
        Ok(())
    };
    remove().map_err(FileError::wrap("read", directory))
}

/// Removes what a killed run left beside the file at `path`, and returns its place; what a living
/// process writes stays.
pub fn remove_leftover(path: &Path) -> Result<Option<PathBuf>, FileError> {
    let temporary = temporary_path(path);
    let remove = || {
        let is_leftover = temporary.try_exists()? && lock::is_free(&temporary)?;
        if is_leftover {
            remove_stale(&temporary)?;
        }
        Ok(is_leftover)
    };
    let removed = remove().map_err(FileError::wrap("read", path))?;
    Ok(removed.then_some(temporary))
}

/// Puts the names in `directory` on the disk.
pub fn sync_directory(directory: &Path) -> Result<(), FileError> {
    sync(directory).map_err(FileError::wrap("write", directory))
}

/// [`sync_directory`], for callers that describe the failure themselves.
pub(super) fn sync(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::thread;

    use super::{AtomicFile, FileMode, write_atomic};

    #[test]
    fn replaces_a_file_and_sets_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write_atomic(&path, b"old", FileMode::Public).unwrap();
        write_atomic(&path, b"new", FileMode::Private).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        write_atomic(&path, b"new", FileMode::Exactly(0o666)).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o666);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn leaves_the_old_file_and_nothing_else_when_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "old").unwrap();
        let mut file = AtomicFile::create(&path, FileMode::Public).unwrap();
        file.write_all(b"half").unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        drop(file);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn clears_what_a_killed_run_left_and_follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let (path, precious) = (folder.path().join("a"), folder.path().join("precious"));
        fs::write(&precious, "precious").unwrap();
        fs::write(folder.path().join(".a.djr-tmp"), "a long half-written file").unwrap();
        write_atomic(&path, b"one", FileMode::Public).unwrap();
        symlink(&precious, folder.path().join(".a.djr-tmp")).unwrap();
        write_atomic(&path, b"two", FileMode::Public).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read(&precious).unwrap(), b"precious");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn writers_at_once_leave_one_whole_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        thread::scope(|scope| {
            for letter in b'a'..=b'h' {
                let path = &path;
                scope.spawn(move || {
                    for _ in 0..20 {
                        write_atomic(path, &vec![letter; 10_000], FileMode::Public).unwrap();
                    }
                });
            }
        });
        let content = fs::read(&path).unwrap();
        assert_eq!(content.len(), 10_000);
        assert!(content.iter().all(|byte| *byte == content[0]));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
