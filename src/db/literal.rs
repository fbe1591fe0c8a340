//! Values as literals of SQL, for messages.

use crate::db::SqlValue;

/// A value as it is written in SQL, cut where it is long.
pub(super) fn sql_literal(value: &SqlValue) -> String {
    const LONGEST: usize = 40;
    match value {
        SqlValue::Null => "NULL".to_owned(),
        SqlValue::Integer(number) => number.to_string(),
        SqlValue::Real(number) => number.to_string(),
        SqlValue::Blob(bytes) => format!("{} bytes", bytes.len()),
        SqlValue::Text(text) if text.chars().count() > LONGEST => {
            let start: String = text.chars().take(LONGEST).collect();
            format!("'{}...'", start.replace('\'', "''"))
        }
        SqlValue::Text(text) => format!("'{}'", text.replace('\'', "''")),
    }
}
