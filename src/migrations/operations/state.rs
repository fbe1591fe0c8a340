//! What operations change in the models of a project state.

use crate::migrations::operations::Operation;
use crate::models::{Field, Model, ModelKey, ModelOptions, ProjectState, StateError};

impl Operation {
    /// Changes `state` as this operation of the app `app_label` changes the models.
    pub fn state_forwards(
        &self,
        app_label: &str,
        state: &mut ProjectState,
    ) -> Result<(), StateError> {
        let key = |name: &str| ModelKey::new(app_label, name);
        match self {
            Self::CreateModel(model) => state.add((**model).clone()),
            Self::DeleteModel { name } => state.remove(&key(name)).map(drop),
            Self::RenameModel { old_name, new_name } => {
                state.rename_model(&key(old_name), new_name)
            }
            Self::AlterModelTable { name, table } => {
                state.change(&key(name), |model| model.options.db_table.clone_from(table))
            }
            Self::AlterModelTableComment {
                name,
                table_comment,
            } => state.change(&key(name), |model| {
                model.options.db_table_comment.clone_from(table_comment);
            }),
            Self::AlterModelOptions { name, options } => {
                state.change(&key(name), |model| alter_options(model, options))
            }
            Self::AlterUniqueTogether {
                name,
                unique_together,
            } => state.change(&key(name), |model| {
                model.options.unique_together.clone_from(unique_together);
            }),
            Self::AddField {
                model,
                field,
                preserve_default,
            } => state.change(&key(model), |model| {
                model
                    .fields
                    .push(without_temporary_default(field, *preserve_default));
            }),
            Self::RemoveField { model, name } => {
                state.field(&key(model), name)?;
                state.change(&key(model), |model| {
                    model.fields.retain(|field| field.name != *name);
                })
            }
            Self::AlterField {
                model,
                field,
                preserve_default,
            } => {
                state.field(&key(model), &field.name)?;
                state.change(&key(model), |model| {
                    if let Some(found) = model.field_mut(&field.name) {
                        *found = without_temporary_default(field, *preserve_default);
                    }
                })
            }
            Self::RenameField {
                model,
                old_name,
                new_name,
            } => state.rename_field(&key(model), old_name, new_name),
            Self::SeparateDatabaseAndState {
                state_operations, ..
            } => state_operations
                .iter()
                .try_for_each(|operation| operation.state_forwards(app_label, state)),
            Self::RunSql { .. } | Self::ForgetContentTypeNames | Self::UpdateProxyPermissions => {
                Ok(())
            }
            _ => self.index_state_forwards(app_label, state),
        }
    }

    /// The operations on indexes and constraints.
    fn index_state_forwards(
        &self,
        app_label: &str,
        state: &mut ProjectState,
    ) -> Result<(), StateError> {
        let (model, name) = match self {
            Self::AddIndex { model, index } => {
                let key = ModelKey::new(app_label, model);
                return state.change(&key, |model| model.options.indexes.push(index.clone()));
            }
            Self::AddConstraint { model, constraint } => {
                let key = ModelKey::new(app_label, model);
                let constraint = constraint.clone();
                return state.change(&key, |model| model.options.constraints.push(constraint));
            }
            Self::AlterConstraint { model, constraint } => (model, &constraint.name),
            Self::RemoveIndex { model, name }
            | Self::RemoveConstraint { model, name }
            | Self::RenameIndex {
                model,
                old_name: name,
                ..
            } => (model, name),
            _ => return Ok(()),
        };
        let key = ModelKey::new(app_label, model);
        let found = state.change(&key, |model| match self {
            Self::RemoveIndex { .. } => remove_named(&mut model.options.indexes, |index| {
                index.name.as_ref() == Some(name)
            }),
            Self::RemoveConstraint { .. } => {
                remove_named(&mut model.options.constraints, |constraint| {
                    constraint.name == *name
                })
            }
            Self::AlterConstraint { constraint, .. } => {
                let mut constraints = model.options.constraints.iter_mut();
                let found = constraints.find(|found| found.name == *name);
                found.map(|found| found.clone_from(constraint)).is_some()
            }
            Self::RenameIndex { new_name, .. } => {
                let mut indexes = model.options.indexes.iter_mut();
                let index = indexes.find(|index| index.name.as_ref() == Some(name));
                index
                    .map(|index| index.name = Some(new_name.clone()))
                    .is_some()
            }
            _ => true,
        })?;
        let unknown = StateError::UnknownIndex {
            model: key,
            name: name.clone(),
        };
        found.then_some(()).ok_or(unknown)
    }
}

fn remove_named<T>(items: &mut Vec<T>, is_meant: impl Fn(&T) -> bool) -> bool {
    let before = items.len();
    items.retain(|item| !is_meant(item));
    items.len() < before
}

/// The field as the state keeps it: without a default that only existing rows get.
fn without_temporary_default(field: &Field, preserve_default: bool) -> Field {
    let mut field = field.clone();
    if !preserve_default {
        field.default = None;
    }
    field
}

/// Sets the options that no other operation sets.
fn alter_options(model: &mut Model, options: &ModelOptions) {
    let former = std::mem::take(&mut model.options);
    model.options = ModelOptions {
        db_table: former.db_table,
        unique_together: former.unique_together,
        indexes: former.indexes,
        constraints: former.constraints,
        swappable: former.swappable,
        proxy_for: former.proxy_for,
        db_table_comment: former.db_table_comment,
        ..options.clone()
    };
}
