//! Values on their way into columns.

use crate::db::SqlValue;
use crate::models::{Field, FieldKind, ModelSet as _, Registry};
use crate::query::QueryError;
use crate::query::operand_value::literal_column;
use crate::values::{FieldValue, to_column, to_literal};

/// `value` as the column of `field` keeps it; text is read as a person would type it.
///
/// Fails with [`QueryError::WrongValue`] where the field cannot hold it.
pub(super) fn column_value(
    registry: &Registry,
    field: &Field,
    value: &FieldValue,
) -> Result<SqlValue, QueryError> {
    let kind = registry.value_kind(field)?;
    if is_plain(kind, value) {
        return Ok(to_column(value));
    }
    let found = literal_column(kind, &to_literal(value), registry.time_zone());
    found.ok_or_else(|| QueryError::WrongValue {
        path: field.name.clone(),
        value: format!("{value:?}"),
        kind: Some(kind.class_name()),
    })
}

/// Whether `value` is what a field of `kind` holds, without anything to be made of it.
fn is_plain(kind: &FieldKind, value: &FieldValue) -> bool {
    match value {
        FieldValue::Text(_) => kind.allows_empty_strings(),
        FieldValue::Integer(_) => kind.is_integer(),
        FieldValue::Boolean(_) => matches!(kind, FieldKind::Boolean),
        FieldValue::Decimal(_) => false,
        FieldValue::Date(_) => matches!(kind, FieldKind::Date(_)),
        FieldValue::Moment(_) => matches!(kind, FieldKind::DateTime(_)),
        _ => true,
    }
}
