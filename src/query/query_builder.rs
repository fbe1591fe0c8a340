//! Which rows are meant, as plain data: conditions, an order and a part of it.

use crate::models::expression::{Condition, Expression};
use crate::models::{Model, ModelKey};
use crate::query::QueryError;
use crate::values::{self, FieldValue};

/// Rows of a model, described: it can be kept, sent to another thread, and asked of any database.
///
/// It may hold an [`Expression::Parameter`] in place of a value; [`Query::bind`] gives the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub(super) model: ModelKey,
    /// One condition for each call of `filter` or `exclude`.
    pub(super) filters: Vec<Condition>,
    /// The terms of the order; those of the model where none were given.
    pub(super) order: Option<Vec<String>>,
    pub(super) is_reversed: bool,
    pub(super) is_distinct: bool,
    pub(super) offset: u64,
    pub(super) limit: Option<u64>,
}

impl Query {
    /// All rows of the model of this key.
    pub fn new(model: ModelKey) -> Self {
        Self {
            model,
            filters: Vec::new(),
            order: None,
            is_reversed: false,
            is_distinct: false,
            offset: 0,
            limit: None,
        }
    }

    /// All rows of `model`.
    pub fn of(model: &Model) -> Self {
        Self::new(model.key())
    }

    /// The key of the model whose rows are meant.
    pub fn model(&self) -> &ModelKey {
        &self.model
    }

    /// Those of the rows for which `condition` holds; what it says of related rows holds for one of them.
    #[must_use]
    pub fn filter(mut self, condition: Condition) -> Self {
        self.filters.push(condition);
        self
    }

    /// Those of the rows for which `condition` does not hold.
    #[must_use]
    pub fn exclude(self, condition: Condition) -> Self {
        self.filter(Condition::Not(Box::new(condition)))
    }

    /// The rows in another order: paths, `-` before one that runs from the greatest, `?` for any.
    #[must_use]
    pub fn order_by<T: Into<String>>(mut self, terms: impl IntoIterator<Item = T>) -> Self {
        self.order = Some(terms.into_iter().map(Into::into).collect());
        self
    }

    /// The rows in the opposite order.
    #[must_use]
    pub fn reverse(mut self) -> Self {
        self.is_reversed = !self.is_reversed;
        self
    }

    /// Rows that are equal in all that is selected once.
    #[must_use]
    pub fn distinct(mut self) -> Self {
        self.is_distinct = true;
        self
    }

    /// The rows from place `start` on, and before place `end`, both counted within those chosen so far.
    #[must_use]
    pub fn slice(mut self, start: u64, end: Option<u64>) -> Self {
        let rest = self.limit.map(|limit| limit.saturating_sub(start));
        let length = end.map(|end| end.saturating_sub(start));
        self.limit = match (rest, length) {
            (Some(rest), Some(length)) => Some(rest.min(length)),
            (rest, length) => rest.or(length),
        };
        self.offset = self.offset.saturating_add(start);
        self
    }

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

    /// Calls `visit` with every expression, those within others included.
    fn visit_expressions(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        for filter in &mut self.filters {
            filter.visit_expressions(visit);
        }
    }
}
