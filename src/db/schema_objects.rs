//! Triggers, views and counters: what `sqlite_master` holds beside tables and indexes.

use std::collections::BTreeMap;

use crate::db::{Connection, DatabaseError, quote_name, script};

/// A trigger as it was declared.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TableTrigger {
    /// Its name.
    pub name: String,
    /// The statement that made it.
    pub sql: String,
}

/// The triggers of `table`, the oldest first.
pub fn triggers(connection: &Connection, table: &str) -> Result<Vec<TableTrigger>, DatabaseError> {
    let sql = "SELECT name, sql FROM sqlite_master
        WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE ORDER BY rowid";
    let rows = connection.query(sql, &[table.into()])?;
    let triggers = rows.iter().map(|row| {
        Ok(TableTrigger {
            name: row.get(0)?,
            sql: row.get(1)?,
        })
    });
    triggers.collect()
}

/// The statement that made the index, trigger or view of this name.
pub fn statement_of(connection: &Connection, name: &str) -> Result<Option<String>, DatabaseError> {
    let sql = "SELECT sql FROM sqlite_master WHERE name = ? COLLATE NOCASE AND sql IS NOT NULL";
    let found: Vec<String> = connection.column(sql, &[name.into()])?;
    Ok(found.into_iter().next())
}

/// A column after `UPDATE OF` in the statement of a trigger that `table` does not have.
///
/// SQLite does not look at these: such a trigger never runs.
pub fn missing_trigger_column(
    connection: &Connection,
    table: &str,
    trigger: &str,
) -> Result<Option<String>, DatabaseError> {
    let sql = "SELECT name FROM pragma_table_xinfo(?)";
    let columns: Vec<String> = connection.column(sql, &[table.into()])?;
    let is = |token: &&str, word: &str| token.eq_ignore_ascii_case(word);
    let mut head = script::tokens_without_comments(trigger)
        .skip_while(|token| !is(token, "UPDATE"))
        .skip(1);
    if !head.next().is_some_and(|token| is(&token, "OF")) {
        return Ok(None);
    }
    let named = head
        .take_while(|token| !is(token, "ON"))
        .filter(|token| *token != ",")
        .map(|token| token.trim_matches(|c| "\"`[]'".contains(c)));
    let mut missing = named.filter(|name| {
        columns
            .iter()
            .all(|found| !found.eq_ignore_ascii_case(name))
    });
    Ok(missing.next().map(ToOwned::to_owned))
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

/// Whether the database has any view or trigger.
pub fn has_views_or_triggers(connection: &Connection) -> Result<bool, DatabaseError> {
    let sql = "SELECT 1 FROM sqlite_master WHERE type IN ('view', 'trigger') LIMIT 1";
    Ok(connection.query_one(sql, &[])?.is_some())
}

/// The views that cannot be read and the triggers that cannot run, each with why, by what they are.
///
/// Statements are compiled and not run. Those of one table compile all of its triggers.
pub fn broken_views_and_triggers(
    connection: &Connection,
) -> Result<BTreeMap<String, String>, DatabaseError> {
    let mut broken = BTreeMap::new();
    let views = "SELECT name FROM sqlite_master WHERE type = 'view'";
    for view in connection.column::<String>(views, &[])? {
        let sql = format!("EXPLAIN SELECT * FROM {}", quote_name(&view));
        if let Err(error) = connection.query(&sql, &[]) {
            broken.insert(format!("the view `{view}`"), reason(&error));
        }
    }
    let tables = "SELECT tbl_name, group_concat(name, '`, `') FROM sqlite_master
        WHERE type = 'trigger' GROUP BY tbl_name";
    for row in connection.query(tables, &[])? {
        let (table, names): (String, String) = (row.get(0)?, row.get(1)?);
        for sql in writing_statements(connection, &table)? {
            if let Err(error) = connection.query(&sql, &[]) {
                let word = sql.split(' ').nth(1).unwrap_or_default();
                let what = format!("a trigger of `{table}` (`{names}`) at {word}");
                broken.insert(what, reason(&error));
            }
        }
    }
    Ok(broken)
}

/// Statements that compile the triggers of `table`, or of a view of that name.
fn writing_statements(connection: &Connection, table: &str) -> Result<Vec<String>, DatabaseError> {
    let sql = "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid";
    let columns: Vec<String> = connection.column(sql, &[table.into()])?;
    let settings: Vec<_> = columns
        .iter()
        .map(|column| format!("{0} = {0}", quote_name(column)))
        .collect();
    let table = quote_name(table);
    Ok(vec![
        format!("EXPLAIN DELETE FROM {table}"),
        format!("EXPLAIN INSERT INTO {table} DEFAULT VALUES"),
        format!("EXPLAIN UPDATE {table} SET {}", settings.join(", ")),
    ])
}

/// What SQLite says, without the statement.
pub fn reason(error: &DatabaseError) -> String {
    let cause = std::error::Error::source(error);
    cause.map_or_else(|| error.to_string(), ToString::to_string)
}
