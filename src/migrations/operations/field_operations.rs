//! Adds, removes and alters the columns of fields.

use crate::migrations::operations::StateTransition;
use crate::models::{Field, Model, StateError};
use crate::schema::{SchemaEditor, SchemaError};

/// Adds a field; `with_default` is the field as existing rows need it.
pub(super) fn add_field(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    model: &str,
    name: &str,
    with_default: Option<&Field>,
) -> Result<(), SchemaError> {
    let (old, new) = (transition.old_model(model)?, transition.new_model(model)?);
    if !transition.to_state.is_migrated(new) {
        return Ok(());
    }
    let field = field_of(new, name)?;
    editor.add_field(transition.to_state, old, with_default.unwrap_or(field))
}

pub(super) fn remove_field(
    editor: &mut SchemaEditor<'_>,
    transition: StateTransition<'_>,
    model: &str,
    name: &str,
) -> Result<(), SchemaError> {
    let old = transition.old_model(model)?;
    if !transition.from_state.is_migrated(old) {
        return Ok(());
    }
    editor.remove_field(transition.from_state, old, field_of(old, name)?)
}

/// A field that is altered or renamed.
pub(super) struct FieldChange<'c> {
    model: &'c str,
    old_name: &'c str,
    new_name: &'c str,
    /// The field as existing rows need it, where that is not what the models after the change have.
    with_default: Option<&'c Field>,
}

impl<'c> FieldChange<'c> {
    pub(super) fn altered(model: &'c str, name: &'c str, with_default: Option<&'c Field>) -> Self {
        Self {
            model,
            old_name: name,
            new_name: name,
            with_default,
        }
    }

    pub(super) fn renamed(model: &'c str, old_name: &'c str, new_name: &'c str) -> Self {
        Self {
            model,
            old_name,
            new_name,
            with_default: None,
        }
    }

    pub(super) fn run(
        &self,
        editor: &mut SchemaEditor<'_>,
        transition: StateTransition<'_>,
    ) -> Result<(), SchemaError> {
        let old = transition.old_model(self.model)?;
        let new = transition.new_model(self.model)?;
        if !transition.to_state.is_migrated(new) {
            return Ok(());
        }
        let before = field_of(old, self.old_name)?;
        let after = field_of(new, self.new_name)?;
        let altered = transition.altered(old, old);
        editor.alter_field(altered, before, self.with_default.unwrap_or(after))
    }
}

fn field_of<'m>(model: &'m Model, name: &str) -> Result<&'m Field, StateError> {
    model.field(name).ok_or_else(|| StateError::UnknownField {
        model: model.key(),
        field: name.to_owned(),
    })
}
