//! What tables and indexes a database file has.

use crate::db::{Connection, DatabaseError};

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
