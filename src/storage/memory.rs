//! Files in memory (Django's `InMemoryStorage`): for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::http::UploadedFile;
use crate::storage::{FileMetadata, Listing, ReadableFile, Storage, StorageError, names};

/// Files in the memory of the process, which go with it.
#[derive(Debug)]
pub struct InMemoryStorage {
    base_url: String,
    files: Mutex<BTreeMap<String, FileInMemory>>,
}

#[derive(Clone, Debug)]
struct FileInMemory {
    content: Arc<[u8]>,
    modified: SystemTime,
}

impl InMemoryStorage {
    /// An empty storage, whose files are found below `base_url`, or not at all where that is empty.
    pub fn new(base_url: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            files: Mutex::default(),
        }
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<String, FileInMemory>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, name: &str) -> Result<FileInMemory, StorageError> {
        let found = self.files().get(&names::checked(name)?).cloned();
        found.ok_or_else(|| StorageError::NotFound {
            name: name.to_owned(),
        })
    }
}

impl FileInMemory {
    fn metadata(&self) -> FileMetadata {
        FileMetadata {
            size: u64::try_from(self.content.len()).unwrap_or(u64::MAX),
            modified: self.modified,
        }
    }
}

impl Storage for InMemoryStorage {
    fn open(&self, name: &str) -> Result<ReadableFile, StorageError> {
        let file = self.find(name)?;
        Ok(ReadableFile {
            metadata: file.metadata(),
            reader: Box::new(Cursor::new(file.content)),
        })
    }

    fn create(&self, name: &str, content: &UploadedFile) -> Result<(), StorageError> {
        let name = names::checked(name)?;
        let mut bytes = Vec::new();
        let read = content
            .open()
            .and_then(|mut reader| reader.read_to_end(&mut bytes));
        read.map_err(StorageError::io("read", name.clone()))?;
        let mut files = self.files();
        if files.contains_key(&name) {
            return Err(StorageError::Exists { name });
        }
        let file = FileInMemory {
            content: Arc::from(bytes),
            modified: SystemTime::now(),
        };
        files.insert(name, file);
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), StorageError> {
        self.files().remove(&names::checked(name)?);
        Ok(())
    }

    fn exists(&self, name: &str) -> Result<bool, StorageError> {
        let name = names::checked(name)?;
        let directory = format!("{name}/");
        let files = self.files();
        Ok(files.contains_key(&name) || files.keys().any(|file| file.starts_with(&directory)))
    }

    fn listdir(&self, path: &str) -> Result<Listing, StorageError> {
        let prefix = if path.is_empty() {
            String::new()
        } else {
            format!("{}/", names::checked(path)?)
        };
        let (mut directories, mut listed) = (BTreeSet::new(), Vec::new());
        for name in self.files().keys() {
            match name.strip_prefix(&prefix).map(|rest| rest.split_once('/')) {
                Some(Some((directory, _))) => {
                    directories.insert(directory.to_owned());
                }
                Some(None) => listed.push(name[prefix.len()..].to_owned()),
                None => {}
            }
        }
        if !prefix.is_empty() && directories.is_empty() && listed.is_empty() {
            let name = path.to_owned();
            return Err(StorageError::NotFound { name });
        }
        Ok(Listing {
            directories: directories.into_iter().collect(),
            files: listed,
        })
    }

    fn metadata(&self, name: &str) -> Result<FileMetadata, StorageError> {
        self.find(name).map(|file| file.metadata())
    }

    fn url(&self, name: &str) -> Result<String, StorageError> {
        names::url(&self.base_url, name)
    }
}
