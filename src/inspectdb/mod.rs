//! Models for tables that are there already, as `inspectdb` guesses them.
//!
//! 1. [`inspect`] reads the tables that were asked for, with their indexes and references.
//! 2. `names` finds names for models and fields; what SQL allows, a model may not.
//! 3. `table_definition` takes `CREATE TABLE` apart, `index_definition` `CREATE INDEX`, `sql` their expressions;
//!    `sql_to_model` says them in terms of fields.
//! 4. `column` guesses the field of each column by its type (`column_type`), `options` the indexes and
//!    constraints, `many_to_many` the relations to many; `model` puts the text together.

mod column;
mod column_type;
mod index_definition;
mod inspected_field;
mod inspected_table;
mod literal_for_class;
mod many_to_many;
mod model;
mod names;
mod options;
mod sql;
mod sql_to_model;
mod table_definition;

use std::collections::BTreeSet;

use crate::db::introspection;
use crate::db::{Connection, DatabaseError};
use crate::models::Registry;
use crate::query::{QueryError, Through};

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
    /// Tables that have models, and those: `auth_user` and `auth.User`. They do not become models again.
    pub known: Vec<(String, String)>,
}

/// The tables of all models, each with its model's name, such as `auth.User`.
pub fn model_tables(registry: &Registry) -> Result<Vec<(String, String)>, QueryError> {
    let mut tables = Vec::new();
    for model in registry.models() {
        let label = format!("{}.{}", model.app_label, model.name);
        for field in &model.fields {
            let through = Through::new(registry, model, field)?;
            let between = through.map(|through| (through.table, format!("{label}.{}", field.name)));
            tables.extend(between);
        }
        tables.push((model.db_table(), label));
    }
    Ok(tables)
}

/// Guesses models for the tables that were asked for.
///
/// The names of tables that do not exist come beside them.
pub fn inspect(
    connection: &Connection,
    wanted: &InspectOptions,
) -> Result<(Vec<GuessedModel>, Vec<String>), DatabaseError> {
    let mut existing = introspection::table_names(connection)?;
    let views = introspection::view_names(connection)?;
    let mut names = wanted.names.clone();
    if names.is_empty() {
        let is_new = |name: &&String| {
            let own = name.starts_with("djr_") || *name == "django_migrations";
            !own && !wanted.known.iter().any(|(table, _)| table == *name)
        };
        let all = existing.iter().chain(views.iter().filter(|_| wanted.views));
        names.extend(all.filter(is_new).cloned());
    }
    existing.extend(views);
    let (names, missing) = names.into_iter().partition(|name| existing.contains(name));
    let tables = inspected_table::read(connection, names)?;
    let mut taken = BTreeSet::new();
    let guesses = tables.iter().map(|table| GuessedModel {
        table: table.name.clone(),
        model: table.model.clone(),
        toml: model::text(table, &tables, &wanted.known, &mut taken),
    });
    Ok((guesses.collect(), missing))
}
