//! What all tables of a database declare.

use crate::db::introspection::{RelationKind, relations};
use crate::db::{Connection, DatabaseError};
use crate::inspectdb::declared_table::TableDeclaration;
use crate::inspectdb::inspected_table::InspectedTable;

/// The tables of a database, those of SQLite and of djr itself left out.
#[derive(Clone, Debug)]
pub struct DeclaredSchema {
    /// The tables by name.
    pub tables: Vec<TableDeclaration>,
}

impl DeclaredSchema {
    /// Reads the schema that `connection` sees.
    pub fn read(connection: &Connection) -> Result<Self, DatabaseError> {
        let mut tables = Vec::new();
        for relation in relations(connection)? {
            let is_table = matches!(relation.kind, RelationKind::Table | RelationKind::Virtual);
            if is_table && !relation.name.starts_with("djr_") {
                tables.push(InspectedTable::read(connection, relation, &[])?);
            }
        }
        let declared = tables
            .iter()
            .map(|table| TableDeclaration::new(table, &tables));
        Ok(Self {
            tables: declared.collect(),
        })
    }

    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&TableDeclaration> {
        let mut tables = self.tables.iter();
        tables.find(|table| table.name.eq_ignore_ascii_case(name))
    }
}
