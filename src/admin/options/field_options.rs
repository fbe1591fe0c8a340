//! What is said of single fields of a form, that of a row or those of an inline.

use crate::admin::options::Column;
use crate::document::Item;

/// The options of the fields of a form.
#[derive(Clone, Debug, Default)]
pub(in crate::admin) struct FieldOptions {
    /// What is shown and cannot be changed: `readonly_fields`.
    pub(in crate::admin) readonly: Vec<Column>,
    /// Fields that start with what others hold: `prepopulated_fields`.
    pub(in crate::admin) prepopulated: Vec<Prepopulated>,
    /// Relations whose rows are not listed: `raw_id_fields`, `autocomplete_fields`.
    pub(in crate::admin) pickers: Vec<Picker>,
}

/// A field that starts with what others hold, as a slug.
#[derive(Clone, Debug)]
pub(in crate::admin) struct Prepopulated {
    /// Its name.
    pub(in crate::admin) field: String,
    /// The names of the others, in their order.
    pub(in crate::admin) sources: Vec<String>,
    /// How many characters it holds at most.
    pub(in crate::admin) max_length: Option<u64>,
}

/// A relation whose rows are found rather than listed.
#[derive(Clone, Debug)]
pub(in crate::admin) struct Picker {
    /// The name of the field.
    pub(in crate::admin) field: String,
    /// How a row is found.
    pub(in crate::admin) kind: PickerKind,
    /// Where the file names it.
    pub(in crate::admin) item: Item,
}

/// How the row that a relation refers to is found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::admin) enum PickerKind {
    /// By its key, which the list of the other model can fill in: `raw_id_fields`.
    RawId,
    /// By a search among the rows of the other model: `autocomplete_fields`.
    Autocomplete,
}
