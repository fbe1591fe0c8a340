//! Whether what an initial migration makes is there already (`--fake-initial`).

use crate::db::{DatabaseError, SchemaTransaction, introspection};
use crate::migrations::Migration;
use crate::migrations::operations::Operation;
use crate::models::{Model, ModelKey, ModelSet as _, ProjectState};

/// Whether `migration` is an initial one and all its tables and columns are there.
///
/// `state` holds the models after the migration. Names are compared without case, as SQLite does.
pub(super) fn detect_soft_applied(
    migration: &Migration,
    state: &ProjectState,
    transaction: &SchemaTransaction,
) -> Result<bool, DatabaseError> {
    if !migration.is_initial() {
        return Ok(false);
    }
    let app_label = &migration.key.app_label;
    let tables = lower(introspection::table_names(transaction)?);
    let mut found = false;
    for operation in &migration.operations {
        let (name, field) = match operation {
            Operation::CreateModel(model) => (&model.name, None),
            Operation::AddField { model, field, .. } => (model, Some(field.name.as_str())),
            _ => continue,
        };
        let model = state.find(&ModelKey::new(app_label, name));
        let Some(model) = model.filter(|model| state.is_migrated(model)) else {
            continue;
        };
        let there = match field {
            None => tables.contains(&model.db_table().to_lowercase()),
            Some(field) => has_field(transaction, state, model, field, &tables)?,
        };
        if !there {
            return Ok(false);
        }
        found = true;
    }
    Ok(found)
}

fn has_field(
    transaction: &SchemaTransaction,
    state: &ProjectState,
    model: &Model,
    name: &str,
    tables: &[String],
) -> Result<bool, DatabaseError> {
    let Some(field) = model.field(name) else {
        return Ok(false);
    };
    if let Some(relation) = field.many_to_many() {
        let target = state.target(&relation.to);
        let through = target.and_then(|target| model.auto_created_through(field, target));
        return Ok(
            through.is_none_or(|through| tables.contains(&through.db_table().to_lowercase()))
        );
    }
    let columns = lower(introspection::column_names(transaction, &model.db_table())?);
    Ok(columns.contains(&field.column().to_lowercase()))
}

fn lower(names: Vec<String>) -> Vec<String> {
    names.into_iter().map(|name| name.to_lowercase()).collect()
}
