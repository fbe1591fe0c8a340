//! Expressions: what is selected, compared, computed and written.

use std::sync::Arc;

use crate::db::SqlValue;
use crate::db::sql::compiler::SqlNode;
use crate::db::sql::function::{Aggregate, DatePart, SqlCastType, SqlFunction, Temporal};
use crate::db::sql::lookup::SqlLookup;

/// An expression, as a tree.
#[derive(Clone, Debug)]
pub enum SqlExpression {
    /// A column of the only table, or of the one called `table`.
    Column {
        /// What the table is called in the statement.
        table: Option<String>,
        /// The column.
        name: String,
    },
    /// The value that an insertion would have written, where a row stands in its way.
    Excluded(String),
    /// A value.
    Value(SqlValue),
    /// A value that is given for each run.
    Given,
    /// The value of this number among those that are given for each run; beside a lookup of patterns, a pattern.
    Numbered(usize),
    /// A whole number that stands in the text of the statement.
    Integer(i64),
    /// `NULL`.
    Null,
    /// True or false.
    Boolean(bool),
    /// Whether all are true; without any, they are.
    All(Vec<Self>),
    /// Whether one is true; without any, none is.
    Any(Vec<Self>),
    /// Whether it is not true.
    Not(Box<Self>),
    /// A comparison.
    Compare(SqlLookup, Box<[Self; 2]>),
    /// Whether it is one of several.
    In(Box<Self>, Vec<Self>),
    /// Whether it is in the first column of a query.
    InQuery(Box<Self>, Arc<dyn SqlNode>),
    /// Whether the first is between the two others, these included.
    Range(Box<[Self; 3]>),
    /// Whether it is `NULL`, or is not.
    IsNull(Box<Self>, bool),
    /// A computation, such as `+`.
    Arithmetic(Arithmetic, Box<[Self; 2]>),
    /// A function.
    Function(SqlFunction, Vec<Self>),
    /// A part of a date.
    Extract(Box<SqlExtract>),
    /// As a value of another type.
    Cast(Box<Self>, SqlCastType),
    /// Text in the order of a collation.
    Collate(Box<Self>, String),
    /// A function of the rows of a group.
    Aggregate(Box<SqlAggregate>),
    /// The value beside the first condition that is true.
    Case {
        /// Conditions and values.
        when: Vec<(Self, Self)>,
        /// The value where none is true.
        otherwise: Option<Box<Self>>,
    },
    /// The value that a query selects.
    Subquery(SqlSubquery),
    /// Whether a query selects a row.
    Exists(SqlSubquery),
    /// A function of the rows around this one.
    Window(Box<SqlWindow>),
    /// SQL of somebody's own around other expressions.
    Template(Box<SqlOwn>),
    /// Under a name of its own, as a column of a query that another reads from.
    Named(Box<Self>, String),
}

/// SQL of somebody's own.
#[derive(Clone, Debug)]
pub struct SqlOwn {
    /// The SQL before the first of the parts, between them and behind the last.
    pub texts: Vec<String>,
    /// The parts.
    pub parts: Vec<SqlExpression>,
    /// Whether it is a function of the rows of a group.
    pub is_aggregate: bool,
}

/// A query within another.
#[derive(Clone, Debug)]
pub struct SqlSubquery {
    /// The query.
    pub query: Arc<dyn SqlNode>,
    /// What it says of the rows of the query around it.
    pub outer: Vec<SqlExpression>,
    /// Whether some of that is of rows of which there may be several for one of the query around it.
    pub is_of_many: bool,
}

/// A function of the rows around a row.
#[derive(Clone, Debug)]
pub struct SqlWindow {
    /// Of which function.
    pub function: SqlExpression,
    /// The rows around are those that have these in common.
    pub partition_by: Vec<SqlExpression>,
    /// Their order.
    pub order_by: Vec<OrderBy>,
    /// Which of them count.
    pub frame: Option<SqlFrame>,
}

/// Which rows around a row count.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SqlFrame {
    /// Whether rows are counted; otherwise the values of the order are compared.
    pub counts_rows: bool,
    /// How far from the row it begins; none for the first row of all.
    pub start: Option<i64>,
    /// How far from the row it ends; none for the last row of all.
    pub end: Option<i64>,
}

/// A function of the rows of a group.
#[derive(Clone, Debug)]
pub struct SqlAggregate {
    /// Which.
    pub function: Aggregate,
    /// Of what; `None` counts rows.
    pub of: Option<SqlExpression>,
    /// Whether the same value counts once.
    pub distinct: bool,
    /// Which rows count.
    pub filter: Option<SqlExpression>,
}

/// A part of a date.
#[derive(Clone, Debug)]
pub struct SqlExtract {
    /// Which.
    pub part: DatePart,
    /// What kind of value it is taken of.
    pub temporal: Temporal,
    /// Of what.
    pub of: SqlExpression,
    /// The time zone in which a moment is looked at.
    pub zone: String,
}

/// An order.
#[derive(Clone, Debug)]
pub struct OrderBy {
    /// By what.
    pub expression: SqlExpression,
    /// Whether the greatest is first.
    pub descending: bool,
    /// Whether `NULL` is first, or last; `None` leaves it to the database.
    pub nulls_first: Option<bool>,
}

impl OrderBy {
    /// The least first.
    pub fn ascending(expression: SqlExpression) -> Self {
        Self {
            expression,
            descending: false,
            nulls_first: None,
        }
    }

    /// The greatest first.
    pub fn descending(expression: SqlExpression) -> Self {
        Self {
            descending: true,
            ..Self::ascending(expression)
        }
    }
}

/// An operator between numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// The bits that both have.
    BitAnd,
    /// The bits that one has.
    BitOr,
    /// The bits moved to the greater.
    ShiftLeft,
    /// The bits moved to the less.
    ShiftRight,
}

impl SqlSubquery {
    /// `query`, which says `outer` of the rows of the query around it.
    pub fn new(query: impl SqlNode + 'static, outer: Vec<SqlExpression>) -> Self {
        Self {
            query: Arc::new(query),
            outer,
            is_of_many: false,
        }
    }
}

impl Arithmetic {
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Add => " + ",
            Self::Subtract => " - ",
            Self::Multiply => " * ",
            Self::Divide => " / ",
            Self::Modulo => " % ",
            Self::BitAnd => " & ",
            Self::BitOr => " | ",
            Self::ShiftLeft => " << ",
            Self::ShiftRight => " >> ",
        }
    }
}

impl SqlExpression {
    /// A column of the only table of a statement.
    pub fn column(name: &str) -> Self {
        Self::Column {
            table: None,
            name: name.into(),
        }
    }

    /// A column of the table that is called `table` in the statement.
    pub fn column_of(table: &str, name: &str) -> Self {
        Self::Column {
            table: Some(table.into()),
            name: name.into(),
        }
    }

    /// A value.
    pub fn value(value: impl Into<SqlValue>) -> Self {
        Self::Value(value.into())
    }

    /// A number of rows, which stands in the text of the statement.
    pub fn count(rows: u64) -> Self {
        Self::Integer(i64::try_from(rows).unwrap_or(i64::MAX))
    }

    /// How many rows there are.
    pub fn count_rows() -> Self {
        Self::Aggregate(Box::new(SqlAggregate {
            function: Aggregate::Count,
            of: None,
            distinct: false,
            filter: None,
        }))
    }

    /// A function of all rows of a group.
    pub fn aggregate(function: Aggregate, of: Self) -> Self {
        Self::Aggregate(Box::new(SqlAggregate {
            function,
            of: Some(of),
            distinct: false,
            filter: None,
        }))
    }

    /// Whether this is the same column as `other`.
    pub fn is_column(&self, other: &Self) -> bool {
        let names = |expression: &Self| match expression {
            Self::Column { table, name } => Some((table.clone(), name.clone())),
            _ => None,
        };
        names(self).is_some_and(|own| names(other) == Some(own))
    }

    /// The value that `query` selects.
    pub fn subquery(query: impl SqlNode + 'static) -> Self {
        Self::Subquery(SqlSubquery::new(query, Vec::new()))
    }

    /// Whether `query` selects a row.
    pub fn exists(query: impl SqlNode + 'static) -> Self {
        Self::Exists(SqlSubquery::new(query, Vec::new()))
    }

    /// This compared with `other`.
    #[must_use]
    pub fn compare(self, lookup: SqlLookup, other: Self) -> Self {
        Self::Compare(lookup, Box::new([self, other]))
    }

    /// Whether this is the same as `other`.
    #[must_use]
    pub fn equals(self, other: Self) -> Self {
        self.compare(SqlLookup::Exact, other)
    }

    /// Whether this is one of `values`.
    #[must_use]
    pub fn is_in(self, values: impl IntoIterator<Item = SqlValue>) -> Self {
        let values = values.into_iter().map(Self::Value);
        Self::In(Box::new(self), values.collect())
    }

    /// Whether this is in the first column of `query`.
    #[must_use]
    pub fn is_in_query(self, query: impl SqlNode + 'static) -> Self {
        Self::InQuery(Box::new(self), Arc::new(query))
    }

    /// Whether this is not true.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }
}
