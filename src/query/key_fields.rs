//! The fields of a primary key.

use crate::models::{Field, FieldKind, Model, ReferenceError};

/// The fields that make the primary key of `model`: one, or those of a composite one.
pub fn key_fields(model: &Model) -> Result<Vec<&Field>, ReferenceError> {
    let missing = || ReferenceError::NoPrimaryKey(model.key());
    let key = model.primary_key().ok_or_else(missing)?;
    match &key.kind {
        FieldKind::CompositePrimaryKey { fields } => {
            let fields = fields
                .iter()
                .map(|name| model.field(name).ok_or_else(missing));
            fields.collect()
        }
        _ => Ok(vec![key]),
    }
}
