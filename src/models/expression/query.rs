//! Which rows are meant, as plain data: conditions, annotations, an order and a part of it.

use crate::models::expression::{Condition, Expression};
use crate::models::{Model, ModelKey};

/// Rows of a model, described, and what is computed of them: a query without how its rows are read.
///
/// It may hold an [`Expression::Parameter`] in place of a value; `bind` of a query gives the values.
#[derive(Clone, Debug, PartialEq)]
pub struct RowQuery {
    pub(crate) model: ModelKey,
    /// What was asked of the rows, in the order of the calls, which matters as it does in Django.
    pub(crate) steps: Vec<QueryStep>,
    /// The terms of the order; those of the model where none were given.
    pub(crate) order: Option<Vec<OrderTerm>>,
    pub(crate) is_reversed: bool,
    pub(crate) is_distinct: bool,
    pub(crate) offset: u64,
    pub(crate) limit: Option<u64>,
    /// The queries whose rows these are, instead of those of the model.
    pub(crate) combined: Option<CombinedQueries>,
    /// The first call that makes no sense after those before.
    pub(crate) refused: Option<RefusedCall>,
    /// Whether the last condition and that of the next call are about the same related rows.
    pub(crate) is_sticky: bool,
    /// Whether SQL of somebody's own calls the table of the model by its name.
    pub(crate) has_own_sql: bool,
}

/// One call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum QueryStep {
    /// `filter`, or `exclude` as a negation.
    Filter(Condition),
    /// `annotate`; or `alias`, whose values are not selected.
    Annotate {
        name: String,
        expression: Expression,
        is_selected: bool,
    },
    /// `values` of these paths; of all fields where there are none.
    Values(Vec<String>),
}

/// Whether an annotation may be called `name`: it becomes the name of a column of a statement.
pub(crate) fn is_annotation_name(name: &str) -> bool {
    let is_wrong =
        |letter: char| letter.is_whitespace() || letter.is_control() || "\"'`#;[]".contains(letter);
    let comments = ["--", "/*", "*/"];
    !name.contains(is_wrong) && !comments.iter().any(|comment| name.contains(comment))
}

/// A term of an order.
#[derive(Clone, Debug, PartialEq)]
pub enum OrderTerm {
    /// A path, `-` before one that runs from the greatest; `?` for any order.
    Path(String),
    /// By the values of an expression.
    Expression {
        /// By what.
        expression: Expression,
        /// Whether the greatest is first.
        descending: bool,
        /// Whether rows without a value are first, or last; `None` leaves it to the database.
        nulls_first: Option<bool>,
    },
}

impl OrderTerm {
    /// The opposite order.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Path(path) => Self::Path(match path.strip_prefix('-') {
                Some(path) => path.to_owned(),
                None if path == "?" => path,
                None => format!("-{path}"),
            }),
            Self::Expression {
                expression,
                descending,
                nulls_first,
            } => Self::Expression {
                expression,
                descending: !descending,
                nulls_first: nulls_first.map(|first| !first),
            },
        }
    }
}

impl From<String> for OrderTerm {
    fn from(path: String) -> Self {
        Self::Path(path)
    }
}

impl From<&String> for OrderTerm {
    fn from(path: &String) -> Self {
        Self::Path(path.clone())
    }
}

impl From<&str> for OrderTerm {
    fn from(path: &str) -> Self {
        Self::Path(path.to_owned())
    }
}

/// The queries that a set operation joins.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CombinedQueries {
    pub(crate) operation: SetOperation,
    pub(crate) queries: Vec<RowQuery>,
}

/// How the rows of several queries become those of one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SetOperation {
    /// All rows, equal ones once.
    Union,
    /// All rows, equal ones as often as they are there.
    UnionAll,
    /// The rows that all of them have.
    Intersection,
    /// The rows of the first that no other has.
    Difference,
}

/// A call that makes no sense after another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RefusedCall {
    /// The call.
    pub call: &'static str,
    /// What came before.
    pub after: &'static str,
}

impl RowQuery {
    /// All rows of the model of this key.
    pub fn new(model: ModelKey) -> Self {
        Self {
            model,
            steps: Vec::new(),
            order: None,
            is_reversed: false,
            is_distinct: false,
            offset: 0,
            limit: None,
            combined: None,
            refused: None,
            is_sticky: false,
            has_own_sql: false,
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

    /// Whether only a part of the rows is meant, by their places.
    pub fn is_sliced(&self) -> bool {
        self.offset > 0 || self.limit.is_some()
    }

    /// Whether `values` says what is selected, of this query or of those that it combines.
    pub fn has_values(&self) -> bool {
        let mut steps = self.steps.iter();
        let combined = self.combined.as_ref();
        let first = combined.and_then(|combined| combined.queries.first());
        steps.any(|step| matches!(step, QueryStep::Values(_)))
            || first.is_some_and(Self::has_values)
    }

    /// Those of the rows for which `condition` holds; what it says of related rows holds for one of them.
    #[must_use]
    pub fn filter(self, condition: Condition) -> Self {
        let is_sticky = self.is_sticky;
        let mut query = self.unsliced("filter").uncombined("filter");
        match query.steps.last_mut() {
            Some(QueryStep::Filter(before)) if is_sticky => {
                let first = std::mem::replace(before, Condition::All(Vec::new()));
                *before = Condition::All(vec![first, condition]);
            }
            _ => query.steps.push(QueryStep::Filter(condition)),
        }
        query
    }

    /// Those of the rows for which `condition` holds; what the next call of `filter` says of related rows is about
    /// the same of them (`QuerySet._next_is_sticky`).
    #[must_use]
    pub(crate) fn filter_with_next(self, condition: Condition) -> Self {
        Self {
            is_sticky: true,
            ..self.filter(condition)
        }
    }

    /// Those of the rows for which `condition` holds, which is about the same related rows as the first condition.
    #[must_use]
    pub(crate) fn filter_with_first(self, condition: Condition) -> Self {
        let mut query = self.unsliced("filter").uncombined("filter");
        if let Some(QueryStep::Filter(first)) = query.steps.first_mut() {
            let own = std::mem::replace(first, Condition::All(Vec::new()));
            *first = Condition::All(vec![condition, own]);
        } else {
            query.steps.insert(0, QueryStep::Filter(condition));
        }
        query
    }

    /// The same rows; what the next call of `filter` says of related rows is about any of them.
    #[must_use]
    pub(crate) fn restarted(self) -> Self {
        Self {
            is_sticky: false,
            ..self
        }
    }

    /// Those of the rows for which `condition` does not hold.
    #[must_use]
    pub fn exclude(self, condition: Condition) -> Self {
        self.filter(Condition::Not(Box::new(condition)))
    }

    /// The rows with a value of their own, called `name`, which is selected, too.
    ///
    /// An [aggregate](Expression::aggregate) makes groups: of the row itself, or of what `values` selected
    /// before.
    #[must_use]
    pub fn annotate(self, name: impl Into<String>, expression: Expression) -> Self {
        let mut query = self.uncombined("annotate");
        query.steps.push(QueryStep::Annotate {
            name: name.into(),
            expression,
            is_selected: true,
        });
        query
    }

    /// The rows with a value that conditions and orders can name, and that is not selected.
    #[must_use]
    pub fn alias(self, name: impl Into<String>, expression: Expression) -> Self {
        let mut query = self.uncombined("alias");
        query.steps.push(QueryStep::Annotate {
            name: name.into(),
            expression,
            is_selected: false,
        });
        query
    }

    /// What is selected: the values at these paths, or those of all fields where there are none.
    #[must_use]
    pub fn values<P: Into<String>>(mut self, paths: impl IntoIterator<Item = P>) -> Self {
        let paths = paths.into_iter().map(Into::into).collect();
        self.is_sticky = false;
        self.steps.push(QueryStep::Values(paths));
        self
    }

    /// The rows in another order: paths, `-` before one that runs from the greatest, `?` for any.
    #[must_use]
    pub fn order_by<T: Into<OrderTerm>>(self, terms: impl IntoIterator<Item = T>) -> Self {
        let mut query = self.unsliced("order_by");
        query.order = Some(terms.into_iter().map(Into::into).collect());
        query
    }

    /// The rows in the opposite order.
    #[must_use]
    pub fn reverse(self) -> Self {
        let mut query = self.unsliced("reverse");
        query.is_reversed = !query.is_reversed;
        query
    }

    /// Rows that are equal in all that is selected once.
    #[must_use]
    pub fn distinct(self) -> Self {
        let mut query = self.unsliced("distinct").uncombined("distinct");
        query.is_distinct = true;
        query
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

    /// The rows of this query and of others, as `operation` says; order and slices come after it.
    #[must_use]
    pub fn combine(self, operation: SetOperation, others: impl IntoIterator<Item = Self>) -> Self {
        let model = self.model.clone();
        let queries: Vec<_> = std::iter::once(self).chain(others).collect();
        let refused = queries.iter().find_map(|query| query.refused);
        Self {
            combined: Some(CombinedQueries { operation, queries }),
            refused,
            ..Self::new(model)
        }
    }

    /// Whether its rows are those of several queries.
    pub(crate) fn is_combined(&self) -> bool {
        self.combined.is_some()
    }

    /// The names that its calls can use, whichever part of its rows was taken.
    #[must_use]
    pub(crate) fn names_only(&self) -> Self {
        Self {
            order: Some(Vec::new()),
            offset: 0,
            limit: None,
            refused: None,
            ..self.clone()
        }
    }

    fn unsliced(self, call: &'static str) -> Self {
        let is_sliced = self.is_sliced();
        self.refused_where(is_sliced, call, "a slice")
    }

    fn uncombined(self, call: &'static str) -> Self {
        let is_combined = self.combined.is_some();
        self.refused_where(is_combined, call, "a set operation")
    }

    fn refused_where(mut self, is_wrong: bool, call: &'static str, after: &'static str) -> Self {
        self.is_sticky = false;
        if is_wrong && self.refused.is_none() {
            self.refused = Some(RefusedCall { call, after });
        }
        self
    }
}
