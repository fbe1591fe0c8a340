//! What SQLite does in its own way beside schemas (`django.db.backends.sqlite3.operations`).

use crate::db::{Connection, DatabaseError, SchemaTransaction};

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
