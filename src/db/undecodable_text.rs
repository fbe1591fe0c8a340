//! Text in the database that is not UTF-8 (UTF-16 in a file of that encoding), and where it stands.

use std::fmt;

use rusqlite::types::{Type, ValueRef};

use crate::db::literal::{blob_literal, short_blob_literal};
use crate::db::{SqlValueRef, quote_name};

/// Text that is not in the encoding of its file, as SQLite keeps any bytes as text.
#[derive(Debug, Eq, PartialEq)]
pub struct UndecodableText {
    /// The bytes that the file holds; where nobody knows which, those that SQLite made of them.
    bytes: Vec<u8>,
    /// What the bytes were to be: the encoding of the file, such as `UTF-16le`.
    encoding: String,
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
        write!(f, "`{}`", self.column)?;
        if let Some(TableRow { table, condition }) = &self.row {
            write!(f, " of `{table}`")?;
            if let Some(condition) = condition {
                write!(f, ", where {condition},")?;
            }
        }
        let bytes = short_blob_literal(&self.bytes);
        write!(f, " holds text that is not {}: {bytes}", self.encoding)
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
        let read = &cause.downcast_ref::<InvalidUtf8>()?.0;
        let statement = connection.prepare(sql).ok()?;
        let column = statement.columns_with_metadata().nth(*index)?;
        let mut text = Self {
            bytes: read.clone(),
            encoding: "UTF-8".to_owned(),
            column: column.origin_name().unwrap_or(column.name()).to_owned(),
            row: None,
        };
        if let Some(table) = column.table_name() {
            let stored = StoredText::find(connection, table, &text.column, read);
            text.row = Some(TableRow {
                table: table.to_owned(),
                condition: stored.map(|stored| {
                    (text.bytes, text.encoding) = (stored.bytes, stored.encoding);
                    stored.condition
                }),
            });
        }
        Some(text)
    }
}

/// The value of the column at `index`, text only where it is UTF-8.
pub(super) fn read_value<'r>(
    row: &'r rusqlite::Row<'_>,
    index: usize,
) -> rusqlite::Result<SqlValueRef<'r>> {
    Ok(match row.get_ref(index)? {
        ValueRef::Null => SqlValueRef::Null,
        ValueRef::Integer(number) => SqlValueRef::Integer(number),
        ValueRef::Real(number) => SqlValueRef::Real(number),
        ValueRef::Text(text) => SqlValueRef::Text(decoded(index, text)?),
        ValueRef::Blob(bytes) => SqlValueRef::Blob(bytes),
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

/// A text as its file holds it: SQLite makes UTF-8 of a file in UTF-16 before anybody reads it.
struct StoredText {
    bytes: Vec<u8>,
    encoding: String,
    /// What finds the row: its key, or SQLite's number of it.
    condition: String,
}

impl StoredText {
    /// The first text in `column` of `table` that is read as `read`; none where it has gone.
    fn find(
        connection: &rusqlite::Connection,
        table: &str,
        column: &str,
        read: &[u8],
    ) -> Option<Self> {
        let keys = key_columns(connection, table).ok()?;
        let (table, column) = (quote_name(table), quote_name(column));
        let named = keys.iter().flat_map(|key| [key.clone(), as_stored(key)]);
        let selected: Vec<_> = [column.clone(), as_stored(&column)]
            .into_iter()
            .chain(named)
            .collect();
        let sql = format!(
            "SELECT {} FROM {table} WHERE typeof({column}) = 'text'",
            selected.join(", ")
        );
        let mut statement = connection.prepare(&sql).ok()?;
        let mut rows = statement.query([]).ok()?;
        // Bytes are compared here: a parameter could not hold what is not UTF-8.
        while let Some(row) = rows.next().ok()? {
            if row.get_ref(0).ok()? == ValueRef::Text(read) {
                return Some(Self {
                    bytes: row.get(1).ok()?,
                    encoding: connection
                        .query_row("PRAGMA encoding", [], |row| row.get(0))
                        .ok()?,
                    condition: condition(row, &keys).ok()?,
                });
            }
        }
        None
    }
}

fn as_stored(expression: &str) -> String {
    format!("CAST({expression} AS BLOB)")
}

/// What finds `row`, whose columns from the third on are `keys`, each followed by what the file holds.
fn condition(row: &rusqlite::Row<'_>, keys: &[String]) -> rusqlite::Result<String> {
    let equations = keys.iter().enumerate().map(|(index, key)| {
        let column = 2 + 2 * index;
        Ok(match row.get_ref(column)? {
            ValueRef::Null => format!("{key} IS NULL"),
            value => format!("{key} = {}", literal(value, row.get_ref(column + 1)?)),
        })
    });
    let equations: Vec<_> = equations.collect::<rusqlite::Result<_>>()?;
    Ok(equations.join(" AND "))
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

/// A value as a statement holds it, also where it is not UTF-8; `stored` is what the file holds of a text.
fn literal(value: ValueRef<'_>, stored: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Blob(bytes) => blob_literal(bytes),
        ValueRef::Text(text) => match str::from_utf8(text) {
            Ok(text) if !text.contains('\0') => format!("'{}'", text.replace('\'', "''")),
            _ => {
                let bytes = stored.as_blob().unwrap_or(text);
                format!("CAST({} AS TEXT)", blob_literal(bytes))
            }
        },
    }
}
