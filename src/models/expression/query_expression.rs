//! What only a query can compute: aggregates, parts of dates, values of other queries.

use crate::models::Field;
use crate::models::expression::{AggregateFunction, DateComponent};
use crate::models::expression::{Condition, Expression, OrderTerm, RowQuery};

/// An expression that no schema holds.
#[derive(Clone, Debug, PartialEq)]
pub enum QueryExpression {
    /// A function of the rows of a group.
    Aggregate(AggregateExpression),
    /// A value of which the field says the kind (`ExpressionWrapper`, and `output_field` of all others).
    Typed(Expression, Box<Field>),
    /// A part of a date, a time or a moment.
    Extract {
        /// Of what.
        of: Expression,
        /// Which part.
        part: DateComponent,
        /// The name of the zone in which a moment is looked at; that of the project if not given.
        zone: Option<String>,
    },
    /// The beginning of the year, the month and so on that a date, a time or a moment is in.
    Truncate {
        /// Of what.
        of: Expression,
        /// The beginning of what.
        part: DateComponent,
        /// The name of the zone in which a moment is looked at; that of the project if not given.
        zone: Option<String>,
        /// What the result is, if not what the value is.
        output_field: Option<Box<Field>>,
    },
    /// An object of JSON.
    JsonObject(Vec<(String, Expression)>),
    /// What is at a path of a JSON document, as text (`KT`).
    KeyText(String),
    /// What a query around this one says of its row.
    OuterRef {
        /// The path from its model.
        path: String,
        /// How many queries lie between: 1 is the next one.
        levels: usize,
    },
    /// The value that a query selects.
    Subquery(RowQuery),
    /// Whether a query finds a row.
    Exists(RowQuery),
    /// A function of the rows around this one.
    Window(WindowExpression),
    /// SQL of one's own.
    Template(SqlTemplate),
    /// No value: under the name of the annotation the rows of a relation are joined for which a condition holds.
    FilteredRelation {
        /// The path of the relation.
        relation: String,
        /// Which of its rows are meant.
        condition: Condition,
    },
}

/// SQL of one's own around other expressions: `RawSQL`, and functions and lookups that Django does not have.
#[derive(Clone, Debug, PartialEq)]
pub struct SqlTemplate {
    /// The SQL before the first of the expressions, between them and behind the last.
    pub texts: Vec<String>,
    /// The expressions.
    pub parts: Vec<Expression>,
    /// What its value is.
    pub kind: TemplateKind,
}

/// What the value of SQL of one's own is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TemplateKind {
    /// What its parts are, if nothing else is said.
    Function,
    /// The same, of the rows of a group.
    Aggregate,
    /// True or false.
    Condition,
    /// What the database holds, if nothing else is said.
    Stored,
}

/// A function of the rows of a group, by Django's names.
#[derive(Clone, Debug, PartialEq)]
pub struct AggregateExpression {
    /// Which.
    pub function: AggregateFunction,
    /// Of what; `None` counts rows.
    pub of: Option<Expression>,
    /// Whether the same value counts once.
    pub distinct: bool,
    /// Which rows count.
    pub filter: Option<Condition>,
    /// The value where no row counts.
    pub default: Option<Expression>,
}

/// A function of the rows around a row (`Window`).
#[derive(Clone, Debug, PartialEq)]
pub struct WindowExpression {
    /// Of which function.
    pub function: WindowedFunction,
    /// The rows around are those that have these in common.
    pub partition_by: Vec<Expression>,
    /// Their order.
    pub order_by: Vec<OrderTerm>,
    /// Which of them count, if not those up to this row.
    pub frame: Option<WindowFrame>,
}

/// What is computed of the rows around a row.
#[derive(Clone, Debug, PartialEq)]
pub enum WindowedFunction {
    /// A function of windows alone, and its arguments.
    Function(WindowFunction, Vec<Expression>),
    /// An aggregate.
    Aggregate(AggregateExpression),
}

/// A function of windows, by Django's name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the variants are Django's functions")]
pub enum WindowFunction {
    CumeDist,
    DenseRank,
    FirstValue,
    Lag,
    LastValue,
    Lead,
    NthValue,
    Ntile,
    PercentRank,
    Rank,
    RowNumber,
}

impl WindowFunction {
    /// All of them, by name, with the fewest and the most arguments.
    pub const ALL: [(&'static str, Self, [usize; 2]); 11] = [
        ("CumeDist", Self::CumeDist, [0, 0]),
        ("DenseRank", Self::DenseRank, [0, 0]),
        ("FirstValue", Self::FirstValue, [1, 1]),
        ("Lag", Self::Lag, [1, 3]),
        ("LastValue", Self::LastValue, [1, 1]),
        ("Lead", Self::Lead, [1, 3]),
        ("NthValue", Self::NthValue, [1, 2]),
        ("Ntile", Self::Ntile, [0, 1]),
        ("PercentRank", Self::PercentRank, [0, 0]),
        ("Rank", Self::Rank, [0, 0]),
        ("RowNumber", Self::RowNumber, [0, 0]),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, function, _)| *function == self)
            .map_or("RowNumber", |(name, _, _)| name)
    }
}

/// Which rows around a row count: `RowRange` and `ValueRange`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct WindowFrame {
    /// Whether rows are counted; otherwise the values of the order are compared.
    pub counts_rows: bool,
    /// How far before the row it begins, as a number below 0; none for all.
    pub start: Option<i64>,
    /// How far behind the row it ends; none for all.
    pub end: Option<i64>,
}

impl Expression {
    /// `aggregate` of this.
    #[must_use]
    pub fn aggregate(self, function: AggregateFunction) -> Self {
        AggregateExpression {
            function,
            of: Some(self),
            distinct: false,
            filter: None,
            default: None,
        }
        .into()
    }

    /// How many rows there are: `Count("*")`.
    pub fn count_rows() -> Self {
        AggregateExpression {
            function: AggregateFunction::Count,
            of: None,
            distinct: false,
            filter: None,
            default: None,
        }
        .into()
    }

    /// The value that `query` selects.
    pub fn subquery(query: RowQuery) -> Self {
        QueryExpression::Subquery(query).into()
    }

    /// Whether `query` finds a row.
    pub fn exists(query: RowQuery) -> Self {
        QueryExpression::Exists(query).into()
    }

    /// What the query around this one says of its row at `path`.
    pub fn outer_ref(path: &str) -> Self {
        let path = path.to_owned();
        QueryExpression::OuterRef { path, levels: 1 }.into()
    }
}

impl From<QueryExpression> for Expression {
    fn from(expression: QueryExpression) -> Self {
        Self::Query(Box::new(expression))
    }
}

impl From<AggregateExpression> for Expression {
    fn from(aggregate: AggregateExpression) -> Self {
        QueryExpression::Aggregate(aggregate).into()
    }
}
