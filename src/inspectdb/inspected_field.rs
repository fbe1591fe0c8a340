//! A field of a model that is put together.

use crate::models::write::text as quoted;

/// A field as it is going to be written.
#[derive(Clone, Debug)]
pub(super) struct InspectedField {
    pub(super) name: String,
    pub(super) column: String,
    /// Django's class.
    pub(super) class: String,
    /// Whether it accepts no value.
    pub(super) null: bool,
    /// The model that it refers to, as it is written.
    pub(super) to: Option<String>,
    pub(super) entries: Vec<(String, String)>,
    /// What a person should know of it.
    pub(super) notes: Vec<String>,
}

impl InspectedField {
    /// The name under which a row keeps its value.
    pub(super) fn attname(&self) -> String {
        match &self.to {
            Some(_) => format!("{}_id", self.name),
            None => self.name.clone(),
        }
    }

    /// Gives a relation the name of the way back.
    pub(super) fn set_related_name(&mut self, name: &str) {
        let options = [
            "type",
            "to",
            "on_delete",
            "to_field",
            "through",
            "through_fields",
        ];
        let is_before = |(option, _): &&(String, String)| options.contains(&option.as_str());
        let at = self.entries.iter().take_while(is_before).count();
        let entry = ("related_name".to_owned(), quoted(name));
        self.entries.insert(at, entry);
    }
}

/// The name of the field of `column`.
pub(super) fn field_of<'f>(fields: &'f [InspectedField], column: &str) -> Option<&'f str> {
    let mut fields = fields.iter();
    let field = fields.find(|field| field.column.eq_ignore_ascii_case(column));
    field.map(|field| field.name.as_str())
}
