//! What a form shows of its fields, for pages that print something beside them.

use crate::forms::form::Form;
use crate::forms::form_value::{FormInput, FormValue, StoredFile};

impl Form {
    /// What the element of the field `name` shows, as text: of one for several values each of them.
    pub fn shown_texts(&self, name: &str) -> Vec<String> {
        let Some(index) = self.definition.position(name) else {
            return Vec::new();
        };
        let text = |input: &FormInput<'_>| {
            let text = input.to_text(&self.definition.zone).unwrap_or_default();
            text.into_owned()
        };
        let texts = match &self.shown_at(index) {
            FormInput::List(items) => items.iter().map(text).collect(),
            input => vec![text(input)],
        };
        texts.into_iter().filter(|text| !text.is_empty()).collect()
    }

    /// The file that the field `name` started with.
    pub fn stored_file(&self, name: &str) -> Option<&StoredFile> {
        match self.initial(name) {
            Some(FormValue::Stored(file)) if !file.url.is_empty() => Some(file),
            _ => None,
        }
    }

    /// The keys of the rows that the field `name` started with.
    pub fn initial_keys(&self, name: &str) -> Option<&[crate::values::FieldValue]> {
        match self.initial(name) {
            Some(FormValue::List(keys)) => Some(keys),
            _ => None,
        }
    }

    /// What the field `name` is called in what is sent; none where there is no such field.
    pub fn sent_name(&self, name: &str) -> Option<String> {
        let index = self.definition.position(name)?;
        Some(self.html_name(&self.definition.fields[index]))
    }
}
