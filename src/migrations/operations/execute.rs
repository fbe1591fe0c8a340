//! Operations on the schema, both ways.

use crate::migrations::operations::field_operations::{FieldChange, add_field, remove_field};
use crate::migrations::operations::index_operations::{
    add_index, alter_constraints, index_in_state, index_of, remove_index, rename_index,
};
use crate::migrations::operations::{Operation, StateTransition, built_in, rename};
use crate::models::Field;
use crate::schema::{Direction, SchemaEditor, SchemaError};

impl Operation {
    /// Changes the schema; `transition` goes from the models before the operation to those after.
    pub(crate) fn database_forwards(
        &self,
        editor: &mut SchemaEditor<'_>,
        transition: StateTransition<'_>,
    ) -> Result<(), SchemaError> {
        match self {
            Self::CreateModel(model) => create_model(editor, transition, &model.name),
            Self::DeleteModel { name } => delete_model(editor, transition, name),
            Self::RenameModel { old_name, new_name } => {
                rename::rename_model(editor, transition, old_name, new_name)
            }
            Self::AddField {
                model,
                field,
                preserve_default,
            } => {
                let with_default = with_temporary_default(field, *preserve_default);
                add_field(editor, transition, model, &field.name, with_default)
            }
            Self::RemoveField { model, name } => remove_field(editor, transition, model, name),
            Self::AlterField {
                model,
                field,
                preserve_default,
            } => {
                let with_default = with_temporary_default(field, *preserve_default);
                FieldChange::altered(model, &field.name, with_default).run(editor, transition)
            }
            Self::RenameField {
                model,
                old_name,
                new_name,
            } => FieldChange::renamed(model, old_name, new_name).run(editor, transition),
            Self::AddIndex { model, index } => {
                let index = index_in_state(transition.new_model(model)?, index);
                add_index(editor, transition, model, index)
            }
            Self::RemoveIndex { model, name } => remove_index(editor, transition, model, name),
            Self::RenameIndex {
                model,
                old_name,
                new_name,
            } => rename_index(editor, transition, model, old_name, new_name),
            Self::RunSql { sql, .. } => run_sql(editor, sql),
            Self::SeparateDatabaseAndState {
                database_operations,
                ..
            } => run_nested(editor, transition, database_operations, Direction::Forwards),
            Self::UpdateProxyPermissions => {
                built_in::permissions_to_proxies(editor, transition.from_state)
            }
            Self::AlterModelOptions { name, .. } => begin_managing(editor, transition, name),
            Self::ForgetContentTypeNames => Ok(()),
            _ => self.database_either_way(editor, transition),
        }
    }

    /// Changes the schema back; `transition` goes from the models after the operation to those before.
    pub(crate) fn database_backwards(
        &self,
        editor: &mut SchemaEditor<'_>,
        transition: StateTransition<'_>,
    ) -> Result<(), SchemaError> {
        match self {
            Self::CreateModel(model) => delete_model(editor, transition, &model.name),
            Self::DeleteModel { name } => create_model(editor, transition, name),
            Self::RenameModel { old_name, new_name } => {
                rename::rename_model(editor, transition, new_name, old_name)
            }
            Self::AddField { model, field, .. } => {
                remove_field(editor, transition, model, &field.name)
            }
            Self::RemoveField { model, name } => add_field(editor, transition, model, name, None),
            Self::AlterField { model, field, .. } => {
                FieldChange::altered(model, &field.name, None).run(editor, transition)
            }
            Self::RenameField {
                model,
                old_name,
                new_name,
            } => FieldChange::renamed(model, new_name, old_name).run(editor, transition),
            Self::AddIndex { model, index } => {
                let model = transition.old_model(model)?;
                let index = index_in_state(model, index);
                if transition.from_state.is_migrated(model) {
                    editor.remove_index(transition.from_state, model, index)?;
                }
                Ok(())
            }
            Self::RemoveIndex { model, name } => {
                let index = index_of(transition.new_model(model)?, name)?;
                add_index(editor, transition, model, index)
            }
            Self::RenameIndex {
                model,
                old_name,
                new_name,
            } => rename_index(editor, transition, model, new_name, old_name),
            Self::RunSql { reverse_sql, .. } => {
                run_sql(editor, reverse_sql.as_deref().unwrap_or_default())
            }
            Self::SeparateDatabaseAndState {
                database_operations,
                ..
            } => run_nested(
                editor,
                transition,
                database_operations,
                Direction::Backwards,
            ),
            Self::UpdateProxyPermissions => {
                built_in::permissions_from_proxies(editor, transition.to_state)
            }
            Self::ForgetContentTypeNames => {
                built_in::name_content_types(editor, transition.from_state)
            }
            Self::AlterModelOptions { name, .. } => begin_managing(editor, transition, name),
            _ => self.database_either_way(editor, transition),
        }
    }

    /// The operations that are undone as they are applied, with the two states in each other's place.
    fn database_either_way(
        &self,
        editor: &mut SchemaEditor<'_>,
        transition: StateTransition<'_>,
    ) -> Result<(), SchemaError> {
        let (Self::AlterModelTable { name, .. }
        | Self::AlterUniqueTogether { name, .. }
        | Self::AddConstraint { model: name, .. }
        | Self::RemoveConstraint { model: name, .. }) = self
        else {
            return Ok(());
        };
        let (old, new) = (transition.old_model(name)?, transition.new_model(name)?);
        if !transition.to_state.is_migrated(new) {
            return Ok(());
        }
        match self {
            Self::AlterModelTable { .. } => rename::rename_tables(editor, transition, old, new),
            Self::AlterUniqueTogether { .. } => {
                editor.alter_unique_together(transition.to_state, old, new)
            }
            _ => alter_constraints(editor, transition, old, new),
        }
    }
}

/// The field with the default that existing rows get, where the state forgets that default.
fn with_temporary_default(field: &Field, preserve_default: bool) -> Option<&Field> {
    (!preserve_default).then_some(field)
}

fn create_model(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    name: &str,
) -> Result<(), SchemaError> {
    let model = transition.new_model(name)?;
    if transition.to_state.is_migrated(model) {
        editor.create_model(transition.to_state, model)?;
    }
    Ok(())
}

fn delete_model(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    name: &str,
) -> Result<(), SchemaError> {
    let model = transition.old_model(name)?;
    if transition.from_state.is_migrated(model) {
        editor.delete_model(transition.from_state, model)?;
    }
    Ok(())
}

/// Makes the table of a model that is managed from now on, unless somebody made it already.
fn begin_managing(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    name: &str,
) -> Result<(), SchemaError> {
    let (old, new) = (transition.old_model(name)?, transition.new_model(name)?);
    let begins = !old.options.managed && transition.to_state.is_migrated(new);
    match editor.transaction() {
        Some(transaction) if begins && !transaction.has_table(&new.db_table())? => {
            editor.create_model(transition.to_state, new)
        }
        _ => Ok(()),
    }
}

fn run_sql(editor: &mut SchemaEditor<'_>, scripts: &[String]) -> Result<(), SchemaError> {
    scripts
        .iter()
        .try_for_each(|script| editor.run_script(script))
}

/// Runs the operations of a `SeparateDatabaseAndState`.
fn run_nested(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    operations: &[Operation],
    direction: Direction,
) -> Result<(), SchemaError> {
    let states = transition.nested(operations, direction)?;
    for nested in states.transitions(direction) {
        match direction {
            Direction::Forwards => nested.operation.database_forwards(editor, nested.states)?,
            Direction::Backwards => nested.operation.database_backwards(editor, nested.states)?,
        }
        editor.check_dependents()?;
    }
    Ok(())
}
