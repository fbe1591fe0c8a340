//! A form: its fields, what was sent in them, and what is wrong with that.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::forms::field::CleanedValue;
use crate::forms::{ErrorList, FormField, ValidationError};
use crate::http::QueryDict;

/// Fields, and, once it is bound, what was sent in them.
#[derive(Clone, Debug)]
pub struct Form {
    pub(super) fields: Vec<FormField>,
    data: Option<Arc<QueryDict>>,
    cleaned: BTreeMap<String, CleanedValue>,
    errors: BTreeMap<String, Vec<ValidationError>>,
    non_field_errors: Vec<ValidationError>,
    focus: Option<String>,
}

impl Form {
    /// A form that nobody has filled in.
    pub fn new(fields: Vec<FormField>) -> Self {
        Self {
            fields,
            data: None,
            cleaned: BTreeMap::new(),
            errors: BTreeMap::new(),
            non_field_errors: Vec::new(),
            focus: None,
        }
    }

    /// The same form with what was sent, cleaned field by field.
    #[must_use]
    pub fn bind(mut self, data: Arc<QueryDict>) -> Self {
        for field in &self.fields {
            match field.clean(data.get(&field.name)) {
                Ok(cleaned) => drop(self.cleaned.insert(field.name.clone(), cleaned)),
                Err(errors) => drop(self.errors.insert(field.name.clone(), errors)),
            }
        }
        self.data = Some(data);
        self
    }

    /// Whether it has a field of this name.
    pub fn has_field(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// Whether it was sent.
    pub fn is_bound(&self) -> bool {
        self.data.is_some()
    }

    /// Whether it was sent and nothing is wrong with it.
    pub fn is_valid(&self) -> bool {
        self.is_bound() && self.errors.is_empty() && self.non_field_errors.is_empty()
    }

    /// The cleaned text of a field; `None` where something is wrong with it.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.cleaned.get(name)? {
            CleanedValue::Text(text) => Some(text),
            CleanedValue::Checked(_) => None,
        }
    }

    /// The cleaned text of a field of a valid form.
    pub fn cleaned(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    /// Whether a box is ticked.
    pub fn checked(&self, name: &str) -> bool {
        self.cleaned.get(name) == Some(&CleanedValue::Checked(true))
    }

    /// Refuses the field `name`; its cleaned value is given up.
    pub fn add_error(&mut self, name: &str, error: ValidationError) {
        self.cleaned.remove(name);
        self.errors.entry(name.to_owned()).or_default().push(error);
    }

    /// Refuses the form for a reason that is not one field's; `focus` is the field to go on with.
    pub fn add_non_field_error(&mut self, error: ValidationError, focus: &str) {
        self.non_field_errors.push(error);
        self.focus = Some(focus.to_owned());
    }

    /// The errors of no field.
    pub fn non_field_errors(&self) -> ErrorList {
        ErrorList {
            errors: self.non_field_errors.clone(),
            field_id: String::new(),
        }
    }

    /// The errors of a field.
    pub(super) fn errors_of(&self, field: &FormField) -> ErrorList {
        ErrorList {
            errors: self.errors.get(&field.name).cloned().unwrap_or_default(),
            field_id: field.id(),
        }
    }

    /// What the element of a field shows: what was sent, or what it starts with.
    pub(super) fn value_of<'f>(&'f self, field: &'f FormField) -> Option<&'f str> {
        match &self.data {
            Some(data) => data.get(&field.name),
            None => Some(field.initial.as_str()),
        }
    }

    /// Whether the cursor starts in `field`: in the first one that is wrong, else where the form says.
    pub(super) fn has_focus(&self, field: &FormField) -> bool {
        let mut wrong = self.fields.iter();
        let wrong = wrong.find(|field| self.errors.contains_key(&field.name));
        match (wrong, &self.focus) {
            (Some(wrong), _) => wrong.name == field.name,
            (None, Some(focus)) => *focus == field.name,
            (None, None) => field.autofocus,
        }
    }
}
