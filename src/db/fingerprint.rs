//! What a database holds, as a digest of each table: the same while no row and no schema changed.

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::crypto;
use crate::db::{Connection, DatabaseError, SqliteError, quote_name};
use crate::text;

/// Digests of the schema and of the rows of every table.
///
/// The content is read, not a counter: SQLite's counters move with checkpoints and `VACUUM`, and
/// those of a file in WAL mode stand still where it is written to.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct DatabaseFingerprint {
    schema: String,
    tables: BTreeMap<String, Rows>,
}

#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
struct Rows {
    rows: u64,
    digest: String,
}

impl DatabaseFingerprint {
    /// Reads all of the database that `connection` sees, uncommitted changes of its own included.
    pub fn of(connection: &Connection) -> Result<Self, DatabaseError> {
        // A virtual table may need what this program has not; the tables it keeps its rows in do not.
        let names = "SELECT name FROM sqlite_master WHERE type = 'table'
            AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'";
        let schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name";
        let mut tables = BTreeMap::new();
        for name in connection.column::<String>(names, &[])? {
            let rows = digest(connection, &format!("SELECT * FROM {}", quote_name(&name)))?;
            tables.insert(name, rows);
        }
        Ok(Self {
            schema: digest(connection, schema)?.digest,
            tables,
        })
    }

    /// What is different in `now`, a line for each table.
    pub fn differences(&self, now: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let names = self.tables.keys().chain(now.tables.keys());
        let names: std::collections::BTreeSet<_> = names.collect();
        for name in names {
            match (self.tables.get(name), now.tables.get(name)) {
                (Some(before), Some(after)) if before.rows != after.rows => {
                    found.push(format!("`{name}`: {}, now {}", rows(before), after.rows));
                }
                (Some(before), Some(after)) if before != after => {
                    found.push(format!(
                        "`{name}`: still {}, but not the same values",
                        rows(after)
                    ));
                }
                (Some(_), None) => found.push(format!("`{name}`: gone")),
                (None, Some(after)) => found.push(format!("`{name}`: new, {}", rows(after))),
                _ => {}
            }
        }
        if found.is_empty() && self.schema != now.schema {
            found.push("the schema".to_owned());
        }
        found
    }
}

fn rows(table: &Rows) -> String {
    text::count(usize::try_from(table.rows).unwrap_or(usize::MAX), "row")
}

fn digest(connection: &Connection, sql: &str) -> Result<Rows, DatabaseError> {
    let read = || {
        let mut statement = connection.raw().prepare(sql)?;
        let width = statement.column_count();
        let mut hasher = Sha256::new();
        let mut count = 0;
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            count += 1;
            for index in 0..width {
                feed(&mut hasher, row.get_ref(index)?);
            }
        }
        let digest = hasher.finalize();
        Ok(Rows {
            rows: count,
            digest: crypto::hex(&digest[..16]),
        })
    };
    read().map_err(|source| DatabaseError::Statement {
        sql: sql.to_owned(),
        source: SqliteError(source),
    })
}

/// Adds a value; its kind and length keep neighbours apart.
fn feed(hasher: &mut Sha256, value: ValueRef<'_>) {
    let mut long = |kind: u8, bytes: &[u8]| {
        hasher.update([kind]);
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    match value {
        ValueRef::Null => hasher.update([0]),
        ValueRef::Integer(number) => long(1, &number.to_le_bytes()),
        ValueRef::Real(number) => long(2, &number.to_le_bytes()),
        ValueRef::Text(text) => long(3, text),
        ValueRef::Blob(bytes) => long(4, bytes),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::DatabaseFingerprint;
    use crate::db::{Connection, Database, Durability};

    fn of(connection: &Connection) -> DatabaseFingerprint {
        DatabaseFingerprint::of(connection).unwrap()
    }

    #[test]
    fn tells_changes_of_rows_and_schema_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("a.sqlite3"), Duration::from_secs(5));
        let schema = database.open_for_migrations().unwrap();
        schema
            .execute("CREATE TABLE author (name, mail)", &[])
            .unwrap();
        schema
            .execute("INSERT INTO author VALUES ('ab', 'c')", &[])
            .unwrap();
        schema.commit().unwrap();
        let connection = database.open(Durability::Full).unwrap();
        let before = of(&connection);
        for sql in ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"] {
            connection.query(sql, &[]).unwrap();
            assert_eq!(of(&connection), before, "{sql}");
        }
        let same = "UPDATE author SET name = 'a', mail = 'bc'";
        connection.execute(same, &[]).unwrap();
        let changed = of(&connection);
        let told = before.differences(&changed);
        assert_eq!(told, ["`author`: still 1 row, but not the same values"]);
        connection.execute("DELETE FROM author", &[]).unwrap();
        let told = before.differences(&of(&connection));
        assert_eq!(told, ["`author`: 1 row, now 0"]);
        let empty = of(&connection);
        connection
            .execute("CREATE INDEX i ON author (name)", &[])
            .unwrap();
        assert_eq!(empty.differences(&of(&connection)), ["the schema"]);
    }
}
