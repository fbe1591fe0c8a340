//! Values that are given to a statement for each run, and how each becomes what its column holds.

use crate::clock::Zone;
use crate::db::SqlValue;
use crate::models::expression::{Comparison, Expression, Lookup};
use crate::models::{FieldKind, Literal};
use crate::query::QueryError;
use crate::query::operand_value::{operand_value, sql_lookup};

/// What the parameters of a shape are called; no file can name one so.
const PREFIX: &str = "given.";

/// A value that a query of some shape has.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum GivenValue {
    /// As the database gets it.
    Column(SqlValue),
    /// As it stands beside a lookup.
    Operand(Literal),
}

/// What a value is compared with, so that it can be made what the column holds.
#[derive(Clone, Debug)]
pub(super) struct GivenOperand {
    pub(super) lookup: Lookup,
    pub(super) kind: FieldKind,
    /// The path of the lookup.
    pub(super) path: String,
}

/// What a compiler knows of the values that are given for each run, by their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct GivenValues {
    /// Which says how many rows are left out first.
    pub(super) offset: Option<usize>,
    /// What the others are compared with; none as long as that was not compiled.
    pub(super) operands: Vec<Option<GivenOperand>>,
}

impl GivenValues {
    /// The number of the parameter `name`, if it is one of them.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        let number = name.strip_prefix(PREFIX)?.parse().ok()?;
        (number < self.operands.len()).then_some(number)
    }

    /// What `values` are as the statement gets them.
    ///
    /// Fails with [`QueryError::WrongValue`] where a column cannot hold one.
    pub(super) fn bind(
        &self,
        values: Vec<GivenValue>,
        zone: &Zone,
    ) -> Result<Vec<SqlValue>, QueryError> {
        let values = values.into_iter().enumerate();
        let bound = values.map(|(number, value)| match value {
            GivenValue::Column(value) => Ok(value),
            GivenValue::Operand(literal) => {
                match self.operands.get(number).and_then(Option::as_ref) {
                    Some(operand) => operand.bind(&literal, zone),
                    None => Ok(SqlValue::Null),
                }
            }
        });
        bound.collect()
    }
}

impl GivenOperand {
    fn bind(&self, literal: &Literal, zone: &Zone) -> Result<SqlValue, QueryError> {
        let value = operand_value(self.lookup, &self.kind, literal, zone);
        let value = value.ok_or_else(|| QueryError::WrongValue {
            path: self.path.clone(),
            value: format!("{literal:?}"),
            kind: Some(self.kind.class_name()),
        })?;
        Ok(match value {
            SqlValue::Text(text) => sql_lookup(self.lookup).operand(text),
            value => value,
        })
    }
}

/// The parameter of this number.
pub(super) fn parameter(number: usize) -> Expression {
    Expression::Parameter(format!("{PREFIX}{number}"))
}

/// The first parameter of `comparison`.
pub(super) fn first_parameter(comparison: &Comparison) -> Option<&str> {
    comparison
        .operands
        .iter()
        .find_map(|operand| match operand {
            Expression::Parameter(name) => Some(name.as_str()),
            _ => None,
        })
}

/// Whether `name` is one that [`parameter`] makes.
pub(super) fn is_parameter(name: &str) -> bool {
    name.starts_with(PREFIX)
}
