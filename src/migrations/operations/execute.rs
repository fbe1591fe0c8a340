//! Operations on the schema, both ways.

use crate::migrations::operations::{Operation, built_in, rename};
use crate::models::{Field, Index, Model, ModelKey, ProjectState, StateError};
use crate::schema::{AlteredModel, SchemaEditor, SchemaError};

/// The models before and after an operation, in the direction it is run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StateTransition<'s> {
    /// The label of the migration's app.
    pub(crate) app_label: &'s str,
    /// The models before.
    pub(crate) from_state: &'s ProjectState,
    /// The models after.
    pub(crate) to_state: &'s ProjectState,
}

impl<'s> StateTransition<'s> {
    pub(crate) fn old_model(&self, name: &str) -> Result<&'s Model, StateError> {
        self.from_state.get(&ModelKey::new(self.app_label, name))
    }

    pub(crate) fn new_model(&self, name: &str) -> Result<&'s Model, StateError> {
        self.to_state.get(&ModelKey::new(self.app_label, name))
    }

    pub(super) fn altered(&self, old: &'s Model, model: &'s Model) -> AlteredModel<'s> {
        AlteredModel {
            from: self.from_state,
            to: self.to_state,
            old,
            model,
        }
    }
}

type Outcome = Result<(), SchemaError>;

impl Operation {
    /// Changes the schema.
    pub(crate) fn forwards(
        &self,
        editor: &mut SchemaEditor<'_>,
        transition: StateTransition<'_>,
    ) -> Outcome {
        match self {
            Self::CreateModel(model) => create(editor, transition, &model.name),
            Self::DeleteModel { name } => delete(editor, transition, name),
            Self::RenameModel { old_name, new_name } => {
                rename::model(editor, transition, old_name, new_name)
            }
            Self::AddField {
                model,
                field,
                preserve_default,
            } => add_field(
                editor,
                transition,
                model,
                &field.name,
                given(field, *preserve_default),
            ),
            Self::RemoveField { model, name } => remove_field(editor, transition, model, name),
            Self::AlterField {
                model,
                field,
                preserve_default,
            } => {
                let names = (field.name.as_str(), field.name.as_str());
                alter_field(
                    editor,
                    transition,
                    model,
                    names,
                    given(field, *preserve_default),
                )
            }
            Self::RenameField {
                model,
                old_name,
                new_name,
            } => alter_field(editor, transition, model, (old_name, new_name), None),
            Self::AddIndex { model, index } => add_index(editor, transition, model, index),
            Self::RemoveIndex { model, name } => remove_index(editor, transition, model, name),
            Self::RenameIndex {
                model,
                old_name,
                new_name,
            } => rename_index(editor, transition, model, (old_name, new_name)),
            Self::RunSql { sql, .. } => run_sql(editor, sql),
            Self::SeparateDatabaseAndState {
                database_operations,
                ..
            } => separate_forwards(editor, transition, database_operations),
            Self::UpdateProxyPermissions => {
                built_in::permissions_to_proxies(editor, transition.from_state)
            }
            Self::AlterModelOptions { .. } | Self::ForgetContentTypeNames => Ok(()),
            _ => self.either_way(editor, transition),
        }
    }

    /// Changes the schema back; `transition` goes from the models after the operation to those before it.
    pub(crate) fn backwards(
        &self,
        editor: &mut SchemaEditor<'_>,
        transition: StateTransition<'_>,
    ) -> Outcome {
        match self {
            Self::CreateModel(model) => delete(editor, transition, &model.name),
            Self::DeleteModel { name } => create(editor, transition, name),
            Self::RenameModel { old_name, new_name } => {
                rename::model(editor, transition, new_name, old_name)
            }
            Self::AddField { model, field, .. } => {
                remove_field(editor, transition, model, &field.name)
            }
            Self::RemoveField { model, name } => add_field(editor, transition, model, name, None),
            Self::AlterField { model, field, .. } => {
                alter_field(editor, transition, model, (&field.name, &field.name), None)
            }
            Self::RenameField {
                model,
                old_name,
                new_name,
            } => alter_field(editor, transition, model, (new_name, old_name), None),
            Self::AddIndex { model, index } => {
                let found = transition.old_model(model)?;
                let migrated = transition.from_state.is_migrated(found);
                if migrated {
                    editor.remove_index(transition.from_state, found, index)
                } else {
                    Ok(())
                }
            }
            Self::RemoveIndex { model, name } => {
                let index = index_of(transition.new_model(model)?, name)?;
                add_index(editor, transition, model, index)
            }
            Self::RenameIndex {
                model,
                old_name,
                new_name,
            } => rename_index(editor, transition, model, (new_name, old_name)),
            Self::RunSql { reverse_sql, .. } => {
                run_sql(editor, reverse_sql.as_deref().unwrap_or_default())
            }
            Self::SeparateDatabaseAndState {
                database_operations,
                ..
            } => separate_backwards(editor, transition, database_operations),
            Self::UpdateProxyPermissions => {
                built_in::permissions_from_proxies(editor, transition.to_state)
            }
            Self::ForgetContentTypeNames => {
                built_in::name_content_types(editor, transition.from_state)
            }
            Self::AlterModelOptions { .. } => Ok(()),
            _ => self.either_way(editor, transition),
        }
    }

    /// The operations that are undone as they are applied, with the two states in each other's place.
    fn either_way(
        &self,
        editor: &mut SchemaEditor<'_>,
        transition: StateTransition<'_>,
    ) -> Outcome {
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
            Self::AlterModelTable { .. } => rename::tables(editor, transition, old, new),
            Self::AlterUniqueTogether { .. } => editor.alter_unique_together(old, new),
            _ => alter_constraints(editor, transition, old, new),
        }
    }
}

/// Makes or drops the one constraint that the two models do not share.
fn alter_constraints(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    old: &Model,
    new: &Model,
) -> Outcome {
    let (before, after) = (&old.options.constraints, &new.options.constraints);
    if let Some(added) = after.iter().find(|found| !before.contains(found)) {
        return editor.add_constraint(transition.to_state, new, added);
    }
    match before.iter().find(|found| !after.contains(found)) {
        Some(removed) => editor.remove_constraint(transition.to_state, new, removed),
        None => Ok(()),
    }
}

/// The default existing rows get, where the state forgets it.
fn given(field: &Field, preserve_default: bool) -> Option<&Field> {
    (!preserve_default).then_some(field)
}

fn create(editor: &mut SchemaEditor<'_>, transition: StateTransition<'_>, name: &str) -> Outcome {
    let model = transition.new_model(name)?;
    if transition.to_state.is_migrated(model) {
        editor.create_model(transition.to_state, model)?;
    }
    Ok(())
}

fn delete(editor: &mut SchemaEditor<'_>, transition: StateTransition<'_>, name: &str) -> Outcome {
    let model = transition.old_model(name)?;
    if transition.from_state.is_migrated(model) {
        editor.delete_model(transition.from_state, model)?;
    }
    Ok(())
}

fn add_field(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    model: &str,
    name: &str,
    given: Option<&Field>,
) -> Outcome {
    let (old, new) = (transition.old_model(model)?, transition.new_model(model)?);
    if !transition.to_state.is_migrated(new) {
        return Ok(());
    }
    let field = field_of(new, name)?;
    editor.add_field(transition.to_state, old, given.unwrap_or(field))
}

fn remove_field(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    model: &str,
    name: &str,
) -> Outcome {
    let old = transition.old_model(model)?;
    if !transition.from_state.is_migrated(old) {
        return Ok(());
    }
    editor.remove_field(transition.from_state, old, field_of(old, name)?)
}

fn alter_field(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    model: &str,
    (old_name, new_name): (&str, &str),
    given: Option<&Field>,
) -> Outcome {
    let (old, new) = (transition.old_model(model)?, transition.new_model(model)?);
    if !transition.to_state.is_migrated(new) {
        return Ok(());
    }
    let (before, after) = (field_of(old, old_name)?, field_of(new, new_name)?);
    editor.alter_field(transition.altered(old, old), before, given.unwrap_or(after))
}

fn add_index(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    model: &str,
    index: &Index,
) -> Outcome {
    let model = transition.new_model(model)?;
    if transition.to_state.is_migrated(model) {
        editor.add_index(transition.to_state, model, index)?;
    }
    Ok(())
}

fn remove_index(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    model: &str,
    name: &str,
) -> Outcome {
    let model = transition.old_model(model)?;
    if transition.from_state.is_migrated(model) {
        editor.remove_index(transition.from_state, model, index_of(model, name)?)?;
    }
    Ok(())
}

fn rename_index(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    model: &str,
    (old_name, new_name): (&str, &str),
) -> Outcome {
    remove_index(editor, transition, model, old_name)?;
    add_index(
        editor,
        transition,
        model,
        index_of(transition.new_model(model)?, new_name)?,
    )
}

fn run_sql(editor: &mut SchemaEditor<'_>, scripts: &[String]) -> Outcome {
    for script in scripts {
        editor.run_script(script)?;
    }
    Ok(())
}

fn separate_forwards(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    operations: &[Operation],
) -> Outcome {
    let states = states(transition.app_label, transition.from_state, operations)?;
    for (operation, pair) in operations.iter().zip(states.windows(2)) {
        let transition = StateTransition {
            app_label: transition.app_label,
            from_state: &pair[0],
            to_state: &pair[1],
        };
        operation.forwards(editor, transition)?;
    }
    Ok(())
}

fn separate_backwards(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    operations: &[Operation],
) -> Outcome {
    let states = states(transition.app_label, transition.to_state, operations)?;
    for (operation, pair) in operations.iter().zip(states.windows(2)).rev() {
        let transition = StateTransition {
            app_label: transition.app_label,
            from_state: &pair[1],
            to_state: &pair[0],
        };
        operation.backwards(editor, transition)?;
    }
    Ok(())
}

/// The models before the first of `operations` and after each of them.
pub(crate) fn states(
    app_label: &str,
    start: &ProjectState,
    operations: &[Operation],
) -> Result<Vec<ProjectState>, StateError> {
    let mut states = vec![start.clone()];
    let mut state = start.clone();
    for operation in operations {
        operation.apply_to_state(app_label, &mut state)?;
        states.push(state.clone());
    }
    Ok(states)
}

fn field_of<'m>(model: &'m Model, name: &str) -> Result<&'m Field, StateError> {
    model.field(name).ok_or_else(|| StateError::UnknownField {
        model: model.key(),
        field: name.to_owned(),
    })
}

fn index_of<'m>(model: &'m Model, name: &str) -> Result<&'m Index, StateError> {
    let mut indexes = model.options.indexes.iter();
    indexes
        .find(|index| index.name.as_deref() == Some(name))
        .ok_or_else(|| StateError::UnknownIndex {
            model: model.key(),
            name: name.to_owned(),
        })
}
