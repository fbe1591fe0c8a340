//! Text in the database that is not UTF-8, and where it stands.

use std::fmt;

use rusqlite::types::{Type, ValueRef};

use crate::crypto;
use crate::db::{SqlValue, quote_name};

/// Text that is not UTF-8, as SQLite keeps any bytes as text.
#[derive(Debug, Eq, PartialEq)]
pub struct UndecodableText {
    /// The bytes.
    bytes: Vec<u8>,
    /// The column, as its table or else the statement calls it.
    column: String,
    /// The table, and the row as a condition; none where the statement computed the text.
    row: Option<TableRow>,
}

/// A row of a table.
#[derive(Debug, Eq, PartialEq)]
struct TableRow {
    table: String,
    /// What finds the row, such as `"id" = 3`; none where it has gone.
    condition: Option<String>,
}

impl fmt::Display for UndecodableText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 40;
        let (column, start) = (&self.column, self.bytes.get(..LONGEST));
        let bytes = blob_literal(start.unwrap_or(&self.bytes));
        let more = if start.is_some() { "..." } else { "" };
        write!(f, "`{column}`")?;
        if let Some(TableRow { table, condition }) = &self.row {
            write!(f, " of `{table}`")?;
            if let Some(condition) = condition {
                write!(f, ", where {condition},")?;
            }
        }
        write!(f, " holds text that is not UTF-8: {bytes}{more}")
    }
}

impl UndecodableText {
    /// The statement that writes another text in its place.
    pub(super) fn repair(&self) -> Option<String> {
        let row = self.row.as_ref()?;
        let condition = row.condition.as_ref()?;
        let (table, column) = (quote_name(&row.table), quote_name(&self.column));
        let sql = format!("UPDATE {table} SET {column} = '...' WHERE {condition}");
        Some(format!("repair it in `djr dbshell`: `{sql}`"))
    }

    /// Where the text that `error` tells of stands, which `sql` selected; none for other errors.
    pub(super) fn locate(
        connection: &rusqlite::Connection,
        sql: &str,
        error: &rusqlite::Error,
    ) -> Option<Self> {
        let rusqlite::Error::FromSqlConversionFailure(index, Type::Text, cause) = error else {
            return None;
        };
        let bytes = cause.downcast_ref::<InvalidUtf8>()?.0.clone();
        let statement = connection.prepare(sql).ok()?;
        let column = statement.columns_with_metadata().nth(*index)?;
        let row = column
            .table_name()
            .zip(column.origin_name())
            .map(|(table, origin)| TableRow {
                condition: condition(connection, table, origin, &bytes).ok(),
                table: table.to_owned(),
            });
        Some(Self {
            column: column.origin_name().unwrap_or(column.name()).to_owned(),
            bytes,
            row,
        })
    }
}

/// The value of the column at `index`, text only where it is UTF-8.
pub(super) fn read_value(row: &rusqlite::Row<'_>, index: usize) -> rusqlite::Result<SqlValue> {
    Ok(match row.get_ref(index)? {
        ValueRef::Null => SqlValue::Null,
        ValueRef::Integer(number) => SqlValue::Integer(number),
        ValueRef::Real(number) => SqlValue::Real(number),
        ValueRef::Text(text) => SqlValue::Text(decoded(index, text)?.to_owned()),
        ValueRef::Blob(bytes) => SqlValue::Blob(bytes.to_vec()),
    })
}

fn decoded(index: usize, text: &[u8]) -> rusqlite::Result<&str> {
    str::from_utf8(text).map_err(|_| {
        let cause = Box::new(InvalidUtf8(text.to_vec()));
        rusqlite::Error::FromSqlConversionFailure(index, Type::Text, cause)
    })
}

/// Bytes that SQLite calls text, and that are not UTF-8.
#[derive(Debug, thiserror::Error)]
#[error("text that is not UTF-8")]
struct InvalidUtf8(Vec<u8>);

/// What finds the first row of `table` whose `column` holds `bytes`: its key, or SQLite's number of it.
fn condition(
    connection: &rusqlite::Connection,
    table: &str,
    column: &str,
    bytes: &[u8],
) -> rusqlite::Result<String> {
    let keys = key_columns(connection, table)?;
    let (names, table, column) = (keys.join(", "), quote_name(table), quote_name(column));
    let sql = format!(
        "SELECT {names} FROM {table} \
         WHERE typeof({column}) = 'text' AND CAST({column} AS BLOB) = ? LIMIT 1"
    );
    connection.query_row(&sql, [bytes], |row| {
        let equations = keys.iter().enumerate().map(|(index, key)| {
            Ok(match row.get_ref(index)? {
                ValueRef::Null => format!("{key} IS NULL"),
                value => format!("{key} = {}", literal(value)),
            })
        });
        Ok(equations
            .collect::<rusqlite::Result<Vec<_>>>()?
            .join(" AND "))
    })
}

/// The columns that tell one row of `table` from the others, quoted.
fn key_columns(connection: &rusqlite::Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    if table == "sqlite_master" {
        return Ok(vec![quote_name("name")]);
    }
    let sql = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk";
    let mut keys = connection.prepare(sql)?;
    let keys = keys.query_map([table], |row| row.get::<_, String>(0))?;
    let keys: Vec<_> = keys.collect::<rusqlite::Result<_>>()?;
    if keys.is_empty() {
        return Ok(vec!["rowid".to_owned()]);
    }
    Ok(keys.iter().map(|key| quote_name(key)).collect())
}

/// A value as a statement holds it, also where it is not UTF-8.
fn literal(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Blob(bytes) => blob_literal(bytes),
        ValueRef::Text(text) => match str::from_utf8(text) {
            Ok(text) => format!("'{}'", text.replace('\'', "''")),
            Err(_) => format!("CAST({} AS TEXT)", blob_literal(text)),
        },
    }
}

fn blob_literal(bytes: &[u8]) -> String {
    format!("x'{}'", crypto::hex(bytes))
}
