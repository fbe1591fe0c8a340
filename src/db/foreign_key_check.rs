//! Finds rows that refer to ones that do not exist.

use crate::db::{
    BrokenReference, BrokenReferences, Connection, DatabaseError, SqlValue, quote_name,
};

/// How many rows that refer to nothing are named; the others are counted.
const NAMED: usize = 20;

/// All rows that refer to ones that do not exist.
pub fn broken_references(connection: &Connection) -> Result<BrokenReferences, DatabaseError> {
    let sql = r#"SELECT "table", "rowid", "parent", "fkid" FROM pragma_foreign_key_check"#;
    let mut found = BrokenReferences::default();
    connection.for_each::<DatabaseError>(sql, &[], |row| {
        found.total += 1;
        if found.rows.len() == NAMED {
            return Ok(());
        }
        let table: String = row.get(0)?;
        let key: SqlValue = row.get(1)?;
        let column = referring_column(connection, &table, row.get(3)?)?;
        let sql = format!(
            "SELECT {} FROM {} WHERE rowid = ?",
            quote_name(&column),
            quote_name(&table)
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
            target: row.get(2)?,
        };
        found.rows.push((table, broken));
        Ok(())
    })?;
    Ok(found)
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
