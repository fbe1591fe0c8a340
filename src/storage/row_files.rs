//! The files of rows: stored before the row that names them is written, and removed after the last row that does.

use std::fmt;
use std::sync::Arc;

use crate::clock::{self, LocalDateTime, Zone};
use crate::http::UploadedFile;
use crate::models::{Field, FieldKind, FileObserver};
use crate::query::FieldAssignment;
use crate::storage::image::image_header;
use crate::storage::{FileStorage, StorageError, Storages, names};
use crate::values::FieldValue;

/// Files that were stored for rows which are not committed yet: they go with this, unless they are kept.
#[derive(Debug, Default)]
pub struct SavedFiles(Vec<SavedFile>);

#[derive(Debug)]
struct SavedFile {
    storage: FileStorage,
    name: String,
}

impl SavedFiles {
    /// Stores `file` where `field` of a model has its files; returns what the row gets by that: the name of the file and,
    /// where the model keeps them, the sides of the image.
    pub fn save(
        &mut self,
        storages: &Storages,
        field: &Field,
        file: &UploadedFile,
        zone: &Zone,
    ) -> Result<Vec<FieldAssignment>, StorageError> {
        let (FieldKind::File {
            upload_to,
            max_length,
            ..
        }
        | FieldKind::Image {
            upload_to,
            max_length,
            ..
        }) = &field.kind
        else {
            return Ok(Vec::new());
        };
        let storage = storages.of_field(field)?;
        let moment = LocalDateTime::of_moment(clock::now(), zone);
        let name = names::generate_filename(upload_to, file.name(), moment)?;
        let max_length = usize::try_from(*max_length).unwrap_or(usize::MAX);
        let name = storage.save(&name, file, Some(max_length))?;
        self.0.push(SavedFile {
            storage: storage.clone(),
            name: name.clone(),
        });
        let mut values = sides(field, file);
        values.push(FieldAssignment::new(&field.name, FieldValue::Text(name)));
        Ok(values)
    }

    /// Lets them stay: what names them is committed.
    pub fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for SavedFiles {
    fn drop(&mut self) {
        for SavedFile { storage, name } in &self.0 {
            // What cannot be removed is in nobody's way; `djr media orphans` finds it.
            storage.delete(name).ok();
        }
    }
}

/// The sides of the image in `file`, for the fields that keep them.
fn sides(field: &Field, file: &UploadedFile) -> Vec<FieldAssignment> {
    let FieldKind::Image {
        width_field,
        height_field,
        ..
    } = &field.kind
    else {
        return Vec::new();
    };
    if width_field.is_none() && height_field.is_none() {
        return Vec::new();
    }
    let Some(size) = image_header(file).map(|header| header.size) else {
        return Vec::new();
    };
    let sides = [(width_field, size.width), (height_field, size.height)];
    let kept = sides.into_iter().filter_map(|(name, side)| {
        let name = name.as_ref()?;
        Some(FieldAssignment::new(
            name,
            FieldValue::Integer(i64::from(side)),
        ))
    });
    kept.collect()
}

/// What is told of a file that cannot be removed.
type ErrorListener = dyn Fn(&StorageError) + Send + Sync;

/// Removes the files that no row names any more, unless their storage keeps them.
pub struct FileCleaner {
    storages: Arc<Storages>,
    on_error: Box<ErrorListener>,
}

impl FileCleaner {
    /// Removes files of `storages`; `on_error` is told of those that cannot be removed.
    pub fn new(
        storages: Arc<Storages>,
        on_error: impl Fn(&StorageError) + Send + Sync + 'static,
    ) -> Self {
        Self {
            storages,
            on_error: Box::new(on_error),
        }
    }
}

impl FileObserver for FileCleaner {
    fn dropped(&self, alias: &str, names: &[String]) {
        let storage = match self.storages.get(alias) {
            Ok(storage) if storage.keeps_files() => return,
            Ok(storage) => storage,
            Err(error) => return (self.on_error)(&error),
        };
        for name in names {
            if let Err(error) = storage.delete(name) {
                (self.on_error)(&error);
            }
        }
    }
}

impl fmt::Debug for FileCleaner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileCleaner")
            .field("storages", &self.storages)
            .finish_non_exhaustive()
    }
}
