//! What tables and indexes a database file has.

use crate::db::{Connection, DatabaseError, Value, quote_name};

/// The names of all tables, those of SQLite itself left out.
pub fn table_names(connection: &Connection) -> Result<Vec<String>, DatabaseError> {
    let sql = r"SELECT name FROM sqlite_master
        WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name";
    connection.column(sql, &[])
}

/// The names of the columns of `table`, in order; none where there is no such table.
pub fn column_names(connection: &Connection, table: &str) -> Result<Vec<String>, DatabaseError> {
    let sql = "SELECT name FROM pragma_table_info(?) ORDER BY cid";
    connection.column(sql, &[table.into()])
}

/// The names of the declared unique indexes of `table` over just these columns.
pub fn unique_indexes(
    connection: &Connection,
    table: &str,
    columns: &[String],
) -> Result<Vec<String>, DatabaseError> {
    let sql = r#"SELECT name FROM pragma_index_list(?) WHERE "unique" AND origin = 'c'"#;
    let mut found = Vec::new();
    for name in connection.column::<String>(sql, &[table.into()])? {
        let sql = "SELECT name FROM pragma_index_info(?) ORDER BY seqno";
        if connection.column::<String>(sql, &[(&name).into()])? == columns {
            found.push(name);
        }
    }
    Ok(found)
}

/// A row that refers to one that does not exist.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokenReference {
    /// The value of the column that was asked for, to name the row by.
    pub key: Value,
    /// The column that refers.
    pub column: String,
    /// Its value.
    pub value: Value,
    /// The table referred to.
    pub target: String,
}

/// The first row of `table` that refers to none; `key` is the column to name it by.
pub fn broken_reference(
    connection: &Connection,
    table: &str,
    key: &str,
) -> Result<Option<BrokenReference>, DatabaseError> {
    let sql = r#"SELECT "rowid", "parent", "fkid" FROM pragma_foreign_key_check(?) LIMIT 1"#;
    let Some(found) = connection.query_one(sql, &[table.into()])? else {
        return Ok(None);
    };
    let sql = r#"SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ? ORDER BY seq"#;
    let columns: Vec<String> = connection.column(sql, &[table.into(), found.get(2)?])?;
    let column = columns.into_iter().next().unwrap_or_default();
    let (key, from) = (quote_name(key), quote_name(&column));
    let sql = format!(
        "SELECT {key}, {from} FROM {} WHERE rowid = ?",
        quote_name(table)
    );
    // A table without row ids cannot be asked for the row, which then goes without its name.
    let row = match found.get::<Value>(0)? {
        Value::Null => None,
        rowid => connection.query_one(&sql, &[rowid])?,
    };
    let (key, value) = match row {
        Some(row) => (row.get(0)?, row.get(1)?),
        None => (Value::Null, Value::Null),
    };
    Ok(Some(BrokenReference {
        key,
        column,
        value,
        target: found.get(1)?,
    }))
}
