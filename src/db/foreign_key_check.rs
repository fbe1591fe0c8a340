//! Finds rows that refer to ones that do not exist.

use std::collections::HashMap;

use crate::db::introspection::{column_names, key_columns};
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
    let rows = ReferringRows::of(connection, table)?;
    // How many rows of each reference have been seen.
    let mut seen: HashMap<i64, usize> = HashMap::new();
    let sql = r#"SELECT "rowid", "fkid" FROM pragma_foreign_key_check(?)"#;
    connection.for_each::<DatabaseError>(sql, &[table.into()], |row| {
        found.total += 1;
        if found.rows.len() == NAMED {
            return Ok(());
        }
        let (number, reference) = (row.get(0)?, row.get(1)?);
        let before = seen.entry(reference).or_default();
        let broken = rows.broken(&rows.key, number, reference, *before)?;
        *before += 1;
        found.rows.push((table.to_owned(), broken));
        Ok(())
    })
}

/// The first row of `table` that refers to none; `keys` are the columns to name it by.
pub fn broken_reference(
    connection: &Connection,
    table: &str,
    keys: &[String],
) -> Result<Option<BrokenReference>, DatabaseError> {
    let sql = r#"SELECT "rowid", "fkid" FROM pragma_foreign_key_check(?) LIMIT 1"#;
    let Some(found) = connection.query_one(sql, &[table.into()])? else {
        return Ok(None);
    };
    let rows = ReferringRows::of(connection, table)?;
    let broken = rows.broken(&joined(keys), found.get(0)?, found.get(1)?, 0)?;
    Ok(Some(broken))
}

/// An expression of SQL that tells one row from others by `columns`.
fn joined(columns: &[String]) -> String {
    let names: Vec<_> = columns.iter().map(|column| quote_name(column)).collect();
    names.join(" || ', ' || ")
}

/// The rows of a table that refers to others.
struct ReferringRows<'c> {
    connection: &'c Connection,
    table: String,
    /// What names a row: its key, or SQLite's number of it.
    key: String,
    /// What SQLite's number of a row is called here; none where no row has one, or none that can be asked for.
    number: Option<&'static str>,
}

impl<'c> ReferringRows<'c> {
    fn of(connection: &'c Connection, table: &str) -> Result<Self, DatabaseError> {
        let columns = column_names(connection, table)?;
        let without = "SELECT 1 FROM pragma_table_list(?) WHERE schema = 'main' AND wr";
        let has_numbers = connection.query_one(without, &[table.into()])?.is_none();
        let is_free = |name: &&str| !columns.iter().any(|other| other.eq_ignore_ascii_case(name));
        let mut names = ["rowid", "_rowid_", "oid"].into_iter();
        let number = names.find(is_free).filter(|_| has_numbers);
        let keys = key_columns(connection, table)?;
        Ok(Self {
            connection,
            table: table.to_owned(),
            key: match number {
                Some(number) if keys.is_empty() => number.to_owned(),
                _ if keys.is_empty() => "NULL".to_owned(),
                _ => joined(&keys),
            },
            number,
        })
    }

    /// The row `number`, or else the one after `before` others, whose `reference` leads nowhere, named by `key`.
    fn broken(
        &self,
        key: &str,
        number: SqlValue,
        reference: i64,
        before: usize,
    ) -> Result<BrokenReference, DatabaseError> {
        let reference = CheckedReference::read(self.connection, &self.table, reference)?;
        let column = reference.columns.first().cloned().unwrap_or_default();
        let (table, selected) = (quote_name(&self.table), quote_name(&column));
        let select = format!("SELECT {key}, {selected} FROM {table} AS referring WHERE");
        let row = match self.number {
            Some(name) if number != SqlValue::Null => {
                let sql = format!("{select} {name} = ?");
                self.connection.query_one(&sql, &[number])?
            }
            _ => {
                let condition = reference.leads_nowhere(self.connection)?;
                let sql = format!("{select} {condition} LIMIT 1 OFFSET {before}");
                self.connection.query_one(&sql, &[])?
            }
        };
        let (key, value) = match row {
            Some(row) => (row.get(0)?, row.get(1)?),
            None => (SqlValue::Null, SqlValue::Null),
        };
        Ok(BrokenReference {
            key,
            column,
            value,
            target: reference.target,
        })
    }
}

/// A foreign key, as SQLite lists those of a table.
struct CheckedReference {
    /// The columns that refer.
    columns: Vec<String>,
    /// The table referred to.
    target: String,
    /// Its columns; those of its key where the foreign key names none.
    target_columns: Vec<String>,
}

impl CheckedReference {
    fn read(connection: &Connection, table: &str, id: i64) -> Result<Self, DatabaseError> {
        let sql = r#"SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)
            WHERE id = ? ORDER BY seq"#;
        let mut found = Self {
            columns: Vec::new(),
            target: String::new(),
            target_columns: Vec::new(),
        };
        for row in connection.query(sql, &[table.into(), id.into()])? {
            found.columns.push(row.get(0)?);
            found.target = row.get(1)?;
            found.target_columns.extend(row.get::<Option<String>>(2)?);
        }
        if found.target_columns.is_empty() {
            found.target_columns = key_columns(connection, &found.target)?;
        }
        Ok(found)
    }

    /// The condition that a row of `referring` has a value in each column and that no row of the target has them.
    fn leads_nowhere(&self, connection: &Connection) -> Result<String, DatabaseError> {
        let names: Vec<_> = self.columns.iter().map(|name| quote_name(name)).collect();
        let mut conditions: Vec<_> = names
            .iter()
            .map(|name| format!("referring.{name} IS NOT NULL"))
            .collect();
        if connection.has_table(&self.target)? {
            let targets = self.target_columns.iter().map(|name| quote_name(name));
            let equations: Vec<_> = targets
                .zip(&names)
                .map(|(target, name)| format!("referred.{target} = referring.{name}"))
                .collect();
            conditions.push(format!(
                "NOT EXISTS (SELECT 1 FROM {} AS referred WHERE {})",
                quote_name(&self.target),
                equations.join(" AND ")
            ));
        }
        Ok(conditions.join(" AND "))
    }
}

#[cfg(test)]
mod tests {
    use crate::db::{Connection, broken_reference, broken_references};

    const TABLES: &str = r"
        CREATE TABLE author (id INTEGER PRIMARY KEY, code TEXT COLLATE NOCASE UNIQUE, x, y, UNIQUE (x, y));
        INSERT INTO author VALUES (1, 'a', 1, 2);
        CREATE TABLE plain (author REFERENCES author, note);
        INSERT INTO plain VALUES (1, ''), (2, '');
        CREATE TABLE named (slug TEXT PRIMARY KEY, author REFERENCES author);
        INSERT INTO named VALUES ('it''s', 3), ('b', 1);
        CREATE TABLE shadowed (rowid TEXT, _rowid_ TEXT, oid TEXT, author REFERENCES author);
        INSERT INTO shadowed VALUES ('7', '8', '9', 4);
        CREATE TABLE without (a, b, author REFERENCES author, code TEXT REFERENCES author (code),
            PRIMARY KEY (a, b)) WITHOUT ROWID;
        INSERT INTO without VALUES (1, 'x', 1, 'A'), (1, 'y', 5, 'a'), (2, 'z', 6, 'b'), (3, 'n', NULL, 'c');
        CREATE TABLE pairs (id TEXT PRIMARY KEY, x, y, FOREIGN KEY (x, y) REFERENCES author (x, y)) WITHOUT ROWID;
        INSERT INTO pairs VALUES ('p', 1, 2), ('q', 1, 3), ('r', 1, NULL);
        CREATE TABLE lost (id TEXT PRIMARY KEY, gone REFERENCES nowhere (id)) WITHOUT ROWID;
        INSERT INTO lost VALUES ('l', 8), ('m', NULL);
    ";

    fn connection() -> Connection {
        let file = rusqlite::Connection::open_in_memory().unwrap();
        file.pragma_update(None, "foreign_keys", false).unwrap();
        file.execute_batch(TABLES).unwrap();
        Connection::new(file)
    }

    #[test]
    fn each_row_is_named_by_its_key_whatever_its_table_is_like() {
        let found = broken_references(&connection()).unwrap().to_string();
        let (_, found) = found.split_once(": ").unwrap();
        let mut found: Vec<_> = found.split("; ").collect();
        found.sort_unstable();
        assert_eq!(
            found,
            [
                "row '1, y' of `without` has `author` = 5, which is not in `author`",
                "row '2, z' of `without` has `author` = 6, which is not in `author`",
                "row '2, z' of `without` has `code` = 'b', which is not in `author`",
                "row '3, n' of `without` has `code` = 'c', which is not in `author`",
                "row 'it''s' of `named` has `author` = 3, which is not in `author`",
                "row 'l' of `lost` has `gone` = 8, which is not in `nowhere`",
                "row 'q' of `pairs` has `x` = 1, which is not in `author`",
                "row 2 of `plain` has `author` = 2, which is not in `author`",
                "row NULL of `shadowed` has `author` = 4, which is not in `author`",
            ]
        );
    }

    #[test]
    fn the_first_row_of_a_table_is_named_by_the_columns_that_were_asked_for() {
        let keys = ["a".to_owned(), "b".to_owned()];
        let found = broken_reference(&connection(), "without", &keys)
            .unwrap()
            .unwrap();
        let found = (found.key, found.column, found.value);
        assert_eq!(found, ("1, y".into(), "author".to_owned(), 5.into()));
        assert_eq!(
            broken_reference(&connection(), "author", &keys).unwrap(),
            None
        );
    }
}
