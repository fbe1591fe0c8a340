//! Paths in JSON documents, as SQLite writes them (`django.db.models.fields.json.compile_json_path`).

use crate::db::SqlValue;
use crate::db::sql::{SqlExpression, SqlFunction};
use crate::json::python;
use crate::query::QueryError;

/// The document and the path that `value` is at; the document itself is at `$`.
pub(super) fn of(value: SqlExpression) -> (SqlExpression, String) {
    match value {
        SqlExpression::Function(SqlFunction::JsonKey, parts) => {
            let mut parts = parts.into_iter();
            match (parts.next(), parts.next()) {
                (Some(document), Some(SqlExpression::Value(SqlValue::Text(path)))) => {
                    (document, path)
                }
                (document, _) => (document.unwrap_or(SqlExpression::Null), root()),
            }
        }
        document => (document, root()),
    }
}

fn root() -> String {
    "$".to_owned()
}

/// The path of `key` behind `path`: a place of a list where it is a number.
pub(super) fn behind(path: &str, key: &str) -> Result<String, QueryError> {
    match key.parse::<i64>() {
        Ok(place) if place < 0 => Err(QueryError::NotSupported(format!("JSON place {place}"))),
        Ok(place) => Ok(format!("{path}[{place}]")),
        Err(_) => Ok(key_behind(path, key)),
    }
}

/// The path of `key` behind `path`, even if it is a number.
pub(super) fn key_behind(path: &str, key: &str) -> String {
    format!("{path}.{}", python::quoted(key))
}
