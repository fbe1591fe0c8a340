//! The files of a form, stored before the row that names them is written.

use std::sync::Arc;

use crate::forms::error::ValidationError;
use crate::forms::form_value::FormValue;
use crate::forms::model_form::{ModelForm, ModelFormError};
use crate::models::ModelSet as _;
use crate::storage::{SavedFiles, StorageError};

impl ModelForm {
    /// Stores the files that were sent, which `saved` holds until the row is written, and has the row name them.
    pub(in crate::forms) fn store_files(
        &mut self,
        saved: &mut SavedFiles,
    ) -> Result<(), ModelFormError> {
        let options = Arc::clone(&self.options);
        let database = Arc::clone(&self.database);
        for name in &options.fields {
            let (Some(field), Some(FormValue::File(file))) =
                (options.model.field(name), self.form.value(name))
            else {
                continue;
            };
            let zone = database.registry.time_zone();
            let values = saved.save(&database.storages, field, file, zone);
            let values = values.map_err(|source| ModelFormError::Storage {
                field: name.clone(),
                source,
            })?;
            for assignment in values {
                self.instance.set(&assignment.field, assignment.value);
            }
        }
        Ok(())
    }
}

/// What is said of a file that its storage does not take; none where that is not the fault of who sent it.
pub fn refused_file(error: &StorageError) -> Option<ValidationError> {
    match error {
        StorageError::TooLarge { size, limit, .. } => {
            let message = "Ensure this file has at most %(max)d bytes (it has %(size)d).";
            let error = ValidationError::new(message, "max_size").with("max", *limit);
            Some(error.with("size", *size))
        }
        error if error.is_suspicious() => {
            let message = "A file of this name cannot be stored.";
            Some(ValidationError::new(message, "invalid_name"))
        }
        _ => None,
    }
}
