//! Files in a directory (Django's `FileSystemStorage`).

use std::fs::{self, DirBuilder, File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _, fchown};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::files::{AtomicFile, FileMode, is_temporary_name};
use crate::http::UploadedFile;
use crate::storage::{
    FileMetadata, FileVisitor, Listing, ReadableFile, Storage, StorageError, WalkedFile, names,
};

/// Where large files of forms are written below the default storage while they come; a name with a point is never served.
pub const UPLOADS: &str = ".uploads";

/// Who may read what is made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FileModes {
    /// The bits of files, whatever the umask says.
    pub file: u32,
    /// The bits of directories, whatever the umask says; `None` leaves them to it.
    pub directory: Option<u32>,
}

/// Files in a directory.
#[derive(Debug)]
pub struct FileSystemStorage {
    location: PathBuf,
    base_url: String,
    modes: FileModes,
}

impl FileSystemStorage {
    /// The files below `location`, which is made when it is needed; browsers find them below `base_url`, or not at all
    /// where that is empty.
    pub fn new(location: PathBuf, base_url: &str, modes: FileModes) -> Self {
        Self {
            location,
            base_url: base_url.to_owned(),
            modes,
        }
    }

    fn full_path(&self, name: &str) -> Result<PathBuf, StorageError> {
        Ok(self.location.join(names::checked(name)?))
    }

    /// Makes `directory`, and those above it that are missing.
    fn make_directory(&self, directory: &Path) -> io::Result<()> {
        if directory.is_dir() {
            return Ok(());
        }
        if let Some(parent) = directory.parent() {
            self.make_directory(parent)?;
        }
        let mode = self.modes.directory;
        let created = DirBuilder::new()
            .mode(mode.unwrap_or(0o777))
            .create(directory);
        match created {
            // Somebody else was quicker.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && directory.is_dir() => {
                Ok(())
            }
            // The umask would narrow it.
            Ok(()) => mode.map_or(Ok(()), |mode| {
                fs::set_permissions(directory, Permissions::from_mode(mode))
            }),
            failed => failed,
        }
    }

    /// Gives a new file the group of the whole, as far as this user may: others of that group are to reach it too.
    fn adopt(&self, file: &File) -> io::Result<()> {
        let (group, own) = (fs::metadata(&self.location)?.gid(), file.metadata()?.gid());
        if group == own {
            return Ok(());
        }
        match fchown(file, None, Some(group)) {
            Err(error) if error.kind() != io::ErrorKind::PermissionDenied => Err(error),
            _ => Ok(()),
        }
    }

    /// Brings `content` to `path`; `false` where there is a file already.
    fn write_new(&self, content: &UploadedFile, path: &Path) -> io::Result<bool> {
        if let Some(temporary) = content.temporary_path() {
            match self.link(temporary, path) {
                Ok(true) => return Ok(true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
                // On another disk, or on one without links.
                _ => {}
            }
        }
        let mut out = AtomicFile::create_aside(path, FileMode::Exactly(self.modes.file))?;
        self.adopt(out.as_file())?;
        io::copy(&mut content.open()?, &mut out)?;
        out.commit_new()
    }

    /// Gives the file at `temporary` the name `path` as well; the other one goes with the request. Renaming it would
    /// replace what is at `path`.
    ///
    /// Returns `false` where it has a second name already: two rows must not share a file.
    fn link(&self, temporary: &Path, path: &Path) -> io::Result<bool> {
        let file = File::open(temporary)?;
        if file.metadata()?.nlink() != 1 {
            return Ok(false);
        }
        self.adopt(&file)?;
        // While it came nobody else was to read it.
        file.set_permissions(Permissions::from_mode(self.modes.file))?;
        file.sync_all()?;
        fs::hard_link(temporary, path)?;
        if let Some(directory) = path.parent() {
            File::open(directory)?.sync_all()?;
        }
        Ok(true)
    }
}

impl Storage for FileSystemStorage {
    fn open(&self, name: &str) -> Result<ReadableFile, StorageError> {
        let path = self.full_path(name)?;
        let open = || {
            let file = File::open(&path)?;
            let metadata = file.metadata()?;
            Ok((file, metadata))
        };
        let (file, metadata) = open().map_err(|error| unreadable(name, error))?;
        Ok(ReadableFile {
            metadata: described(name, &metadata)?,
            reader: Box::new(file),
        })
    }

    fn create(&self, name: &str, content: &UploadedFile) -> Result<(), StorageError> {
        let path = self.full_path(name)?;
        if let Some(directory) = path.parent() {
            let place = directory.display().to_string();
            let made = self.make_directory(directory);
            made.map_err(StorageError::io("made", place))?;
        }
        let place = path.display().to_string();
        let written = self.write_new(content, &path);
        if written.map_err(StorageError::io("written", place))? {
            return Ok(());
        }
        let name = name.to_owned();
        Err(StorageError::Exists { name })
    }

    fn delete(&self, name: &str) -> Result<(), StorageError> {
        let path = self.full_path(name)?;
        let is_directory = path.symlink_metadata().is_ok_and(|found| found.is_dir());
        let removed = if is_directory {
            fs::remove_dir(&path)
        } else {
            fs::remove_file(&path)
        };
        match removed {
            Err(error) if is_missing(&error) => Ok(()),
            removed => removed.map_err(StorageError::io("removed", path.display().to_string())),
        }
    }

    fn exists(&self, name: &str) -> Result<bool, StorageError> {
        let path = self.full_path(name)?;
        match path.symlink_metadata() {
            Ok(_) => Ok(true),
            Err(error) if is_missing(&error) => Ok(false),
            Err(error) => Err(StorageError::io("read", path.display().to_string())(error)),
        }
    }

    fn listdir(&self, path: &str) -> Result<Listing, StorageError> {
        let directory = if path.is_empty() {
            self.location.clone()
        } else {
            self.full_path(path)?
        };
        let mut listing = Listing::default();
        let mut list = || {
            for entry in fs::read_dir(&directory)? {
                let entry = entry?;
                // A name that is not UTF-8 is not one of a row.
                let Ok(name) = entry.file_name().into_string() else {
                    continue;
                };
                // A link is what it leads to.
                if entry.path().is_dir() {
                    listing.directories.push(name);
                } else {
                    listing.files.push(name);
                }
            }
            Ok(())
        };
        list().map_err(|error| unreadable(path, error))?;
        listing.directories.sort();
        listing.files.sort();
        Ok(listing)
    }

    fn metadata(&self, name: &str) -> Result<FileMetadata, StorageError> {
        let metadata = fs::metadata(self.full_path(name)?);
        described(name, &metadata.map_err(|error| unreadable(name, error))?)
    }

    fn url(&self, name: &str) -> Result<String, StorageError> {
        names::url(&self.base_url, name)
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        self.full_path(name).ok()
    }

    /// Neither what is being written nor what a link leads to.
    fn walk(&self, visit: &mut FileVisitor<'_>) -> Result<(), StorageError> {
        let mut directories = vec![String::new()];
        while let Some(directory) = directories.pop() {
            let path = self.location.join(&directory);
            let failed = |error| StorageError::io("read", path.display().to_string())(error);
            let entries = match fs::read_dir(&path) {
                Err(error) if is_missing(&error) => continue,
                entries => entries.map_err(failed)?,
            };
            for entry in entries {
                let entry = entry.map_err(failed)?;
                let Ok(name) = entry.file_name().into_string() else {
                    continue;
                };
                let is_upload = directory.is_empty() && name == UPLOADS;
                let Ok(metadata) = entry.metadata() else {
                    continue;
                };
                if is_upload || is_temporary_name(&name) {
                    continue;
                }
                let name = names::join(&directory, &name);
                if metadata.is_dir() {
                    directories.push(name);
                } else if metadata.is_file() {
                    let metadata = described(&name, &metadata)?;
                    visit(WalkedFile { name, metadata })?;
                }
            }
        }
        Ok(())
    }
}

/// What a directory is asked for as a file is not there either.
fn described(name: &str, metadata: &Metadata) -> Result<FileMetadata, StorageError> {
    if !metadata.is_file() {
        let name = name.to_owned();
        return Err(StorageError::NotFound { name });
    }
    Ok(FileMetadata {
        size: metadata.len(),
        modified: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
    })
}

fn unreadable(name: &str, error: io::Error) -> StorageError {
    let name = name.to_owned();
    if is_missing(&error) {
        return StorageError::NotFound { name };
    }
    StorageError::io("read", name)(error)
}

/// Whether nothing is there, or something in the way to it that is not a directory.
fn is_missing(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, NotADirectory, NotFound};
    // A name longer than the file system allows is not one of a file.
    matches!(error.kind(), NotFound | NotADirectory | InvalidFilename)
}
