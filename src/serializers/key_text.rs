//! Primary keys as text.

use crate::crypto;
use crate::db::SqlValue;

/// A key as text, for looking up and for messages.
pub(super) fn key_text(key: &SqlValue) -> String {
    match key {
        SqlValue::Null => "null".to_owned(),
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Real(number) => number.to_string(),
        SqlValue::Text(text) => text.clone(),
        SqlValue::Blob(bytes) => format!("x'{}'", crypto::hex(bytes)),
    }
}
