//! Values as a program sees them, apart from how a column keeps them.

use crate::clock::{Date, Moment, TimeOfDay};
use crate::db::SqlValueRef;
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
    pub(super) fn untyped(value: SqlValueRef<'_>) -> Option<Self> {
        match value {
            SqlValueRef::Blob(_) => None,
            value => Some(Self::as_stored(value)),
        }
    }

    /// The value of a column that no field says the kind of.
    pub fn as_stored(value: SqlValueRef<'_>) -> Self {
        match value {
            SqlValueRef::Null => Self::Null,
            SqlValueRef::Integer(number) => Self::Integer(number),
            SqlValueRef::Real(number) => Self::Float(number),
            SqlValueRef::Text(text) => Self::Text(text.to_owned()),
            SqlValueRef::Blob(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }
}
