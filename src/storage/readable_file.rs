//! Files as a storage has them.

use std::fmt;
use std::io::Read;
use std::time::SystemTime;

/// A file of a storage that can be read.
pub struct ReadableFile {
    /// Its content, from the beginning.
    pub reader: Box<dyn Read + Send>,
    /// Its size and age.
    pub metadata: FileMetadata,
}

impl fmt::Debug for ReadableFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadableFile")
            .field("metadata", &self.metadata)
            .finish_non_exhaustive()
    }
}

/// Size and age of a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FileMetadata {
    /// Bytes.
    pub size: u64,
    /// When its content last changed.
    pub modified: SystemTime,
}

/// What lies in a directory, by the names in it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Listing {
    /// The directories.
    pub directories: Vec<String>,
    /// The files.
    pub files: Vec<String>,
}

/// A file that was come across.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WalkedFile {
    /// Its name, from the place of the storage on.
    pub name: String,
    /// Its size and age.
    pub metadata: FileMetadata,
}
