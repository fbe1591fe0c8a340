//! A column of a list of rows, and a value that is shown beside the fields of a form: `list_display`, `readonly_fields`.

use crate::admin::options::AdminTemplate;
use crate::models::expression::OrderTerm;
use crate::models::{Field, FieldKind};

/// Something that is shown of a row.
#[derive(Clone, Debug)]
pub(in crate::admin) struct Column {
    /// What it is called in addresses and classes: the path of the field, `__str__`, or the key of the table.
    pub(in crate::admin) name: String,
    /// What stands above it.
    pub(in crate::admin) header: String,
    /// What is shown.
    pub(in crate::admin) source: ColumnSource,
    /// What rows are sorted by where a person asks for the order of this column; none where they cannot.
    pub(in crate::admin) order: Vec<OrderTerm>,
    /// What stands in the place of a value that is not there.
    pub(in crate::admin) empty_value: String,
}

/// How a value is shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::admin) enum ValueKind {
    /// As text.
    Text,
    /// A mark for yes, no or unknown.
    Boolean,
    /// A day.
    Day,
    /// A day with its time.
    Moment,
    /// A link to a file.
    File,
    /// How the hash of a password was made, with a link to the form that sets another one.
    Password,
    /// What stands in the place of a value that is not there.
    Empty,
}

impl ValueKind {
    /// How the values of `field` are shown.
    pub(in crate::admin) fn of(field: &Field) -> Self {
        match field.value_kind() {
            _ if !field.choices.is_empty() => Self::Text,
            FieldKind::Boolean => Self::Boolean,
            FieldKind::Date(_) => Self::Day,
            FieldKind::DateTime(_) => Self::Moment,
            FieldKind::File { .. } | FieldKind::Image { .. } => Self::File,
            _ => Self::Text,
        }
    }

    /// Its name, for templates.
    pub(in crate::admin) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Boolean => "boolean",
            Self::Day => "day",
            Self::Moment => "moment",
            Self::File => "file",
            Self::Password => "password",
            Self::Empty => "empty",
        }
    }
}

/// Where the value of a column comes from.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::admin) enum ColumnSource {
    /// The row as text.
    Str,
    /// The field at the end of this path of names.
    Field {
        /// The names, from the row on.
        path: Vec<String>,
        /// How its value is shown.
        kind: ValueKind,
    },
    /// How the hash of the password of a user was made.
    Password,
    /// What a template writes whose names are those of the row.
    Template {
        /// The template.
        template: AdminTemplate,
        /// Whether it writes `True` or `False`, which is shown as a mark.
        is_boolean: bool,
    },
}
