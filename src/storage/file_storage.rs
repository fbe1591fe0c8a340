//! A storage under its alias.

use std::ops::Deref;
use std::sync::Arc;

use crate::http::UploadedFile;
use crate::settings::FileStorageSettings;
use crate::storage::{Storage, StorageError, names};

/// A storage under its alias, with what the settings say of it. Clones are the same storage.
#[derive(Clone, Debug)]
pub struct FileStorage {
    alias: Arc<str>,
    storage: Arc<dyn Storage>,
    max_file_size: Option<u64>,
    keep: bool,
}

impl FileStorage {
    /// The storage `storage`, which `settings` have as `alias`.
    pub fn new(alias: &str, storage: Arc<dyn Storage>, settings: &FileStorageSettings) -> Self {
        Self {
            alias: Arc::from(alias),
            storage,
            max_file_size: settings.max_file_size,
            keep: settings.keep,
        }
    }

    /// What `[storages]` calls it.
    pub fn alias(&self) -> &str {
        &self.alias
    }

    /// Whether a file stays when no row names it any more.
    pub fn keeps_files(&self) -> bool {
        self.keep
    }

    /// Bytes of a file at most.
    pub fn max_file_size(&self) -> Option<u64> {
        self.max_file_size
    }

    /// Keeps `content` as `name`, or under a name like it where that is taken or longer than `max_length` characters;
    /// returns the name it got.
    pub fn save(
        &self,
        name: &str,
        content: &UploadedFile,
        max_length: Option<usize>,
    ) -> Result<String, StorageError> {
        if let Some(limit) = self.max_file_size.filter(|limit| content.size() > *limit) {
            return Err(StorageError::TooLarge {
                size: content.size(),
                limit,
                alias: self.alias().to_owned(),
            });
        }
        if let Some(saved) = self.storage.save(name, content, max_length)? {
            return names::checked(&saved);
        }
        let mut wanted = names::checked(name).map(|_| name.to_owned())?;
        loop {
            let exists = |name: &str| Ok(!self.storage.overwrites() && self.storage.exists(name)?);
            wanted = names::get_available_name(&wanted, max_length, &exists)?;
            let name = names::checked(&wanted)?;
            match self.storage.create(&name, content) {
                // Two that come at once must not get the same name.
                Err(StorageError::Exists { .. }) => {}
                created => return created.map(|()| name),
            }
        }
    }
}

impl Deref for FileStorage {
    type Target = dyn Storage;

    fn deref(&self) -> &Self::Target {
        &*self.storage
    }
}
