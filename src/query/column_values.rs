//! What columns of a table hold, by keys.

use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, SqlValue};
use crate::query::QueryError;

/// Keys in one statement.
pub(super) const CHUNK_SIZE: usize = 10_000;

/// The `wanted` column of the rows of `table` whose `column` is one of `keys`.
pub(super) fn column_values(
    connection: &Connection,
    table: &str,
    wanted: &str,
    column: &str,
    keys: &[SqlValue],
) -> Result<Vec<SqlValue>, QueryError> {
    let mut found = Vec::new();
    for keys in keys.chunks(CHUNK_SIZE) {
        let select = SelectStatement::from(table).columns([wanted]);
        let select = select.filter(is_in(column, keys));
        found.extend(select.column_values::<SqlValue>(connection)?);
    }
    Ok(found)
}

/// Whether `column` holds one of `keys`.
pub(super) fn is_in(column: &str, keys: &[SqlValue]) -> SqlExpression {
    SqlExpression::column(column).is_in(keys.iter().cloned())
}
