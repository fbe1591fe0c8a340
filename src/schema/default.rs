//! What existing rows get in a new column.

use crate::models::{Field, ModelSet as _};
use crate::schema::SchemaError;
use crate::schema::changed_state::ChangedState;
use crate::values::{
    FieldValue, auto_now_value, declared_default, empty_value, quote_value, to_column,
};

/// The value existing rows get, as Django's `effective_default`; none where the field has no say.
pub(super) fn effective_default(
    models: &ChangedState<'_>,
    field: &Field,
) -> Result<Option<FieldValue>, SchemaError> {
    if field.default.is_some() {
        return Ok(declared_default(
            field,
            models.value_kind(field)?,
            models.time_zone(),
        )?);
    }
    if field.generated().is_some() {
        return Ok(None);
    }
    let empty = empty_value(field).filter(|_| field.blank && !field.null);
    Ok(empty.or_else(|| auto_now_value(field, models.time_zone())))
}

/// The same value as it stands in a statement; `NULL` where there is none.
pub(super) fn effective_default_sql(
    models: &ChangedState<'_>,
    field: &Field,
) -> Result<String, SchemaError> {
    let value = effective_default(models, field)?.unwrap_or(FieldValue::Null);
    Ok(quote_value(&to_column(&value)))
}
