//! The condition that a field holds one of some values.

use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::values::{self, FieldValue};

/// The condition that the field at `path` holds one of `values`.
pub(super) fn is_one_of(path: &str, values: &[FieldValue]) -> Condition {
    let literals = values.iter().map(values::to_literal);
    let operands: Vec<_> = literals.map(Expression::Value).collect();
    Condition::Compare(Comparison {
        field: path.to_owned(),
        lookup: match operands.len() {
            1 => Lookup::Exact,
            _ => Lookup::In,
        },
        operands,
    })
}
