//! Counters, row numbers and statements: what `sqlite_master` and its neighbours tell beside tables.

use crate::db::{Connection, DatabaseError, script};

/// A view or a trigger.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ViewOrTrigger {
    /// Its name.
    pub name: String,
    /// The table of a trigger; none for a view.
    pub table: Option<String>,
    /// The statement that made it, in a normal form.
    pub definition: String,
}

/// All views and triggers, those of djr itself left out.
pub fn views_and_triggers(connection: &Connection) -> Result<Vec<ViewOrTrigger>, DatabaseError> {
    let sql = r"SELECT name, iif(type = 'trigger', tbl_name, NULL), sql FROM sqlite_master
        WHERE type IN ('view', 'trigger') AND name NOT LIKE 'djr\_%' ESCAPE '\'";
    let rows = connection.query(sql, &[])?;
    let found = rows.iter().map(|row| {
        Ok(ViewOrTrigger {
            name: row.get(0)?,
            table: row.get(1)?,
            definition: script::normalized(&row.get::<String>(2)?),
        })
    });
    found.collect()
}

/// The statement that made the index, trigger or view of this name.
pub fn statement_of(connection: &Connection, name: &str) -> Result<Option<String>, DatabaseError> {
    let sql = "SELECT sql FROM sqlite_master WHERE name = ? COLLATE NOCASE AND sql IS NOT NULL";
    let found: Vec<String> = connection.column(sql, &[name.into()])?;
    Ok(found.into_iter().next())
}

/// The greatest key that the counter of an `AUTOINCREMENT` table gave; none where it gave none.
pub fn autoincrement_counter(
    connection: &Connection,
    table: &str,
) -> Result<Option<i64>, DatabaseError> {
    if !connection.has_table("sqlite_sequence")? {
        return Ok(None);
    }
    let sql =
        "SELECT seq FROM sqlite_sequence WHERE name = ? COLLATE NOCASE AND typeof(seq) = 'integer'";
    let found: Vec<i64> = connection.column(sql, &[table.into()])?;
    Ok(found.into_iter().max())
}

/// Sees to it that the counter of an `AUTOINCREMENT` table gives no key up to `least`.
pub fn raise_autoincrement_counter(
    connection: &Connection,
    table: &str,
    least: i64,
) -> Result<(), DatabaseError> {
    match autoincrement_counter(connection, table)? {
        Some(counter) if counter >= least => {}
        Some(_) => {
            let sql = "UPDATE sqlite_sequence SET seq = ? WHERE name = ? COLLATE NOCASE";
            connection.execute(sql, &[least.into(), table.into()])?;
        }
        None => {
            let sql = "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)";
            connection.execute(sql, &[table.into(), least.into()])?;
        }
    }
    Ok(())
}

/// Whether the rows of `old` have numbers of their own that rows of `new` can take over.
///
/// Tables of full text search refer to rows by this number. Where a column is the number, it is copied
/// as every other.
pub fn can_copy_rowids(
    connection: &Connection,
    old: &str,
    new: &str,
) -> Result<bool, DatabaseError> {
    let is_alias = r"SELECT 1 FROM pragma_table_info(?) WHERE pk > 0
        GROUP BY 1 HAVING count(*) = 1 AND lower(min(type)) = 'integer'";
    if connection.query_one(is_alias, &[new.into()])?.is_some() {
        return Ok(false);
    }
    for table in [old, new] {
        let named = "SELECT 1 FROM pragma_table_xinfo(?) WHERE lower(name) = 'rowid'";
        let without = "SELECT 1 FROM pragma_table_list(?) WHERE schema = 'main' AND wr";
        if connection.query_one(named, &[table.into()])?.is_some()
            || connection.query_one(without, &[table.into()])?.is_some()
        {
            return Ok(false);
        }
    }
    Ok(true)
}
