//! Values as literals of SQL, for messages.

use crate::crypto;
use crate::db::SqlValue;

/// A value as it is written in SQL, cut where it is long.
pub(super) fn sql_literal(value: &SqlValue) -> String {
    const LONGEST: usize = 40;
    match value {
        SqlValue::Null => "NULL".to_owned(),
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Real(number) => number.to_string(),
        SqlValue::Blob(bytes) => short_blob_literal(bytes),
        SqlValue::Text(text) if text.chars().count() > LONGEST => {
            let start: String = text.chars().take(LONGEST).collect();
            format!("'{}...'", start.replace('\'', "''"))
        }
        SqlValue::Text(text) => format!("'{}'", text.replace('\'', "''")),
    }
}

/// Bytes as a literal of SQL: `x'63e9'`.
pub(super) fn blob_literal(bytes: &[u8]) -> String {
    format!("x'{}'", crypto::hex(bytes))
}

/// The same, cut where it is long.
pub(super) fn short_blob_literal(bytes: &[u8]) -> String {
    const LONGEST: usize = 40;
    match bytes.get(..LONGEST) {
        Some(start) if start.len() < bytes.len() => format!("{}...", blob_literal(start)),
        _ => blob_literal(bytes),
    }
}
