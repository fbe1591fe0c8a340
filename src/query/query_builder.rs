//! Which rows are meant, as plain data: conditions, an order and a part of it.

use std::collections::BTreeSet;

use crate::models::expression::{
    Condition, Expression, OrderTerm, QueryStep, RowQuery, SetOperation,
};
use crate::models::{Model, ModelKey};
use crate::query::field_loading::FieldLoading;
use crate::query::part_of_each::PartOfEach;

/// Rows of a model, described: it can be kept, sent to another thread, and asked of any database.
///
/// It may hold an [`Expression::Parameter`] in place of a value; [`Query::bind`] gives the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// Which rows, and what is computed of them.
    pub(super) rows: RowQuery,
    pub(super) loading: FieldLoading,
    pub(super) followed: SelectRelated,
    pub(super) prefetches: Vec<Prefetch>,
    /// The path whose value is read along with each row: which of others it stands beside.
    pub(super) beside: Option<String>,
    /// The part that is meant of the rows of each group.
    pub(super) part: Option<PartOfEach>,
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

impl From<RowQuery> for Query {
    fn from(rows: RowQuery) -> Self {
        Self {
            rows,
            loading: FieldLoading::default(),
            followed: SelectRelated::None,
            prefetches: Vec::new(),
            beside: None,
            part: None,
        }
    }
}

impl From<Query> for RowQuery {
    fn from(query: Query) -> Self {
        query.rows
    }
}

impl Query {
    /// All rows of the model of this key.
    pub fn new(model: ModelKey) -> Self {
        RowQuery::new(model).into()
    }

    /// All rows of `model`.
    pub fn of(model: &Model) -> Self {
        Self::new(model.key())
    }

    /// Whether an order was asked for, apart from that of the model.
    pub fn has_own_order(&self) -> bool {
        self.rows.order.is_some()
    }

    /// Whether the rows of `model`, which is its own, come in an order.
    pub fn is_ordered(&self, model: &Model) -> bool {
        match &self.rows.order {
            Some(terms) => !terms.is_empty(),
            // Groups do not come in the order of their model.
            None => !model.options.ordering.is_empty() && !self.rows.has_groups(),
        }
    }

    /// The rows in some order at least: by their keys, where neither the query nor `model`, which is its own, says another.
    #[must_use]
    pub fn in_some_order(self, model: &Model) -> Self {
        if self.is_ordered(model) {
            self
        } else {
            self.order_by(["pk"])
        }
    }

    /// The key of the model whose rows are meant.
    pub fn model(&self) -> &ModelKey {
        self.rows.model()
    }

    /// The same with what `change` makes of the rows that are meant.
    #[must_use]
    pub fn with_rows(self, change: impl FnOnce(RowQuery) -> RowQuery) -> Self {
        Self {
            rows: change(self.rows),
            ..self
        }
    }

    /// Those of the rows for which `condition` holds; what it says of related rows holds for one of them.
    #[must_use]
    pub fn filter(self, condition: Condition) -> Self {
        self.with_rows(|rows| rows.filter(condition))
    }

    /// Those of the rows for which `condition` does not hold.
    #[must_use]
    pub fn exclude(self, condition: Condition) -> Self {
        self.with_rows(|rows| rows.exclude(condition))
    }

    /// The rows with a value of their own: see [`RowQuery::annotate`].
    #[must_use]
    pub fn annotate(self, name: impl Into<String>, expression: Expression) -> Self {
        self.with_rows(|rows| rows.annotate(name, expression))
    }

    /// The rows with a value that conditions and orders can name, and that is not selected.
    #[must_use]
    pub fn alias(self, name: impl Into<String>, expression: Expression) -> Self {
        self.with_rows(|rows| rows.alias(name, expression))
    }

    /// What is selected: the values at these paths, or those of all fields where there are none.
    #[must_use]
    pub fn values<P: Into<String>>(self, paths: impl IntoIterator<Item = P>) -> Self {
        self.with_rows(|rows| rows.values(paths))
    }

    /// The rows in another order: see [`OrderTerm`].
    #[must_use]
    pub fn order_by<T: Into<OrderTerm>>(self, terms: impl IntoIterator<Item = T>) -> Self {
        self.with_rows(|rows| rows.order_by(terms))
    }

    /// Whether values are selected instead of rows.
    pub fn has_values(&self) -> bool {
        self.rows.has_values()
    }

    /// The rows in the opposite order.
    #[must_use]
    pub fn reverse(self) -> Self {
        self.with_rows(RowQuery::reverse)
    }

    /// Rows that are equal in all that is selected once.
    #[must_use]
    pub fn distinct(self) -> Self {
        self.with_rows(RowQuery::distinct)
    }

    /// The rows from place `start` on, and before place `end`, both counted within those chosen so far.
    #[must_use]
    pub fn slice(self, start: u64, end: Option<u64>) -> Self {
        self.with_rows(|rows| rows.slice(start, end))
    }

    /// The rows of this query and of others, as `operation` says; order and slices come after it.
    #[must_use]
    pub fn combine(self, operation: SetOperation, others: impl IntoIterator<Item = Self>) -> Self {
        let others = others.into_iter().map(RowQuery::from);
        self.with_rows(|rows| rows.combine(operation, others))
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

    /// Reads no rows along in the same statement.
    #[must_use]
    pub fn without_select_related(mut self) -> Self {
        self.followed = SelectRelated::None;
        self
    }

    /// Reads no rows along in queries of their own.
    #[must_use]
    pub fn without_prefetch_related(mut self) -> Self {
        self.prefetches.clear();
        self
    }

    /// Reads all fields.
    #[must_use]
    pub fn without_defer(mut self) -> Self {
        self.loading = FieldLoading::default();
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

    /// The rows, and along with each of them the value at `path`.
    #[must_use]
    pub(super) fn reading_beside(self, path: &str) -> Self {
        Self {
            beside: Some(path.to_owned()),
            ..self
        }
    }

    /// The same rows; what the next call of `filter` says of related rows is about any of them.
    #[must_use]
    pub fn restarted(self) -> Self {
        self.with_rows(RowQuery::restarted)
    }

    /// A part of all rows as a part of those that have the same in `column` of theirs, or in the table between.
    #[must_use]
    pub(super) fn sliced_for_each(mut self, column: Option<String>) -> Self {
        if self.is_sliced() {
            self.part = Some(PartOfEach {
                column,
                offset: std::mem::take(&mut self.rows.offset),
                limit: self.rows.limit.take(),
            });
        }
        self
    }

    /// The rows in any order, whether a part of them was taken or not.
    #[must_use]
    pub(super) fn without_order(mut self) -> Self {
        self.rows.order = Some(Vec::new());
        self
    }

    /// Whether a part of the rows was taken.
    pub fn is_sliced(&self) -> bool {
        self.rows.is_sliced()
    }

    /// Whether its rows are those of several queries.
    pub fn is_combined(&self) -> bool {
        self.rows.is_combined()
    }

    /// Whether conditions and an order are all that was said of the rows.
    pub fn is_plain(&self) -> bool {
        let rows = &self.rows;
        let mut steps = rows.steps.iter();
        steps.all(|step| matches!(step, QueryStep::Filter(_)))
            && !(rows.is_distinct || rows.is_sliced() || rows.is_combined())
    }

    /// Whether equal rows are meant once.
    pub fn is_distinct(&self) -> bool {
        self.rows.is_distinct
    }

    /// The same rows, whose table has its own name in the statement: SQL of somebody's own may call it so.
    #[must_use]
    pub fn with_own_sql(mut self) -> Self {
        self.rows.has_own_sql = true;
        self
    }

    /// Puts in the place of every condition what `change` makes of it: see [`RowQuery::change_conditions`].
    pub(crate) fn change_conditions(
        &mut self,
        change: &mut dyn FnMut(&Condition) -> Option<Condition>,
    ) {
        self.rows.change_conditions(change);
        for query in self
            .prefetches
            .iter_mut()
            .flat_map(|prefetch| &mut prefetch.query)
        {
            query.change_conditions(change);
        }
    }

    /// Whether rows are read along in queries of their own.
    pub fn has_prefetches(&self) -> bool {
        !self.prefetches.is_empty()
    }

    /// The names of their own that rows read along are found under.
    pub fn names_read_along(&self) -> impl Iterator<Item = &str> {
        let prefetches = self.prefetches.iter();
        prefetches.filter_map(|prefetch| prefetch.to_attr.as_deref())
    }

    /// Which rows are meant, and what is computed of them.
    pub fn rows(&self) -> &RowQuery {
        &self.rows
    }

    /// Calls `visit` with every expression, those within others included.
    pub(super) fn visit_expressions(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        self.rows.visit_expressions(visit);
        for prefetch in &mut self.prefetches {
            if let Some(query) = &mut prefetch.query {
                query.visit_expressions(visit);
            }
        }
    }
}
