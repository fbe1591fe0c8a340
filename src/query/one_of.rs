//! Conditions on fields and values that a program has.

use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::values::{self, FieldValue};

/// The condition that the field at `path` holds one of `values`.
pub fn is_one_of(path: &str, values: &[FieldValue]) -> Condition {
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

/// The condition `name` or `name__iexact`, say, with `value` on its right side.
pub(super) fn lookup(key: &str, value: &FieldValue) -> Condition {
    let named = key.rsplit_once("__");
    let named = named.and_then(|(path, last)| Some((path, Lookup::named(last)?)));
    let (path, lookup) = named.unwrap_or((key, Lookup::Exact));
    Condition::Compare(Comparison {
        field: path.to_owned(),
        lookup,
        operands: vec![Expression::Value(values::to_literal(value))],
    })
}
