//! What `sqlite_master` holds of one table.

use crate::db::{Connection, DatabaseError};

/// A table as it was declared, with what was declared for it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TableObjects {
    /// The statement that made it; empty where there is none.
    pub sql: String,
    /// Its indexes, the oldest first, but for those that its own declaration made.
    pub indexes: Vec<DeclaredObject>,
    /// Its triggers, the oldest first.
    pub triggers: Vec<DeclaredObject>,
}

/// An index or a trigger as it was declared.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DeclaredObject {
    /// Its name.
    pub name: String,
    /// The statement that made it.
    pub sql: String,
}

impl TableObjects {
    /// Reads them all at once.
    pub fn read(connection: &Connection, table: &str) -> Result<Self, DatabaseError> {
        let sql = "SELECT type, name, sql FROM sqlite_master
            WHERE tbl_name = ? COLLATE NOCASE AND sql IS NOT NULL ORDER BY rowid";
        let mut found = Self::default();
        for row in connection.query(sql, &[table.into()])? {
            let (name, sql) = (row.get(1)?, row.get(2)?);
            match row.get::<String>(0)?.as_str() {
                "table" => found.sql = sql,
                "index" => found.indexes.push(DeclaredObject { name, sql }),
                "trigger" => found.triggers.push(DeclaredObject { name, sql }),
                _ => {}
            }
        }
        Ok(found)
    }
}
