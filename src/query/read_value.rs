//! What a column holds, as a value.

use crate::db::SqlValue;
use crate::models::FieldKind;
use crate::query::QueryError;
use crate::values::{self, FieldValue};

/// What a column of `kind` holds; SQLite keeps any value in any column.
pub(super) fn read_value(kind: &FieldKind, value: SqlValue) -> Result<FieldValue, QueryError> {
    values::from_column(kind, value).map_err(|value| QueryError::WrongValue {
        path: kind.class_name().to_owned(),
        value: format!("{value:?}"),
    })
}
