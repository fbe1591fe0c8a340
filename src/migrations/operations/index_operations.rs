//! Adds, removes and renames indexes, and makes constraints those of the new model.

use crate::migrations::operations::StateTransition;
use crate::models::{Index, Model, StateError};
use crate::schema::{SchemaEditor, SchemaError};

pub(super) fn add_index(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    model: &str,
    index: &Index,
) -> Result<(), SchemaError> {
    let model = transition.new_model(model)?;
    if transition.to_state.is_migrated(model) {
        editor.add_index(transition.to_state, model, index)?;
    }
    Ok(())
}

pub(super) fn remove_index(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    model: &str,
    name: &str,
) -> Result<(), SchemaError> {
    let model = transition.old_model(model)?;
    if transition.from_state.is_migrated(model) {
        editor.remove_index(transition.from_state, model, index_of(model, name)?)?;
    }
    Ok(())
}

pub(super) fn rename_index(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    model: &str,
    old_name: &str,
    new_name: &str,
) -> Result<(), SchemaError> {
    remove_index(editor, transition, model, old_name)?;
    add_index(
        editor,
        transition,
        model,
        index_of(transition.new_model(model)?, new_name)?,
    )
}

pub(super) fn index_of<'m>(model: &'m Model, name: &str) -> Result<&'m Index, StateError> {
    let mut indexes = model.options.indexes.iter();
    indexes
        .find(|index| index.name.as_deref() == Some(name))
        .ok_or_else(|| StateError::UnknownIndex {
            model: model.key(),
            name: name.to_owned(),
        })
}

/// The index as `model` has it, which calls fields by their names.
pub(super) fn index_in_state<'m>(model: &'m Model, index: &'m Index) -> &'m Index {
    let mut indexes = model.options.indexes.iter();
    let found = indexes.find(|found| found.name.is_some() && found.name == index.name);
    found.unwrap_or(index)
}

/// Makes or drops the one constraint that the two models do not share.
pub(super) fn alter_constraints(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    old: &Model,
    new: &Model,
) -> Result<(), SchemaError> {
    let (before, after) = (&old.options.constraints, &new.options.constraints);
    if let Some(added) = after.iter().find(|found| !before.contains(found)) {
        return editor.add_constraint(transition.to_state, new, added);
    }
    match before.iter().find(|found| !after.contains(found)) {
        Some(removed) => editor.remove_constraint(transition.to_state, new, removed),
        None => Ok(()),
    }
}
