//! A table as the database describes it, with the name of the model it becomes.

use crate::db::introspection::{
    self, ForeignKey, RelationKind, SchemaRelation, TableColumn, TableIndex,
};
use crate::db::{Connection, DatabaseError};
use crate::inspectdb::names;
use crate::inspectdb::table_definition::TableDefinition;

/// A table, as far as a model can say it.
#[derive(Clone, Debug)]
pub(super) struct InspectedTable {
    pub(super) name: String,
    pub(super) kind: RelationKind,
    pub(super) row_key: RowKey,
    /// The name of its model.
    pub(super) model: String,
    pub(super) definition: TableDefinition,
    pub(super) columns: Vec<TableColumn>,
    pub(super) references: Vec<ForeignKey>,
    /// The columns of each reference of several, which no field can be.
    pub(super) compound_references: Vec<String>,
    pub(super) indexes: Vec<TableIndex>,
}

/// What tells a row from all others.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum RowKey {
    /// The columns that are declared as the primary key.
    Declared,
    /// The number that SQLite gives to each row, under this name.
    Number(&'static str),
    /// Nothing; some column is taken for it.
    Guessed,
}

impl RowKey {
    /// SQLite numbers the rows of a table without a key; those of a view have no numbers.
    fn of(kind: RelationKind, columns: &[TableColumn]) -> Self {
        if columns.iter().any(|column| column.key > 0) {
            return Self::Declared;
        }
        let is_free = |name: &&'static str| {
            let mut names = columns.iter().map(|column| &column.name);
            names.all(|other| !other.eq_ignore_ascii_case(name))
        };
        match ["rowid", "_rowid_", "oid"].iter().copied().find(is_free) {
            Some(name) if kind != RelationKind::View => Self::Number(name),
            _ => Self::Guessed,
        }
    }
}

/// The types that Django gives to UUIDs and to addresses, each with an SQL condition for values `v`
/// that are something else.
const TELLING_TYPES: [(&str, &str); 2] = [
    ("char(32)", "(length(v) <> 32 OR v GLOB '*[^0-9a-f]*')"),
    (
        "char(39)",
        "(v NOT GLOB '*[.:]*' OR v GLOB '*[^0-9A-Fa-f.:]*')",
    ),
];

impl InspectedTable {
    /// Reads a table or a view.
    pub(super) fn read(
        connection: &Connection,
        relation: SchemaRelation,
        taken: &[String],
    ) -> Result<Self, DatabaseError> {
        let SchemaRelation { name, kind } = relation;
        let sql = introspection::table_sql(connection, &name)?;
        let mut columns = introspection::columns(connection, &name)?;
        let row_key = RowKey::of(kind, &columns);
        if row_key == RowKey::Guessed {
            let is_id = |column: &TableColumn| column.name.eq_ignore_ascii_case("id");
            let key = columns.iter().position(is_id).unwrap_or(0);
            if let Some(key) = columns.get_mut(key) {
                key.key = 1;
            }
        }
        Ok(Self {
            model: names::model(&name, taken),
            definition: TableDefinition::read(&sql),
            columns,
            references: introspection::foreign_keys(connection, &name)?,
            compound_references: introspection::compound_foreign_keys(connection, &name)?,
            indexes: introspection::indexes(connection, &name)?,
            kind,
            row_key,
            name,
        })
    }

    /// Takes a type for one of plain text where it is not written as Django writes it, or has other
    /// values than it tells of.
    pub(super) fn check_types(&mut self, connection: &Connection) -> Result<(), DatabaseError> {
        for column in &mut self.columns {
            let mut telling = TELLING_TYPES.iter();
            if let Some((declared, condition)) = telling.find(|(name, _)| *name == column.declared)
                && (!column.is_lower_case
                    || introspection::has_value(connection, &self.name, &column.name, condition)?)
            {
                column.declared = format!("var{declared}");
            }
        }
        Ok(())
    }

    /// The column of this name.
    pub(super) fn column(&self, name: &str) -> Option<&TableColumn> {
        let mut columns = self.columns.iter();
        columns.find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// The column that is the primary key by itself.
    pub(super) fn only_key(&self) -> Option<&TableColumn> {
        let mut keys = self.columns.iter().filter(|column| column.key > 0);
        keys.next().filter(|_| keys.next().is_none())
    }

    /// The reference of a column.
    pub(super) fn reference(&self, column: &str) -> Option<&ForeignKey> {
        let mut references = self.references.iter();
        references.find(|key| key.column.eq_ignore_ascii_case(column))
    }
}
