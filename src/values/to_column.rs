//! Values as columns keep them, and as statements hold them.

use crate::crypto;
use crate::db::SqlValue;
use crate::json::python;
use crate::values::FieldValue;

/// `value` as the column of its field keeps it.
pub fn to_column(value: &FieldValue) -> SqlValue {
    into_column(value.clone())
}

/// The same of a value that is not needed any more: its text is not copied.
pub fn into_column(value: FieldValue) -> SqlValue {
    match value {
        FieldValue::Null => SqlValue::Null,
        FieldValue::Boolean(value) => value.into(),
        FieldValue::Integer(number) | FieldValue::Duration(number) => number.into(),
        FieldValue::Float(number) => number.into(),
        // The column's numeric affinity makes a number of it, as of what Django binds.
        FieldValue::Decimal(number) => number.to_string().into(),
        FieldValue::Text(text) => text.into(),
        FieldValue::Json(document) => document.to_python().into(),
        FieldValue::Bytes(bytes) => SqlValue::Blob(bytes),
        FieldValue::Moment(moment) => moment.into(),
        FieldValue::Date(day) => day.to_string().into(),
        FieldValue::Time(time) => time.to_string().into(),
        FieldValue::Uuid(uuid) => uuid.hex().into(),
    }
}

/// `value` as it stands in a statement, as Django's `quote_value` writes it.
pub fn quote_value(value: &SqlValue) -> String {
    match value {
        SqlValue::Null => "NULL".to_owned(),
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Real(number) => python::float(*number),
        SqlValue::Text(text) => format!("'{}'", text.replace('\'', "''")),
        SqlValue::Blob(bytes) => format!("X'{}'", crypto::hex(bytes)),
    }
}
