//! Files that rows named and name no more, once that is committed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::db::{Connection, SqlValue};
use crate::models::{Field, Model, Registry};
use crate::query::QueryError;
use crate::query::column_values::column_values;

/// Files that rows are about to name no more, by the alias of their storage.
#[derive(Debug, Default)]
pub(super) struct DroppedFiles(BTreeMap<String, BTreeSet<String>>);

/// Whether somebody wants to know which files the rows of `model` name no more.
pub(super) fn are_observed(registry: &Registry, model: &Model) -> bool {
    registry.file_observer().is_some() && file_fields(model).next().is_some()
}

fn file_fields(model: &Model) -> impl Iterator<Item = &Field> {
    model.columns().filter(|field| field.storage().is_some())
}

impl DroppedFiles {
    /// Notes what the rows of `model` name whose `column` holds one of `keys`.
    pub(super) fn note(
        &mut self,
        connection: &Connection,
        model: &Model,
        column: &str,
        keys: &[SqlValue],
    ) -> Result<(), QueryError> {
        for field in file_fields(model) {
            self.note_field(connection, &FileColumn { model, field }, column, keys)?;
        }
        Ok(())
    }

    /// The same of one field.
    pub(super) fn note_field(
        &mut self,
        connection: &Connection,
        file: &FileColumn<'_>,
        column: &str,
        keys: &[SqlValue],
    ) -> Result<(), QueryError> {
        let Some(alias) = file.field.storage() else {
            return Ok(());
        };
        let (table, wanted) = (file.model.db_table(), file.field.column());
        let names = column_values(connection, &table, &wanted, column, keys)?;
        let noted = self.0.entry(alias.to_owned()).or_default();
        noted.extend(names.into_iter().filter_map(file_name));
        Ok(())
    }

    /// Has the observer of `registry` told, once all is committed, of those that no row names by now.
    pub(super) fn tell(
        self,
        registry: &Registry,
        connection: &Connection,
    ) -> Result<(), QueryError> {
        let Some(observer) = registry.file_observer() else {
            return Ok(());
        };
        for (alias, mut names) in self.0 {
            leave_named(&mut names, &alias, registry, connection)?;
            if names.is_empty() {
                continue;
            }
            let (observer, names) = (Arc::clone(observer), Vec::from_iter(names));
            connection.on_commit(move || observer.dropped(&alias, &names));
        }
        Ok(())
    }
}

/// A field that names files, of its model.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileColumn<'m> {
    pub(super) model: &'m Model,
    pub(super) field: &'m Field,
}

/// Takes those out of `names` that a row names all the same: rows may share a file.
fn leave_named(
    names: &mut BTreeSet<String>,
    alias: &str,
    registry: &Registry,
    connection: &Connection,
) -> Result<(), QueryError> {
    for model in registry.models() {
        for field in file_fields(model).filter(|field| field.storage() == Some(alias)) {
            if names.is_empty() {
                return Ok(());
            }
            let sought: Vec<_> = names.iter().cloned().map(SqlValue::Text).collect();
            let (table, column) = (model.db_table(), field.column());
            match column_values(connection, &table, &column, &column, &sought) {
                Ok(still) => still.into_iter().filter_map(file_name).for_each(|name| {
                    names.remove(&name);
                }),
                // Rows that nobody could make yet name nothing.
                Err(QueryError::Database(error)) if error.is_missing_table() => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

fn file_name(value: SqlValue) -> Option<String> {
    match value {
        SqlValue::Text(name) if !name.is_empty() => Some(name),
        _ => None,
    }
}
