//! A field of a model that is put together.

/// A field as it is going to be written.
#[derive(Clone, Debug)]
pub(super) struct InspectedField {
    pub(super) name: String,
    pub(super) column: String,
    /// Django's class.
    pub(super) class: String,
    /// Whether it accepts no value.
    pub(super) null: bool,
    pub(super) entries: Vec<(String, String)>,
    /// What a person should know of it.
    pub(super) notes: Vec<String>,
}

/// The name of the field of `column`.
pub(super) fn field_of<'f>(fields: &'f [InspectedField], column: &str) -> Option<&'f str> {
    let mut fields = fields.iter();
    let field = fields.find(|field| field.column.eq_ignore_ascii_case(column));
    field.map(|field| field.name.as_str())
}
