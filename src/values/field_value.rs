//! Values as a program sees them, apart from how a column keeps them.

use crate::clock::{Date, Moment, TimeOfDay};
use crate::db::SqlValue;
use crate::json::Json;
use crate::values::{Decimal, Uuid};

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// No value.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, in binary.
    Float(f64),
    /// A number with a fraction, in decimal.
    Decimal(Decimal),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A moment.
    Moment(Moment),
    /// A day.
    Date(Date),
    /// A time of day.
    Time(TimeOfDay),
    /// Microseconds.
    Duration(i64),
    /// A UUID.
    Uuid(Uuid),
    /// A JSON document.
    Json(Json),
}

impl FieldValue {
    /// The value of a column as it stands, whatever the field; bytes have no such meaning.
    pub(super) fn untyped(value: SqlValue) -> Result<Self, SqlValue> {
        match value {
            SqlValue::Null => Ok(Self::Null),
            SqlValue::Integer(number) => Ok(Self::Integer(number)),
            SqlValue::Real(number) => Ok(Self::Float(number)),
            SqlValue::Text(text) => Ok(Self::Text(text)),
            blob @ SqlValue::Blob(_) => Err(blob),
        }
    }
}
