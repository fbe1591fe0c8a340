//! Finds rows that refer to ones that do not exist.

use crate::db::{
    BrokenReference, BrokenReferences, Connection, DatabaseError, SqlValue, quote_name,
};

/// How many rows that refer to nothing are named; the others are counted.
const NAMED: usize = 20;

/// All rows that refer to ones that do not exist.
///
/// A table is passed over where SQLite cannot tell what it refers to; see [`mismatched_tables`].
pub fn broken_references(connection: &Connection) -> Result<BrokenReferences, DatabaseError> {
    let mismatched = mismatched_tables(connection)?;
    let mut found = BrokenReferences::default();
    for table in referring_tables(connection)? {
        if !mismatched.iter().any(|other| other.table == table) {
            collect(connection, &table, &mut found)?;
        }
    }
    Ok(found)
}

/// A table with a foreign key to columns that are not unique, or not there.
#[derive(Debug)]
pub(super) struct MismatchedTable {
    pub(super) table: String,
    /// What SQLite says of it.
    pub(super) error: DatabaseError,
}

/// The tables whose foreign keys lead to columns that are not unique, or not there.
///
/// Statements that would look at such a key fail, so that none of its rows can be checked.
pub(super) fn mismatched_tables(
    connection: &Connection,
) -> Result<Vec<MismatchedTable>, DatabaseError> {
    let mut found = Vec::new();
    for table in referring_tables(connection)? {
        // To prepare the statement is to look for the columns; no row is read.
        let sql = format!("PRAGMA foreign_key_check({})", quote_name(&table));
        if let Err(error) = connection.can_prepare(&sql) {
            found.push(MismatchedTable { table, error });
        }
    }
    Ok(found)
}

fn referring_tables(connection: &Connection) -> Result<Vec<String>, DatabaseError> {
    let sql = "SELECT name FROM sqlite_master AS m WHERE type = 'table'
        AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name)) ORDER BY name";
    connection.column(sql, &[])
}

fn collect(
    connection: &Connection,
    table: &str,
    found: &mut BrokenReferences,
) -> Result<(), DatabaseError> {
    let sql = r#"SELECT "rowid", "parent", "fkid" FROM pragma_foreign_key_check(?)"#;
    connection.for_each::<DatabaseError>(sql, &[table.into()], |row| {
        found.total += 1;
        if found.rows.len() == NAMED {
            return Ok(());
        }
        let key: SqlValue = row.get(0)?;
        let column = referring_column(connection, table, row.get(2)?)?;
        let sql = format!(
            "SELECT {} FROM {} WHERE rowid = ?",
            quote_name(&column),
            quote_name(table)
        );
        let value = match &key {
            SqlValue::Null => SqlValue::Null,
            key => match connection.query_one(&sql, std::slice::from_ref(key))? {
                Some(row) => row.get(0)?,
                None => SqlValue::Null,
            },
        };
        let broken = BrokenReference {
            key,
            column,
            value,
            target: row.get(1)?,
        };
        found.rows.push((table.to_owned(), broken));
        Ok(())
    })
}

fn referring_column(
    connection: &Connection,
    table: &str,
    id: SqlValue,
) -> Result<String, DatabaseError> {
    let sql = r#"SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ? ORDER BY seq"#;
    let columns: Vec<String> = connection.column(sql, &[table.into(), id])?;
    Ok(columns.into_iter().next().unwrap_or_default())
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
    let column = referring_column(connection, table, found.get(2)?)?;
    let (key, from) = (quote_name(key), quote_name(&column));
    let sql = format!(
        "SELECT {key}, {from} FROM {} WHERE rowid = ?",
        quote_name(table)
    );
    // A table without row ids cannot be asked for the row, which then goes without its name.
    let row = match found.get::<SqlValue>(0)? {
        SqlValue::Null => None,
        rowid => connection.query_one(&sql, &[rowid])?,
    };
    let (key, value) = match row {
        Some(row) => (row.get(0)?, row.get(1)?),
        None => (SqlValue::Null, SqlValue::Null),
    };
    Ok(Some(BrokenReference {
        key,
        column,
        value,
        target: found.get(1)?,
    }))
}
