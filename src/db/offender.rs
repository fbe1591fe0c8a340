//! Which row a statement failed at, where SQLite only names the column.

use crate::db::introspection::column_names;
use crate::db::{Connection, DatabaseError, Value, quote_name};

/// The row that breaks the constraint `error` tells of, for people; none where it cannot be told.
///
/// The copy of a table that is remade fails under the name of the new table; the row is in the old.
pub fn offender(connection: &Connection, error: &DatabaseError) -> Option<String> {
    let DatabaseError::Statement { source, .. } = error else {
        return None;
    };
    let message = source.to_string();
    let (kind, names) = message.split_once(" constraint failed: ")?;
    let mut columns = Vec::new();
    let mut table = String::new();
    for name in names.split(", ") {
        let (owner, column) = name.rsplit_once('.')?;
        owner
            .strip_prefix("new__")
            .unwrap_or(owner)
            .clone_into(&mut table);
        columns.push(column.to_owned());
    }
    let known = column_names(connection, &table).ok()?;
    if !columns.iter().all(|column| known.contains(column)) {
        return None;
    }
    match kind {
        "NOT NULL" => without_value(connection, &table, columns.first()?),
        "UNIQUE" => alike(connection, &table, &columns),
        _ => None,
    }
}

fn without_value(connection: &Connection, table: &str, column: &str) -> Option<String> {
    let (from, name) = (quote_name(table), quote_name(column));
    let sql = format!("SELECT rowid, count(*) OVER () FROM {from} WHERE {name} IS NULL LIMIT 1");
    let row = connection.query_one(&sql, &[]).ok()??;
    let (id, count): (i64, i64) = (row.get(0).ok()?, row.get(1).ok()?);
    Some(format!(
        "row {id} of `{table}` has no `{column}`{}",
        others(count - 1)
    ))
}

fn alike(connection: &Connection, table: &str, columns: &[String]) -> Option<String> {
    let names: Vec<_> = columns.iter().map(|column| quote_name(column)).collect();
    let (from, grouped) = (quote_name(table), names.join(", "));
    let filled = names.join(" IS NOT NULL AND ");
    let sql = format!(
        "SELECT min(rowid), max(rowid), count(*) OVER (), {grouped} FROM {from}
        WHERE {filled} IS NOT NULL GROUP BY {grouped} HAVING count(*) > 1 LIMIT 1"
    );
    let mut values = connection.query_one(&sql, &[]).ok()??.into_values();
    let same: Vec<_> = columns
        .iter()
        .zip(values.drain(3..))
        .map(|(column, value)| format!("`{column}` = {}", shown(&value)))
        .collect();
    let [
        Value::Integer(first),
        Value::Integer(last),
        Value::Integer(count),
    ] = values[..]
    else {
        return None;
    };
    Some(format!(
        "rows {first} and {last} of `{table}` both have {}{}",
        same.join(", "),
        others(count - 1)
    ))
}

fn others(count: i64) -> String {
    if count < 1 {
        return String::new();
    }
    format!(", and {count} more like it")
}

/// A value as it is written in SQL, cut where it is long.
pub(super) fn shown(value: &Value) -> String {
    const LONGEST: usize = 40;
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Blob(bytes) => format!("{} bytes", bytes.len()),
        Value::Text(text) if text.chars().count() > LONGEST => {
            let start: String = text.chars().take(LONGEST).collect();
            format!("'{start}...'")
        }
        Value::Text(text) => format!("'{text}'"),
    }
}
