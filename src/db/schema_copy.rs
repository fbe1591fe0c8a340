//! The schema of a database in memory, without its rows.

use crate::db::{Connection, DatabaseError, SchemaTransaction};

impl SchemaTransaction {
    /// A transaction on a copy in memory of what `source` declares, without rows.
    ///
    /// What cannot be declared again, such as a table of a module that is not here, is left out.
    pub fn on_copy_of_schema(source: &Connection) -> Result<Self, DatabaseError> {
        // A search table makes its own shadow tables.
        let sql = r"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
            AND name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')
            ORDER BY type = 'table' DESC, type = 'index' DESC, type = 'view' DESC, rowid";
        let copy = Self::in_memory()?;
        for statement in source.column::<String>(sql, &[])? {
            copy.execute(&statement, &[]).ok();
        }
        Ok(copy)
    }
}
