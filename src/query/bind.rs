//! Values in the place of the parameters of a query.

use crate::models::expression::Expression;
use crate::query::{Query, QueryError};
use crate::values::{self, FieldValue};

impl Query {
    /// The names of the parameters, each once.
    pub fn parameters(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.clone().visit_expressions(&mut |expression| {
            if let Expression::Parameter(name) = expression
                && !found.contains(name)
            {
                found.push(name.clone());
            }
        });
        found
    }

    /// The same query with a value in the place of each parameter; `value_of` says which by its name.
    ///
    /// A JSON list beside `in` stands for its values. [`FieldValue::Null`] is Django's `None`: beside
    /// `exact` it asks for rows without a value. Fails with [`QueryError::UnboundParameter`] where
    /// `value_of` has none.
    pub fn bind(&self, value_of: impl Fn(&str) -> Option<FieldValue>) -> Result<Self, QueryError> {
        let (mut bound, mut missing) = (self.clone(), None);
        bound.visit_expressions(&mut |expression| {
            if let Expression::Parameter(name) = expression {
                match value_of(name) {
                    Some(value) => *expression = Expression::Value(values::to_literal(&value)),
                    None => missing = Some(name.clone()),
                }
            }
        });
        match missing {
            Some(name) => Err(QueryError::UnboundParameter(name)),
            None => Ok(bound),
        }
    }
}
