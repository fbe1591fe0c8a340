//! Forms of models: their fields are made from those of a model, and they write its rows.
//!
//! 1. `form_field` makes a field of a form for a field of a model, as Django's `formfield()`.
//! 2. A [`ModelForm`] is a form with a row: it starts with what the row holds, and after `bind` it is checked by
//!    `validate`, which asks the database what others have.
//! 3. `save` writes the row, then what it refers to many of, in one transaction. What the database refuses after all
//!    becomes an error of the form.
//! 4. [`FormDatabase`] is what forms read rows by: those that fields are chosen from.

#[cfg(test)]
mod constraint_tests;
#[cfg(test)]
mod corpus_tests;
mod database;
mod definition;
#[cfg(test)]
mod file_tests;
mod files;
mod form_field;
mod initial;
mod save;
#[cfg(test)]
pub(super) mod test_site;
mod unique;

pub use database::FormDatabase;
pub use definition::{ModelFormDeclaration, model_form_definition};
pub use files::refused_file;
pub use form_field::form_field;

use std::sync::Arc;

use crate::db::DatabaseError;
use crate::forms::definition::FormDefinition;
use crate::forms::form::Form;
use crate::forms::model_options::ModelFormOptions;
use crate::http::FormData;
use crate::query::{ModelInstance, QueryError};
use crate::storage::StorageError;

/// Why a form of a model cannot be shown, checked or saved.
#[derive(Debug, thiserror::Error)]
pub enum ModelFormError {
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A row cannot be read or written.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The form has no model.
    #[error("the form `{0}` has no model")]
    NoModel(String),
    /// A file cannot be stored.
    #[error("the file of `{field}` cannot be stored")]
    Storage {
        /// The field.
        field: String,
        /// Why.
        source: StorageError,
    },
}

/// A form with the row that it writes.
#[derive(Clone, Debug)]
pub struct ModelForm {
    /// The form.
    pub form: Form,
    /// The row: a new one, or one that was read whole.
    pub instance: ModelInstance,
    is_new: bool,
    options: Arc<ModelFormOptions>,
    database: Arc<FormDatabase>,
}

impl ModelForm {
    /// The form of a new row.
    pub fn create(
        definition: &Arc<FormDefinition>,
        database: &Arc<FormDatabase>,
    ) -> Result<Self, ModelFormError> {
        let options = options_of(definition)?;
        let instance = ModelInstance::new(&database.registry, &options.model)?;
        Ok(Self {
            form: Form::of(definition).rows(database.page_choices()),
            instance,
            is_new: true,
            options,
            database: Arc::clone(database),
        })
    }

    /// The form of a row that is there; it was read whole.
    pub fn update(
        definition: &Arc<FormDefinition>,
        database: &Arc<FormDatabase>,
        instance: ModelInstance,
    ) -> Result<Self, ModelFormError> {
        let mut form = Self {
            form: Form::of(definition).rows(database.page_choices()),
            instance,
            is_new: false,
            options: options_of(definition)?,
            database: Arc::clone(database),
        };
        form.set_initial_values()?;
        Ok(form)
    }

    /// With `prefix` and a hyphen before the names of its fields.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        self.form = self.form.prefix(prefix);
        self
    }

    /// The same form with what was sent, cleaned field by field and checked against the rows there are.
    pub fn bind(mut self, data: impl Into<FormData>) -> Result<Self, ModelFormError> {
        self.form = self.form.bind(data);
        if self.form.is_left_empty() {
            return Ok(self);
        }
        self.fill_instance();
        self.validate()?;
        Ok(self)
    }

    /// What it reads and writes rows by.
    pub(super) fn database(&self) -> &Arc<FormDatabase> {
        &self.database
    }

    /// Whether it was sent and nothing is wrong with it.
    pub fn is_valid(&self) -> bool {
        self.form.is_valid()
    }

    /// Whether it makes a row.
    pub fn is_new(&self) -> bool {
        self.is_new
    }
}

fn options_of(definition: &FormDefinition) -> Result<Arc<ModelFormOptions>, ModelFormError> {
    let options = definition.model.clone();
    options.ok_or_else(|| ModelFormError::NoModel(definition.name.clone()))
}
