//! Models for tables that are there already, as `inspectdb` guesses them.
//!
//! 1. [`inspect`] reads the tables that were asked for, with their indexes and references.
//! 2. `names` finds names for models and fields; what SQL allows, a model may not.
//! 3. `table_definition` takes `CREATE TABLE` apart, `index_definition` `CREATE INDEX`, `sql` their expressions;
//!    `sql_to_model` says them in terms of fields.
//! 4. `column` guesses the field of each column by its type (`column_type`) and by what it refers to
//!    (`reference`), `many_to_many` the relations to many, `related_names` names their ways back.
//! 5. `declared_schema` reads a schema so that it can be compared with another.
//! 6. `options` says the indexes and constraints; `model` puts the text together.

mod column;
mod column_type;
mod declared_clause;
mod declared_schema;
mod declared_table;
mod drafts;
mod index_definition;
mod inspected_field;
mod inspected_table;
mod known_model;
mod literal_for_class;
mod many_to_many;
mod model;
mod model_draft;
mod names;
mod options;
mod reference;
mod related_names;
mod sql;
mod sql_to_model;
mod table_definition;

pub use declared_clause::DeclaredClause;
pub use declared_schema::DeclaredSchema;
pub use declared_table::{
    DeclaredCheck, DeclaredColumn, DeclaredIndex, DeclaredReference, TableDeclaration,
};
pub use known_model::{KnownModel, known_models};

use std::collections::BTreeSet;

use crate::db::introspection::{RelationKind, SchemaRelation, relations};
use crate::db::{Connection, DatabaseError};
use crate::inspectdb::inspected_table::InspectedTable;

/// The model that was guessed for a table.
#[derive(Clone, Debug)]
pub struct GuessedModel {
    /// The table.
    pub table: String,
    /// The name of the model.
    pub model: String,
    /// The model, as `models.toml` holds it.
    pub toml: String,
}

/// Which tables are looked at.
#[derive(Clone, Debug, Default)]
pub struct InspectOptions {
    /// Tables and views by name; empty for all tables.
    pub names: Vec<String>,
    /// Whether views belong to all tables.
    pub views: bool,
    /// The models that are there already. Their tables do not become models again.
    pub known: Vec<KnownModel>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Inspection {
    /// The models that were guessed.
    pub models: Vec<GuessedModel>,
    /// The names of tables that do not exist.
    pub missing: Vec<String>,
    /// What cannot be read, such as a view over a table that is gone, each with the reason.
    pub unreadable: Vec<UnreadableRelation>,
}

/// A table or a view that cannot be read.
#[derive(Clone, Debug)]
pub struct UnreadableRelation {
    /// Its name.
    pub name: String,
    /// The words of SQLite.
    pub reason: String,
}

/// Guesses models for the tables that were asked for.
pub fn inspect(
    connection: &Connection,
    wanted: &InspectOptions,
) -> Result<Inspection, DatabaseError> {
    let existing = relations(connection)?;
    let mut found = Inspection::default();
    let mut tables: Vec<InspectedTable> = Vec::new();
    for relation in wanted.relations(&existing, &mut found.missing) {
        let taken: Vec<_> = tables.iter().map(|table| table.model.clone()).collect();
        let name = relation.name.clone();
        let read = InspectedTable::read(connection, relation, &taken);
        let checked = read.and_then(|mut table| {
            table.check_types(connection)?;
            Ok(table)
        });
        match checked {
            Ok(table) => tables.push(table),
            Err(error) if error.is_about_the_file() => return Err(error),
            Err(error) => found.unreadable.push(UnreadableRelation {
                name,
                reason: error.reason(),
            }),
        }
    }
    let mut models = drafts::drafts(&tables, &wanted.known);
    related_names::name_ways_back(&mut models, &wanted.known);
    let indexes = tables.iter().flat_map(|table| &table.indexes);
    let mut taken: BTreeSet<_> = indexes.map(|index| index.name.clone()).collect();
    let guesses = models.iter().map(|model| GuessedModel {
        table: model.table.name.clone(),
        model: model.table.model.clone(),
        toml: model::text(model, &mut taken),
    });
    found.models = guesses.collect();
    Ok(found)
}

impl InspectOptions {
    /// Those of the existing tables and views that are looked at; names that none has go to `missing`.
    fn relations(
        &self,
        existing: &[SchemaRelation],
        missing: &mut Vec<String>,
    ) -> Vec<SchemaRelation> {
        if self.names.is_empty() {
            let is_new = |relation: &&SchemaRelation| {
                let name = &relation.name;
                let own = name.starts_with("djr_") || *name == "django_migrations";
                !own && !self.known.iter().any(|model| model.table == *name)
            };
            let is_meant = |relation: &&SchemaRelation| match relation.kind {
                RelationKind::Table | RelationKind::Virtual => true,
                RelationKind::Shadow => false,
                RelationKind::View => self.views,
            };
            let all = existing.iter().filter(is_meant).filter(is_new);
            return all.cloned().collect();
        }
        let mut found = Vec::new();
        for name in &self.names {
            let mut same = existing.iter().filter(|relation| relation.name == *name);
            match same.next() {
                Some(relation) => found.push(relation.clone()),
                None => missing.push(name.clone()),
            }
        }
        found
    }
}
