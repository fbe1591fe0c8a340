//! Which rows are meant, as plain data: conditions, an order and a part of it.

use std::collections::BTreeSet;

use crate::models::expression::{Condition, Expression};
use crate::models::{Model, ModelKey};
use crate::query::QueryError;
use crate::query::field_loading::FieldLoading;
use crate::query::through_rows::ThroughRows;
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
    /// Whether it was narrowed after a part of it was taken, which has no meaning.
    pub(super) is_changed_after_slice: bool,
    pub(super) loading: FieldLoading,
    pub(super) followed: SelectRelated,
    pub(super) prefetches: Vec<Prefetch>,
    /// Rows of a table between, beside which the rows stand.
    pub(super) through: Option<ThroughRows>,
}

/// Which rows are read along, in the same statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum SelectRelated {
    #[default]
    None,
    /// Those of all references that cannot be null, and theirs, up to five steps.
    All,
    /// Those at the ends of these paths, and on the way.
    Paths(Vec<String>),
}

/// Rows that are read along in a query of their own: Django's `Prefetch`.
#[derive(Clone, Debug, PartialEq)]
pub struct Prefetch {
    /// The names that rows have for the others, with `__` between the steps.
    pub path: String,
    /// Which of the others, if not all; in its order, with what it reads along.
    pub query: Option<Query>,
    /// The name they are found under, if not the last of the path.
    pub to_attr: Option<String>,
}

impl Prefetch {
    /// All rows at the end of `path`.
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            query: None,
            to_attr: None,
        }
    }
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
            is_changed_after_slice: false,
            loading: FieldLoading::default(),
            followed: SelectRelated::None,
            prefetches: Vec::new(),
            through: None,
        }
    }

    /// All rows of `model`.
    pub fn of(model: &Model) -> Self {
        Self::new(model.key())
    }

    /// Whether the rows of `model`, which is its own, come in an order.
    pub fn is_ordered(&self, model: &Model) -> bool {
        let terms = self.order.as_ref().unwrap_or(&model.options.ordering);
        !terms.is_empty()
    }

    /// The key of the model whose rows are meant.
    pub fn model(&self) -> &ModelKey {
        &self.model
    }

    /// Those of the rows for which `condition` holds; what it says of related rows holds for one of them.
    #[must_use]
    pub fn filter(mut self, condition: Condition) -> Self {
        self.change();
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
        self.change();
        self.order = Some(terms.into_iter().map(Into::into).collect());
        self
    }

    /// The rows in the opposite order.
    #[must_use]
    pub fn reverse(mut self) -> Self {
        self.change();
        self.is_reversed = !self.is_reversed;
        self
    }

    /// Rows that are equal in all that is selected once.
    #[must_use]
    pub fn distinct(mut self) -> Self {
        self.change();
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

    /// Reads the rows at the ends of `paths` along, and those on the way, in the same statement.
    ///
    /// Without paths those of all references that cannot be null, and theirs, up to five steps.
    #[must_use]
    pub fn select_related<T: Into<String>>(mut self, paths: impl IntoIterator<Item = T>) -> Self {
        let mut named = match self.followed {
            SelectRelated::Paths(paths) => paths,
            _ => Vec::new(),
        };
        named.extend(paths.into_iter().map(Into::into));
        self.followed = if named.is_empty() {
            SelectRelated::All
        } else {
            SelectRelated::Paths(named)
        };
        self
    }

    /// Reads rows along in queries of their own, once the rows are there.
    #[must_use]
    pub fn prefetch_related(mut self, prefetches: impl IntoIterator<Item = Prefetch>) -> Self {
        self.prefetches.extend(prefetches);
        self
    }

    /// Reads these fields and the primary key, and no others.
    #[must_use]
    pub fn only<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        let names: BTreeSet<_> = names.into_iter().map(Into::into).collect();
        self.loading.only(names);
        self
    }

    /// Does not read these fields, nor those named so before.
    #[must_use]
    pub fn defer<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        let names: BTreeSet<_> = names.into_iter().map(Into::into).collect();
        self.loading.defer(names);
        self
    }

    /// Those of the rows that stand beside others in a table between.
    #[must_use]
    pub(super) fn through(mut self, rows: ThroughRows) -> Self {
        self.through = Some(rows);
        self
    }

    /// The rows in any order, whether a part of them was taken or not.
    #[must_use]
    pub(super) fn without_order(mut self) -> Self {
        self.order = Some(Vec::new());
        self
    }

    /// Whether a part of the rows was taken.
    pub(super) fn is_sliced(&self) -> bool {
        self.offset > 0 || self.limit.is_some()
    }

    fn change(&mut self) {
        self.is_changed_after_slice |= self.is_sliced();
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
        for prefetch in &mut self.prefetches {
            if let Some(query) = &mut prefetch.query {
                query.visit_expressions(visit);
            }
        }
    }
}
