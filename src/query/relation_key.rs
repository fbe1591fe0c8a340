//! Values by which rows find each other in a map.

use crate::db::SqlValue;
use crate::values::{FieldValue, to_column};

/// A value, as something that can be looked up.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) enum RelationKey {
    Null,
    Integer(i64),
    /// The bits of a number with a fraction.
    Real(u64),
    Text(String),
    Blob(Vec<u8>),
}

impl From<&FieldValue> for RelationKey {
    fn from(value: &FieldValue) -> Self {
        match value {
            FieldValue::Integer(number) => Self::Integer(*number),
            value => to_column(value).into(),
        }
    }
}

impl From<SqlValue> for RelationKey {
    fn from(value: SqlValue) -> Self {
        match value {
            SqlValue::Null => Self::Null,
            SqlValue::Integer(number) => Self::Integer(number),
            SqlValue::Real(number) => Self::Real(number.to_bits()),
            SqlValue::Text(text) => Self::Text(text),
            SqlValue::Blob(bytes) => Self::Blob(bytes),
        }
    }
}
