//! Renames models and tables, and the tables and references that depend on their names.

use crate::migrations::operations::{StateTransition, built_in};
use crate::models::{Field, Model, ModelKey, ModelSet as _, ProjectState, Relation};
use crate::schema::{SchemaEditor, SchemaError};

/// Renames the table of a model and what is named after it, and alters what refers to it.
pub(super) fn rename_model(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    old_name: &str,
    new_name: &str,
) -> Result<(), SchemaError> {
    let (old, new) = (
        transition.old_model(old_name)?,
        transition.new_model(new_name)?,
    );
    if transition.to_state.is_migrated(new) {
        editor.rename_table(&old.db_table(), &new.db_table())?;
        alter_references(editor, transition, old, new)?;
        rename_own_tables(editor, transition, old, new)?;
    }
    match editor.transaction() {
        Some(transaction) => {
            built_in::rename_content_type(transaction, transition.to_state, &old.key(), &new.key())
        }
        None => Ok(()),
    }
}

/// Alters the fields of all models that refer to the renamed one.
fn alter_references(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    old: &Model,
    new: &Model,
) -> Result<(), SchemaError> {
    for before in transition
        .from_state
        .models()
        .filter(|model| transition.from_state.is_migrated(model))
    {
        let is_self = before.key() == old.key();
        let key = if is_self { new.key() } else { before.key() };
        let after = transition.to_state.get(&key)?;
        // SQLite renames the table in foreign keys itself; Django remakes the referring tables all the
        // same, except for relations without a reverse accessor.
        let visible = |field: &&Field| !field.relation().is_some_and(Relation::is_hidden);
        for field in referring(transition.from_state, before, &old.key()).filter(visible) {
            if let Some(altered) = after.field(&field.name) {
                editor.alter_field(transition.altered(before, after), field, altered)?;
            }
        }
    }
    Ok(())
}

/// Renames the many-to-many tables, and their columns, that are named after the model.
fn rename_own_tables(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    old: &Model,
    new: &Model,
) -> Result<(), SchemaError> {
    let references_itself: Vec<_> = referring(transition.from_state, old, &old.key()).collect();
    for (before, after) in old.fields.iter().zip(&new.fields) {
        if before.many_to_many().is_some() && !references_itself.contains(&before) {
            editor.alter_many_to_many(transition.altered(old, new), before, after)?;
        }
    }
    Ok(())
}

/// The fields of `model` that refer to the model `target`.
fn referring<'m>(
    state: &ProjectState,
    model: &'m Model,
    target: &ModelKey,
) -> impl Iterator<Item = &'m Field> {
    let refers = move |field: &&Field| {
        let to = field.kind.target();
        to.is_some_and(|to| state.target(to).is_some_and(|found| found.key() == *target))
    };
    model.fields.iter().filter(refers)
}

/// Renames the table of a model, and the many-to-many tables that are named after it.
pub(super) fn rename_tables(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    old: &Model,
    new: &Model,
) -> Result<(), SchemaError> {
    editor.rename_table(&old.db_table(), &new.db_table())?;
    for (before, after) in old.fields.iter().zip(&new.fields) {
        let Some(relation) = before.many_to_many() else {
            continue;
        };
        let before =
            old.auto_created_through(before, transition.from_state.get_target(&relation.to)?);
        let after = new.auto_created_through(after, transition.to_state.get_target(&relation.to)?);
        if let (Some(before), Some(after)) = (before, after) {
            editor.rename_table(&before.db_table(), &after.db_table())?;
        }
    }
    Ok(())
}
