//! The form of a row on one page with the sets of rows that belong to it.

use crate::forms::model_form::{ModelForm, ModelFormError};
use crate::forms::model_form_set::{ModelFormSet, save_together};
use crate::query::ModelInstance;

/// The form of a row, with the sets of rows that belong to it.
#[derive(Debug)]
pub struct FormWithInlines {
    /// The form.
    pub form: ModelForm,
    /// The sets.
    pub inlines: Vec<ModelFormSet>,
}

impl FormWithInlines {
    /// Whether nothing is wrong, neither with the form nor with a set.
    pub fn is_valid(&self) -> bool {
        self.form.is_valid() && self.inlines.iter().all(ModelFormSet::is_valid)
    }

    /// Whether one of them sends files.
    pub fn is_multipart(&self) -> bool {
        self.form.form.definition().is_multipart()
            || self.inlines.iter().any(ModelFormSet::is_multipart)
    }

    /// Writes all rows in one transaction; none where the database refuses one, which the forms say then.
    pub fn save(&mut self) -> Result<Option<ModelInstance>, ModelFormError> {
        save_together(&mut self.form, &mut self.inlines)
    }
}
