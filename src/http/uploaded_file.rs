//! Files that were sent with a form.

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that was sent with a form.
#[derive(Debug)]
pub struct UploadedFile {
    name: String,
    content_type: String,
    size: u64,
    content: UploadedContent,
}

/// Where the content of a file is.
#[derive(Debug)]
enum UploadedContent {
    Memory(Vec<u8>),
    Disk(TemporaryFile),
}

/// A file on disk that goes with the request.
#[derive(Debug)]
pub(super) struct TemporaryFile {
    pub(super) path: PathBuf,
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // It may have been moved to where it stays.
        fs::remove_file(&self.path).ok();
    }
}

impl UploadedFile {
    /// A file whose content is in memory.
    pub fn in_memory(name: &str, content_type: &str, content: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            content_type: content_type.to_owned(),
            size: u64::try_from(content.len()).unwrap_or(u64::MAX),
            content: UploadedContent::Memory(content),
        }
    }

    /// A file whose content is on disk.
    pub(super) fn on_disk(name: &str, content_type: &str, size: u64, file: TemporaryFile) -> Self {
        Self {
            name: name.to_owned(),
            content_type: content_type.to_owned(),
            size,
            content: UploadedContent::Disk(file),
        }
    }

    /// Its name without directories; what the client says it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type of its content, as the client says.
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// Its bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Where it lies on disk, if it is not in memory.
    pub fn temporary_path(&self) -> Option<&Path> {
        match &self.content {
            UploadedContent::Memory(_) => None,
            UploadedContent::Disk(file) => Some(&file.path),
        }
    }

    /// A reader of its content.
    pub fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match &self.content {
            UploadedContent::Memory(content) => Box::new(Cursor::new(content)),
            UploadedContent::Disk(file) => Box::new(File::open(&file.path)?),
        })
    }
}

/// The same file, not merely an equal one.
impl PartialEq for UploadedFile {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The files of a form, by the names of their fields.
#[derive(Clone, Debug, Default)]
pub struct UploadedFiles(Vec<NamedFile>);

#[derive(Clone, Debug)]
struct NamedFile {
    field: String,
    file: Arc<UploadedFile>,
}

impl UploadedFiles {
    /// Adds a file that was sent for `field`.
    pub fn append(&mut self, field: &str, file: UploadedFile) {
        self.0.push(NamedFile {
            field: field.to_owned(),
            file: Arc::new(file),
        });
    }

    /// The last file of the field `name`.
    pub fn get(&self, name: &str) -> Option<&Arc<UploadedFile>> {
        let mut files = self.0.iter().rev();
        files
            .find(|named| named.field == name)
            .map(|named| &named.file)
    }

    /// All files, each with the name of its field, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<UploadedFile>)> {
        self.0
            .iter()
            .map(|named| (named.field.as_str(), &named.file))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
