//! The storages of a project, by alias.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::models::Field;
use crate::settings::{FileStorageBackend, FileStorageSettings};
#[cfg(feature = "s3")]
use crate::storage::S3Storage;
use crate::storage::{
    FileModes, FileStorage, FileSystemStorage, InMemoryStorage, Storage, StorageError,
};

/// Makes the storages that are classes of a project.
pub trait OwnStorages: fmt::Debug {
    /// The storage of this alias.
    fn storage(&self, alias: &str, settings: &FileStorageSettings) -> Arc<dyn Storage>;
}

/// The storages of `[storages]` (Django's `storages`).
#[derive(Clone, Debug, Default)]
pub struct Storages(BTreeMap<String, FileStorage>);

impl Storages {
    /// The storages of `settings`, by alias; their directories are named from `root`, and `own` makes those that are
    /// classes of the project. Nothing is opened or made.
    ///
    /// Fails where a backend is not in this executable, or cannot be used as the settings say.
    pub fn new(
        settings: &BTreeMap<String, FileStorageSettings>,
        root: &Path,
        own: Option<&dyn OwnStorages>,
    ) -> Result<Self, StorageError> {
        let storages = settings.iter().map(|(alias, settings)| {
            let backend = match settings.backend {
                FileStorageBackend::Class => own_storage(alias, settings, own)?,
                _ => backend(alias, settings, root)?,
            };
            let storage = FileStorage::new(alias, backend, settings);
            Ok((alias.clone(), storage))
        });
        storages.collect::<Result<_, _>>().map(Self)
    }

    /// The storage called `alias`.
    pub fn get(&self, alias: &str) -> Result<&FileStorage, StorageError> {
        self.0.get(alias).ok_or_else(|| StorageError::UnknownAlias {
            alias: alias.to_owned(),
            known: self.0.keys().cloned().collect(),
        })
    }

    /// The storage of the files of `field`.
    pub fn of_field(&self, field: &Field) -> Result<&FileStorage, StorageError> {
        self.get(field.storage().unwrap_or("default"))
    }

    /// Where a browser finds the file `name` of `field`; empty where it has no address.
    pub fn url(&self, field: &Field, name: &str) -> String {
        let storage = self.of_field(field).ok().filter(|_| !name.is_empty());
        storage
            .and_then(|storage| storage.url(name).ok())
            .unwrap_or_default()
    }

    /// All of them, by alias.
    pub fn iter(&self) -> impl Iterator<Item = &FileStorage> {
        self.0.values()
    }
}

/// What keeps the files of the storage `alias`.
fn backend(
    alias: &str,
    settings: &FileStorageSettings,
    root: &Path,
) -> Result<Arc<dyn Storage>, StorageError> {
    match settings.backend {
        FileStorageBackend::Filesystem => {
            let modes = FileModes {
                file: settings.file_permissions_mode,
                directory: settings.directory_permissions_mode,
            };
            let location = root.join(&settings.location);
            let storage = FileSystemStorage::new(location, &settings.base_url, modes);
            Ok(Arc::new(storage))
        }
        FileStorageBackend::Memory => Ok(Arc::new(InMemoryStorage::new(&settings.base_url))),
        FileStorageBackend::S3 | FileStorageBackend::Class => bucket(alias, settings),
    }
}

/// The storage `alias` that is a class of the project.
fn own_storage(
    alias: &str,
    settings: &FileStorageSettings,
    own: Option<&dyn OwnStorages>,
) -> Result<Arc<dyn Storage>, StorageError> {
    let made = own.map(|own| own.storage(alias, settings));
    made.ok_or_else(|| StorageError::MissingFeature {
        alias: alias.to_owned(),
        backend: settings.class.clone().unwrap_or_default(),
        feature: "python",
    })
}

/// The bucket of the storage `alias`.
#[cfg(feature = "s3")]
fn bucket(alias: &str, settings: &FileStorageSettings) -> Result<Arc<dyn Storage>, StorageError> {
    let made = match &settings.s3 {
        Some(bucket) => S3Storage::new(&settings.location, bucket),
        None => Err("its bucket is missing".to_owned()),
    };
    match made {
        Ok(storage) => Ok(Arc::new(storage)),
        Err(message) => Err(StorageError::Misconfigured {
            alias: alias.to_owned(),
            message,
        }),
    }
}

/// The feature that the executable was built without.
#[cfg(not(feature = "s3"))]
fn bucket(alias: &str, settings: &FileStorageSettings) -> Result<Arc<dyn Storage>, StorageError> {
    Err(StorageError::MissingFeature {
        alias: alias.to_owned(),
        backend: settings.backend.to_string(),
        feature: "s3",
    })
}
