//! Conditions that are made here rather than read.

use crate::auth::UserKey;
use crate::db::SqlValue;
use crate::models::Literal;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::values::{self, FieldValue};

/// The condition that `field` holds `value`.
pub(crate) fn equals(field: &str, value: &FieldValue) -> Condition {
    compare(field, Lookup::Exact, [value])
}

/// The condition that `field` holds one of `values`.
pub(super) fn is_one_of<'v>(
    field: &str,
    values: impl IntoIterator<Item = &'v FieldValue>,
) -> Condition {
    compare(field, Lookup::In, values)
}

fn compare<'v>(
    field: &str,
    lookup: Lookup,
    values: impl IntoIterator<Item = &'v FieldValue>,
) -> Condition {
    let operands = values.into_iter().map(values::to_literal);
    Condition::Compare(Comparison {
        field: field.to_owned(),
        lookup,
        operands: operands.map(Expression::Value).collect(),
    })
}

/// The condition of which is never known whether it holds, nor whether it does not: that of `NULL`.
///
/// So no row is found by it, not even by its opposite, but one may be by what stands beside it in `any`.
pub(crate) fn never_known() -> Condition {
    Condition::Holds(Box::new(Expression::Value(Literal::Null)))
}

/// The key of a user, as conditions compare it.
pub(crate) fn key_value(key: &UserKey) -> FieldValue {
    match key.value() {
        SqlValue::Integer(number) => FieldValue::Integer(*number),
        _ => FieldValue::Text(key.text().to_owned()),
    }
}
