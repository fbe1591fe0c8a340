//! The fields that texts of an entry may name: those of the row, and those of the form.

use crate::diagnostic::Finding;
use crate::document::{Item, Problems};
use crate::forms::{Form, FormDefinition, FormValue};
use crate::text;
use crate::values::to_text;
use crate::views::HttpError;
use crate::views::generic::format_string::{FormatString, FormatStyle};
use crate::views::queries::QueryReader;
use crate::views::rows::{RowPath, RowValue};

/// What a name in a text stands for.
#[derive(Clone, Debug)]
pub(super) enum FormatField {
    /// What the row has there.
    Row(RowPath),
    /// What was sent in the field of the form.
    Form(String),
}

/// A text with fields of the row or the form.
pub(super) type FieldFormat = FormatString<FormatField>;

/// The fields that texts may name.
pub(super) struct KnownFields<'k> {
    /// Reads paths of the model, if there is one.
    pub(super) reader: Option<QueryReader<'k>>,
    /// The form, if there is one.
    pub(super) form: Option<&'k FormDefinition>,
}

/// A row and a form whose values are put into texts.
#[derive(Clone, Copy)]
pub(super) struct FieldValues<'v> {
    /// The row.
    pub(super) row: Option<&'v RowValue>,
    /// The form.
    pub(super) form: Option<&'v Form>,
}

impl KnownFields<'_> {
    /// The text in `item`; none, with every mistake in it reported, where it is not one.
    pub(super) fn text(
        &self,
        item: &Item,
        style: FormatStyle,
        problems: &Problems,
    ) -> Option<FieldFormat> {
        let Some(text) = item.as_str() else {
            let message = format!("a text is a string, not {}", item.value.type_name());
            problems.push(item.error("wrong-type", message));
            return None;
        };
        let parsed = FormatString::parse(text, style, |name| self.source(name, item, problems));
        parsed.unwrap_or_else(|error| {
            problems.push(item.error("wrong-text", error.to_string()));
            None
        })
    }

    /// What `name` in `item` stands for: a field that only the form has, else what the row has.
    fn source(&self, name: &str, item: &Item, problems: &Problems) -> Option<FormatField> {
        let names = || self.form.into_iter().flat_map(FormDefinition::field_names);
        let is_of_form = names().any(|known| known == name);
        match &self.reader {
            Some(reader) if !is_of_form || reader.model.field(name).is_some() => {
                let path = RowPath::parse(reader, &name.replace('.', "__"), item)?;
                Some(FormatField::Row(path))
            }
            _ if is_of_form => Some(FormatField::Form(name.to_owned())),
            _ => {
                problems.push(unknown_field(item, name, names));
                None
            }
        }
    }
}

impl FieldValues<'_> {
    /// The text of what `source` stands for; empty where there is nothing.
    pub(super) fn text(&self, source: &FormatField) -> Result<String, HttpError> {
        match source {
            FormatField::Row(path) => match self.row {
                Some(row) => Ok(path.texts(row)?.join(", ")),
                None => Ok(String::new()),
            },
            FormatField::Form(name) => {
                let value = self.form.and_then(|form| form.value(name));
                Ok(value.map(sent_text).unwrap_or_default())
            }
        }
    }
}

/// The finding for `name` in `item`, which is not among `names` of a form.
pub(super) fn unknown_field<'n, N: Iterator<Item = &'n str>>(
    item: &Item,
    name: &str,
    names: impl Fn() -> N,
) -> Finding {
    let message = format!("the form has no field `{name}`");
    let otherwise = format!("its fields are {}", text::quoted(names()));
    let finding = item.error("unknown-field", message);
    finding.suggest_or(name, names(), otherwise)
}

/// What was sent in a field, as a text; a password is never one.
pub(super) fn sent_text(value: &FormValue) -> String {
    match value {
        FormValue::Value(value) => to_text(value),
        FormValue::List(values) => {
            let texts: Vec<_> = values.iter().map(to_text).collect();
            texts.join(", ")
        }
        FormValue::File(file) => file.name().to_owned(),
        FormValue::Stored(file) => file.name.clone(),
        FormValue::Secret(_) | FormValue::ClearFile => String::new(),
    }
}
