//! Operations on the schema, both ways.

use crate::migrations::operations::{Operation, built_in, rename};
use crate::models::{Field, Index, Model, ModelKey, ProjectState, StateError};
use crate::schema::{AlteredModel, SchemaEditor, SchemaError};

/// The models on both sides of an operation, in the direction it is run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StateTransition<'s> {
    /// The label of the migration's app.
    pub(crate) app_label: &'s str,
    /// The models before.
    pub(crate) from: &'s ProjectState,
    /// The models after.
    pub(crate) to: &'s ProjectState,
}

impl<'s> StateTransition<'s> {
    pub(crate) fn before(&self, name: &str) -> Result<&'s Model, StateError> {
        self.from.get(&ModelKey::new(self.app_label, name))
    }

    pub(crate) fn after(&self, name: &str) -> Result<&'s Model, StateError> {
        self.to.get(&ModelKey::new(self.app_label, name))
    }

    pub(super) fn altered(&self, old: &'s Model, model: &'s Model) -> AlteredModel<'s> {
        AlteredModel {
            from: self.from,
            to: self.to,
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
        sides: StateTransition<'_>,
    ) -> Outcome {
        match self {
            Self::CreateModel(model) => create(editor, sides, &model.name),
            Self::DeleteModel { name } => delete(editor, sides, name),
            Self::RenameModel { old_name, new_name } => {
                rename::model(editor, sides, old_name, new_name)
            }
            Self::AddField {
                model,
                field,
                preserve_default,
            } => add_field(
                editor,
                sides,
                model,
                &field.name,
                given(field, *preserve_default),
            ),
            Self::RemoveField { model, name } => remove_field(editor, sides, model, name),
            Self::AlterField {
                model,
                field,
                preserve_default,
            } => {
                let names = (field.name.as_str(), field.name.as_str());
                alter_field(editor, sides, model, names, given(field, *preserve_default))
            }
            Self::RenameField {
                model,
                old_name,
                new_name,
            } => alter_field(editor, sides, model, (old_name, new_name), None),
            Self::AddIndex { model, index } => add_index(editor, sides, model, index),
            Self::RemoveIndex { model, name } => remove_index(editor, sides, model, name),
            Self::RenameIndex {
                model,
                old_name,
                new_name,
            } => rename_index(editor, sides, model, (old_name, new_name)),
            Self::RunSql { sql, .. } => run_sql(editor, sql),
            Self::SeparateDatabaseAndState {
                database_operations,
                ..
            } => separate_forwards(editor, sides, database_operations),
            Self::UpdateProxyPermissions => built_in::permissions_to_proxies(editor, sides.from),
            Self::AlterModelOptions { .. } | Self::ForgetContentTypeNames => Ok(()),
            _ => self.either_way(editor, sides),
        }
    }

    /// Changes the schema back; `sides` run from after the operation to before it.
    pub(crate) fn backwards(
        &self,
        editor: &mut SchemaEditor<'_>,
        sides: StateTransition<'_>,
    ) -> Outcome {
        match self {
            Self::CreateModel(model) => delete(editor, sides, &model.name),
            Self::DeleteModel { name } => create(editor, sides, name),
            Self::RenameModel { old_name, new_name } => {
                rename::model(editor, sides, new_name, old_name)
            }
            Self::AddField { model, field, .. } => remove_field(editor, sides, model, &field.name),
            Self::RemoveField { model, name } => add_field(editor, sides, model, name, None),
            Self::AlterField { model, field, .. } => {
                alter_field(editor, sides, model, (&field.name, &field.name), None)
            }
            Self::RenameField {
                model,
                old_name,
                new_name,
            } => alter_field(editor, sides, model, (new_name, old_name), None),
            Self::AddIndex { model, index } => {
                let found = sides.before(model)?;
                let migrated = sides.from.is_migrated(found);
                if migrated {
                    editor.remove_index(sides.from, found, index)
                } else {
                    Ok(())
                }
            }
            Self::RemoveIndex { model, name } => {
                let index = index_of(sides.after(model)?, name)?;
                add_index(editor, sides, model, index)
            }
            Self::RenameIndex {
                model,
                old_name,
                new_name,
            } => rename_index(editor, sides, model, (new_name, old_name)),
            Self::RunSql { reverse_sql, .. } => {
                run_sql(editor, reverse_sql.as_deref().unwrap_or_default())
            }
            Self::SeparateDatabaseAndState {
                database_operations,
                ..
            } => separate_backwards(editor, sides, database_operations),
            Self::UpdateProxyPermissions => built_in::permissions_from_proxies(editor, sides.to),
            Self::ForgetContentTypeNames => built_in::name_content_types(editor, sides.from),
            Self::AlterModelOptions { .. } => Ok(()),
            _ => self.either_way(editor, sides),
        }
    }

    /// The operations whose way back is the same with the sides changed.
    fn either_way(&self, editor: &mut SchemaEditor<'_>, sides: StateTransition<'_>) -> Outcome {
        let (Self::AlterModelTable { name, .. }
        | Self::AlterUniqueTogether { name, .. }
        | Self::AddConstraint { model: name, .. }
        | Self::RemoveConstraint { model: name, .. }) = self
        else {
            return Ok(());
        };
        let (old, new) = (sides.before(name)?, sides.after(name)?);
        if !sides.to.is_migrated(new) {
            return Ok(());
        }
        match self {
            Self::AlterModelTable { .. } => rename::tables(editor, sides, old, new),
            Self::AlterUniqueTogether { .. } => editor.alter_unique_together(old, new),
            _ => alter_constraints(editor, sides, old, new),
        }
    }
}

/// Makes or drops the one constraint that the two models do not share.
fn alter_constraints(
    editor: &mut SchemaEditor<'_>,
    sides: StateTransition<'_>,
    old: &Model,
    new: &Model,
) -> Outcome {
    let (before, after) = (&old.options.constraints, &new.options.constraints);
    if let Some(added) = after.iter().find(|found| !before.contains(found)) {
        return editor.add_constraint(sides.to, new, added);
    }
    match before.iter().find(|found| !after.contains(found)) {
        Some(removed) => editor.remove_constraint(sides.to, new, removed),
        None => Ok(()),
    }
}

/// The default existing rows get, where the state forgets it.
fn given(field: &Field, preserve_default: bool) -> Option<&Field> {
    (!preserve_default).then_some(field)
}

fn create(editor: &mut SchemaEditor<'_>, sides: StateTransition<'_>, name: &str) -> Outcome {
    let model = sides.after(name)?;
    if sides.to.is_migrated(model) {
        editor.create_model(sides.to, model)?;
    }
    Ok(())
}

fn delete(editor: &mut SchemaEditor<'_>, sides: StateTransition<'_>, name: &str) -> Outcome {
    let model = sides.before(name)?;
    if sides.from.is_migrated(model) {
        editor.delete_model(sides.from, model)?;
    }
    Ok(())
}

fn add_field(
    editor: &mut SchemaEditor<'_>,
    sides: StateTransition<'_>,
    model: &str,
    name: &str,
    given: Option<&Field>,
) -> Outcome {
    let (old, new) = (sides.before(model)?, sides.after(model)?);
    if !sides.to.is_migrated(new) {
        return Ok(());
    }
    let field = field_of(new, name)?;
    editor.add_field(sides.to, old, given.unwrap_or(field))
}

fn remove_field(
    editor: &mut SchemaEditor<'_>,
    sides: StateTransition<'_>,
    model: &str,
    name: &str,
) -> Outcome {
    let old = sides.before(model)?;
    if !sides.from.is_migrated(old) {
        return Ok(());
    }
    editor.remove_field(sides.from, old, field_of(old, name)?)
}

fn alter_field(
    editor: &mut SchemaEditor<'_>,
    sides: StateTransition<'_>,
    model: &str,
    (old_name, new_name): (&str, &str),
    given: Option<&Field>,
) -> Outcome {
    let (old, new) = (sides.before(model)?, sides.after(model)?);
    if !sides.to.is_migrated(new) {
        return Ok(());
    }
    let (before, after) = (field_of(old, old_name)?, field_of(new, new_name)?);
    editor.alter_field(sides.altered(old, old), before, given.unwrap_or(after))
}

fn add_index(
    editor: &mut SchemaEditor<'_>,
    sides: StateTransition<'_>,
    model: &str,
    index: &Index,
) -> Outcome {
    let model = sides.after(model)?;
    if sides.to.is_migrated(model) {
        editor.add_index(sides.to, model, index)?;
    }
    Ok(())
}

fn remove_index(
    editor: &mut SchemaEditor<'_>,
    sides: StateTransition<'_>,
    model: &str,
    name: &str,
) -> Outcome {
    let model = sides.before(model)?;
    if sides.from.is_migrated(model) {
        editor.remove_index(sides.from, model, index_of(model, name)?)?;
    }
    Ok(())
}

fn rename_index(
    editor: &mut SchemaEditor<'_>,
    sides: StateTransition<'_>,
    model: &str,
    (old_name, new_name): (&str, &str),
) -> Outcome {
    remove_index(editor, sides, model, old_name)?;
    add_index(
        editor,
        sides,
        model,
        index_of(sides.after(model)?, new_name)?,
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
    sides: StateTransition<'_>,
    operations: &[Operation],
) -> Outcome {
    let states = states(sides.app_label, sides.from, operations)?;
    for (operation, pair) in operations.iter().zip(states.windows(2)) {
        let sides = StateTransition {
            app_label: sides.app_label,
            from: &pair[0],
            to: &pair[1],
        };
        operation.forwards(editor, sides)?;
    }
    Ok(())
}

fn separate_backwards(
    editor: &mut SchemaEditor<'_>,
    sides: StateTransition<'_>,
    operations: &[Operation],
) -> Outcome {
    let states = states(sides.app_label, sides.to, operations)?;
    for (operation, pair) in operations.iter().zip(states.windows(2)).rev() {
        let sides = StateTransition {
            app_label: sides.app_label,
            from: &pair[1],
            to: &pair[0],
        };
        operation.backwards(editor, sides)?;
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
