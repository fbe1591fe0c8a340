//! What SQLite does in its own way beside schemas (`django.db.backends.sqlite3.operations`).

use crate::db::{Connection, DatabaseError, SchemaTransaction};

/// The definition of a key that counts up and is never given twice (`AutoField`).
pub const AUTO_KEY: &str = "integer NOT NULL PRIMARY KEY AUTOINCREMENT";

/// The type of a moment (`DateTimeField`).
pub const DATETIME: &str = "datetime";

/// Quotes an identifier for SQL: `auth_user` as `"auth_user"`.
pub fn quote_name(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len() + 2);
    write_quoted_name(&mut quoted, name);
    quoted
}

/// Writes an identifier, quoted.
pub(super) fn write_quoted_name(sql: &mut String, name: &str) {
    sql.push('"');
    for (index, part) in name.split('"').enumerate() {
        if index > 0 {
            sql.push_str("\"\"");
        }
        sql.push_str(part);
    }
    sql.push('"');
}

impl Connection {
    /// Has all references of this transaction checked at its end, whatever their tables say.
    pub fn defer_references(&self) -> Result<(), DatabaseError> {
        self.execute("PRAGMA defer_foreign_keys = ON", &[])
            .map(drop)
    }
}

impl SchemaTransaction {
    /// Lets those of `tables` that count their rows up begin at 1 again.
    pub fn reset_sequences(&self, tables: &[String]) -> Result<(), DatabaseError> {
        // SQLite makes its table of counters with the first table that counts.
        if !self.has_table("sqlite_sequence")? {
            return Ok(());
        }
        for table in tables {
            let sql = "UPDATE sqlite_sequence SET seq = 0 WHERE name = ?";
            self.execute(sql, &[table.into()])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::quote_name;

    #[test]
    fn a_quote_in_a_name_ends_no_name() {
        assert_eq!(quote_name("auth_user"), r#""auth_user""#);
        assert_eq!(quote_name(r#"a"b""#), r#""a""b""""#);
    }
}
