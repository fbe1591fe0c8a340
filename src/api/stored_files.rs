//! Files of rows that are being written.

use crate::api::answer::{ApiAnswer, ApiError};
use crate::api::serializer::{Serializer, SerializerContext, ValidatedFields, ValidatedValue};
use crate::diagnostic::{self, Diagnostic as _};
use crate::forms::refused_file;
use crate::json::Json;
use crate::query::ModelInstance;
use crate::storage::{SavedFiles, StorageError, Storages};
use crate::views::HttpError;

/// Files that are stored while a row is written.
#[derive(Debug)]
pub(super) struct RowFiles<'s> {
    pub(super) storages: &'s Storages,
    /// Those that were stored; they go with this unless they are kept.
    pub(super) saved: SavedFiles,
}

impl<'s> RowFiles<'s> {
    /// None so far.
    pub(super) fn new(storages: &'s Storages) -> Self {
        Self {
            storages,
            saved: SavedFiles::default(),
        }
    }

    /// Stores the files in `sent`; `row` gets their names, and the sides of images.
    pub(super) fn store(
        &mut self,
        context: &SerializerContext<'_, '_>,
        serializer: &Serializer,
        sent: &ValidatedFields,
        row: &mut ModelInstance,
    ) -> Result<(), ApiError> {
        for field in &serializer.fields {
            let (Some(ValidatedValue::File(file)), Some(field)) =
                (sent.get(&field.name), serializer.model.field(&field.name))
            else {
                continue;
            };
            let stored = self.saved.save(self.storages, field, file, context.zone);
            for assignment in stored.map_err(|error| refused(&field.name, &error))? {
                row.set(&assignment.field, assignment.value);
            }
        }
        Ok(())
    }
}

/// What is answered where the file of `field` cannot be stored: whose fault it is decides.
fn refused(field: &str, error: &StorageError) -> ApiError {
    let Some(refused) = refused_file(error) else {
        let causes = diagnostic::messages(error).join(": ");
        let message = format!("the file of `{field}` cannot be stored: {causes}");
        return HttpError::internal(message, error.hints()).into();
    };
    let said = Json::from(vec![refused.message.as_str()]);
    ApiError::Refused(ApiAnswer::json(
        400,
        &Json::Object(vec![(field.to_owned(), said)]),
    ))
}
