//! Files of rows that are being written.

use crate::api::serializer::{Serializer, ValidatedFields, ValidatedValue};
use crate::clock::Zone;
use crate::forms::MediaStorage;
use crate::query::ModelInstance;
use crate::values;
use crate::views::HttpError;

/// Files that were stored for a row which is not written yet; they go with it if it never is.
#[derive(Debug)]
pub(super) struct StoredFiles<'m> {
    media: &'m MediaStorage,
    names: Vec<String>,
}

impl<'m> StoredFiles<'m> {
    /// None so far.
    pub(super) fn new(media: &'m MediaStorage) -> Self {
        Self {
            media,
            names: Vec::new(),
        }
    }

    /// Stores the files in `sent`; `row` gets their names, and the sides of images.
    pub(super) fn store(
        &mut self,
        serializer: &Serializer,
        sent: &ValidatedFields,
        row: &mut ModelInstance,
        zone: &Zone,
    ) -> Result<(), HttpError> {
        for field in &serializer.fields {
            let (Some(ValidatedValue::File(file)), Some(field)) =
                (sent.get(&field.name), serializer.model.field(&field.name))
            else {
                continue;
            };
            let stored = self.media.store_for(field, file, zone);
            let stored = stored.map_err(|error| {
                let message = format!("the file of `{}` cannot be stored: {error}", field.name);
                let hint = "`[media] root` says where it goes".to_owned();
                HttpError::internal(message, vec![hint])
            })?;
            let name = stored.iter().find(|(name, _)| *name == field.name);
            self.names
                .extend(name.map(|(_, name)| values::to_text(name)));
            for (name, value) in stored {
                row.set(&name, value);
            }
        }
        Ok(())
    }

    /// Keeps them: the row is written.
    pub(super) fn keep(mut self) {
        self.names.clear();
    }
}

impl Drop for StoredFiles<'_> {
    fn drop(&mut self) {
        for name in &self.names {
            self.media.remove(name);
        }
    }
}
