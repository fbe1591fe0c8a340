//! Where files of rows are kept (Django's `django.core.files.storage`).
//!
//! * A [`Storage`] keeps files by name: in a directory ([`FileSystemStorage`]), in memory ([`InMemoryStorage`]), or in a
//!   bucket of a service (`S3Storage`, with the feature `s3`).
//! * A [`FileStorage`] is a storage under its alias, with what the settings say of it: [`FileStorage::save`] finds a
//!   name that is free by the rules of [`names`].
//! * [`Storages`] are those of `[storages]`, by alias.

mod error;
mod file_storage;
mod file_system;
mod image;
mod memory;
pub mod names;
mod orphans;
mod readable_file;
mod row_files;
#[cfg(feature = "s3")]
mod s3;
mod storages;

pub use error::StorageError;
pub use file_storage::FileStorage;
pub use file_system::{FileModes, FileSystemStorage, UPLOADS};
pub use image::{
    ImageFormat, ImageHeader, ImageSize, image_format, image_header, is_extension_of_another,
};
pub use memory::InMemoryStorage;
pub use orphans::{MissingFile, OrphanError, OrphanFile, OrphanReport, OrphanSearch};
pub use readable_file::{FileMetadata, Listing, ReadableFile, WalkedFile};
pub use row_files::{FileCleaner, SavedFiles};
#[cfg(feature = "s3")]
pub use s3::S3Storage;
pub use storages::{OwnStorages, Storages};

use std::fmt;
use std::path::PathBuf;

use crate::http::UploadedFile;

/// What keeps files by name.
///
/// A name is a path of `/`, relative to the place of the storage. Whoever calls has it from a row or from
/// [`FileStorage::save`]; a storage refuses what leads elsewhere all the same.
pub trait Storage: fmt::Debug + Send + Sync {
    /// The file called `name`, ready to be read from its beginning.
    fn open(&self, name: &str) -> Result<ReadableFile, StorageError>;

    /// Keeps `content` as `name`: whole or not at all, and never in place of another file, which is
    /// [`StorageError::Exists`].
    fn create(&self, name: &str, content: &UploadedFile) -> Result<(), StorageError>;

    /// Whether [`Storage::create`] lets a file take the place of another, as its settings say.
    fn overwrites(&self) -> bool {
        false
    }

    /// Keeps `content` as `name`, or under a name like it of at most `max_length` characters, where the storage itself
    /// looks for one that is free; returns the name it got. `None` of one that does not.
    fn save(
        &self,
        _name: &str,
        _content: &UploadedFile,
        _max_length: Option<usize>,
    ) -> Result<Option<String>, StorageError> {
        Ok(None)
    }

    /// Removes the file called `name`; one that is not there is fine.
    fn delete(&self, name: &str) -> Result<(), StorageError>;

    /// Whether something is called `name`.
    fn exists(&self, name: &str) -> Result<bool, StorageError>;

    /// What lies in the directory `path`, which is empty for the whole; sorted.
    fn listdir(&self, path: &str) -> Result<Listing, StorageError>;

    /// Size and age of the file called `name`.
    fn metadata(&self, name: &str) -> Result<FileMetadata, StorageError>;

    /// Where a browser finds the file called `name`; [`StorageError::NoUrl`] where it cannot.
    fn url(&self, name: &str) -> Result<String, StorageError>;

    /// Where the file called `name` is on disk, if it is.
    fn path(&self, _name: &str) -> Option<PathBuf> {
        None
    }

    /// Hands all files to `visit`, in no order, until it fails.
    fn walk(&self, visit: &mut FileVisitor<'_>) -> Result<(), StorageError> {
        let mut directories = vec![String::new()];
        while let Some(directory) = directories.pop() {
            let listing = self.listdir(&directory)?;
            let below = |name: &String| names::join(&directory, name);
            directories.extend(listing.directories.iter().map(below));
            for name in listing.files.iter().map(below) {
                match self.metadata(&name) {
                    Ok(metadata) => visit(WalkedFile { name, metadata })?,
                    // Somebody was quicker.
                    Err(StorageError::NotFound { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }
}

/// What [`Storage::walk`] hands each file to.
pub type FileVisitor<'v> = dyn FnMut(WalkedFile) -> Result<(), StorageError> + 'v;

#[cfg(test)]
mod recorded_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vector_tests;
