//! A table as the database describes it, with the name of the model it becomes.

use crate::db::introspection::{self, ForeignKey, TableColumn, TableIndex};
use crate::db::{Connection, DatabaseError};
use crate::inspectdb::names;

/// A table, as far as a model can say it.
#[derive(Clone, Debug)]
pub(super) struct InspectedTable {
    pub(super) name: String,
    /// The name of its model.
    pub(super) model: String,
    pub(super) sql: String,
    pub(super) columns: Vec<TableColumn>,
    pub(super) references: Vec<ForeignKey>,
    /// The columns of each reference of several, which no field can be.
    pub(super) compound_references: Vec<String>,
    pub(super) indexes: Vec<TableIndex>,
}

/// Reads the tables of these names, and gives each model a name of its own.
pub(super) fn read(
    connection: &Connection,
    names: Vec<String>,
) -> Result<Vec<InspectedTable>, DatabaseError> {
    let mut tables: Vec<InspectedTable> = Vec::new();
    for name in names {
        let taken: Vec<_> = tables.iter().map(|table| table.model.clone()).collect();
        tables.push(InspectedTable {
            model: names::model(&name, &taken),
            sql: introspection::table_sql(connection, &name)?,
            columns: introspection::columns(connection, &name)?,
            references: introspection::foreign_keys(connection, &name)?,
            compound_references: introspection::compound_foreign_keys(connection, &name)?,
            indexes: introspection::indexes(connection, &name)?,
            name,
        });
    }
    Ok(tables)
}
