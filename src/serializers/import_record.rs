//! A row of a file and what may be wrong with it, each with its place.

use std::io::Read;

use crate::json::{Json, JsonError, JsonReader};

/// Where something stands, counted from 1; the line is 0 where it is the whole file.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct RecordPosition {
    /// The line.
    pub line: usize,
    /// The character of the line.
    pub column: usize,
}

impl RecordPosition {
    /// The beginning of a line.
    pub(super) fn line(line: usize) -> Self {
        let column = usize::from(line > 0);
        Self { line, column }
    }

    /// Where `reader` is.
    pub(super) fn of(reader: &JsonReader<impl Read>) -> Self {
        Self {
            line: reader.line(),
            column: reader.column(),
        }
    }
}

/// A row: where it begins, and its values by name.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRecord {
    /// Where it begins.
    pub position: RecordPosition,
    /// Names and values, in order; those of CSV are text.
    pub values: Vec<(String, Json)>,
}

/// The name of a column, and where it stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ColumnName {
    /// The name, without blanks around it.
    pub name: String,
    /// Where it begins.
    pub position: RecordPosition,
}

/// What a file of rows consists of.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportPart {
    /// The names of the columns, before all rows, where the file has them in a place of their own.
    Columns(Vec<ColumnName>),
    /// A row.
    Record(ImportRecord),
}

/// Why rows cannot be read any further.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct RecordError {
    /// Where it is.
    pub position: RecordPosition,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<&'static str>,
}

impl RecordError {
    pub(super) fn new(position: RecordPosition, message: impl Into<String>) -> Self {
        Self {
            position,
            message: message.into(),
            hint: None,
        }
    }

    /// The same error of a whole line.
    pub(super) fn in_line(line: usize, message: impl Into<String>) -> Self {
        Self::new(RecordPosition::line(line), message)
    }

    pub(super) fn hint(self, hint: &'static str) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }
}

impl From<JsonError> for RecordError {
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::Malformed {
                line,
                column,
                message,
            } => Self::new(RecordPosition { line, column }, message),
            JsonError::Utf16 => Self::in_line(1, error.to_string())
                .hint("`iconv -f UTF-16 -t UTF-8 FILE` writes it as UTF-8"),
            JsonError::Unreadable(error) => Self::in_line(0, error.to_string()),
        }
    }
}

/// What is done with the names of the columns and with each row.
pub(super) type Each<'e, E> = &'e mut dyn FnMut(Result<ImportPart, RecordError>) -> Result<(), E>;
