//! What a column can hold.

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::clock::Moment;

/// A value of one of SQLite's storage classes.
#[derive(Clone, Debug, PartialEq)]
pub enum SqlValue {
    /// No value.
    Null,
    /// A whole number; also what a boolean is stored as.
    Integer(i64),
    /// A number with a fraction.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

/// The same, where it stands: what a row of a result holds while its statement is at it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SqlValueRef<'v> {
    /// No value.
    Null,
    /// A whole number; also what a boolean is stored as.
    Integer(i64),
    /// A number with a fraction.
    Real(f64),
    /// Text.
    Text(&'v str),
    /// Bytes.
    Blob(&'v [u8]),
}

impl<'v> SqlValueRef<'v> {
    /// The text, if it is text.
    pub fn as_text(self) -> Option<&'v str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'v> From<&'v SqlValue> for SqlValueRef<'v> {
    fn from(value: &'v SqlValue) -> Self {
        match value {
            SqlValue::Null => Self::Null,
            SqlValue::Integer(number) => Self::Integer(*number),
            SqlValue::Real(number) => Self::Real(*number),
            SqlValue::Text(text) => Self::Text(text),
            SqlValue::Blob(bytes) => Self::Blob(bytes),
        }
    }
}

impl From<SqlValueRef<'_>> for SqlValue {
    fn from(value: SqlValueRef<'_>) -> Self {
        match value {
            SqlValueRef::Null => Self::Null,
            SqlValueRef::Integer(number) => Self::Integer(number),
            SqlValueRef::Real(number) => Self::Real(number),
            SqlValueRef::Text(text) => Self::Text(text.to_owned()),
            SqlValueRef::Blob(bytes) => Self::Blob(bytes.to_vec()),
        }
    }
}

impl SqlValue {
    /// The text, if it is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl From<&str> for SqlValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for SqlValue {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for SqlValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for SqlValue {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for SqlValue {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<bool> for SqlValue {
    fn from(value: bool) -> Self {
        Self::Integer(i64::from(value))
    }
}

impl From<Moment> for SqlValue {
    fn from(moment: Moment) -> Self {
        Self::Text(moment.to_sql())
    }
}

impl<T: Into<Self>> From<Option<T>> for SqlValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl ToSql for SqlValue {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
