//! The tables between the ends of many-to-many fields.

use crate::models::{Field, Model, ProjectState};
use crate::schema::SchemaError;

/// The model of the table between the ends of a many-to-many field, unless one is declared.
pub(super) fn auto_created_through(
    state: &ProjectState,
    model: &Model,
    field: &Field,
) -> Result<Option<Model>, SchemaError> {
    let Some(relation) = field.many_to_many() else {
        return Ok(None);
    };
    Ok(model.auto_created_through(field, state.get_target(&relation.to)?))
}
