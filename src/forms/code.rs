//! What the code of a project says of what was sent in a form.

use std::fmt;

use crate::forms::error::ValidationError;
use crate::forms::form_value::FormValue;
use crate::http::FormData;

/// Cleans a form further than its fields do: the methods `clean` and `clean_<field>` of a project's own class.
pub trait FormCode: fmt::Debug + Send + Sync {
    /// What is to be changed in what the fields have cleaned, and what is wrong with it.
    fn clean(&self, form: &CleanedForm<'_>) -> FormChanges;
}

/// A form that its fields have cleaned.
#[derive(Debug)]
pub struct CleanedForm<'f> {
    /// The names of all fields, in order.
    pub names: Vec<&'f str>,
    /// The values of those that are right.
    pub values: Vec<(&'f str, &'f FormValue)>,
    /// What is wrong with the others.
    pub errors: Vec<(&'f str, &'f ValidationError)>,
    /// What was sent.
    pub data: &'f FormData,
}

/// What is to be changed in a form.
#[derive(Debug, Default)]
pub struct FormChanges {
    /// Other values of fields.
    pub values: Vec<(String, FormValue)>,
    /// The names of fields that have no value any more.
    pub gone: Vec<String>,
    /// What is wrong with fields, or under `__all__` with the form.
    pub errors: Vec<(String, ValidationError)>,
}
