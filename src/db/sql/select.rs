//! `SELECT`.

use std::sync::Arc;

use crate::db::sql::compiler::{SqlCompiler, SqlNode};
use crate::db::sql::expression::{OrderBy, SqlExpression};
use crate::db::sql::statement::SqlStatement;

/// A query.
#[derive(Clone, Debug, Default)]
pub struct SelectStatement {
    /// Whether equal rows count once.
    pub distinct: bool,
    /// What is selected.
    pub columns: Vec<SqlExpression>,
    /// The first table; without one, a single row is selected.
    pub from: Option<TableSource>,
    /// The tables joined to it.
    pub joins: Vec<Join>,
    /// Which rows.
    pub filter: Option<SqlExpression>,
    /// By what rows make groups.
    pub group_by: Vec<SqlExpression>,
    /// Which groups.
    pub having: Option<SqlExpression>,
    /// Queries whose rows are joined to those of this one.
    pub combined: Vec<(SetOperator, Self)>,
    /// In which order.
    pub order_by: Vec<OrderBy>,
    /// How many rows at most.
    pub limit: Option<u64>,
    /// How many rows are left out first.
    pub offset: Option<SqlExpression>,
}

/// Where rows come from, and what that is called in the statement.
#[derive(Clone, Debug)]
pub struct TableSource {
    rows: RowSource,
    alias: Option<String>,
}

/// Where rows come from.
#[derive(Clone, Debug)]
enum RowSource {
    Table(String),
    Query(Arc<dyn SqlNode>),
}

/// A joined table.
#[derive(Clone, Debug)]
pub struct Join {
    /// Whether rows without a match stay.
    pub kind: JoinKind,
    /// The table.
    pub source: TableSource,
    /// Which rows match.
    pub on: SqlExpression,
}

/// Whether rows without a match stay.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum JoinKind {
    /// They do not.
    Inner,
    /// They stay, with `NULL` in place of the match.
    LeftOuter,
}

/// How the rows of two queries become those of one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SetOperator {
    /// All rows, equal ones once.
    Union,
    /// All rows.
    UnionAll,
    /// The rows of both.
    Intersect,
    /// The rows that the second does not have.
    Except,
}

impl TableSource {
    /// A table by its own name.
    pub fn new(table: impl Into<String>) -> Self {
        Self {
            rows: RowSource::Table(table.into()),
            alias: None,
        }
    }

    /// A table that is called `alias` in the statement.
    pub fn with_alias(table: impl Into<String>, alias: impl Into<String>) -> Self {
        Self {
            rows: RowSource::Table(table.into()),
            alias: Some(alias.into()),
        }
    }

    /// The rows of a query, which is called `alias` in the statement.
    pub fn query(query: impl SqlNode + 'static, alias: impl Into<String>) -> Self {
        Self {
            rows: RowSource::Query(Arc::new(query)),
            alias: Some(alias.into()),
        }
    }
}

impl SelectStatement {
    /// A query of the rows of `table`.
    pub fn from(table: impl Into<String>) -> Self {
        Self {
            from: Some(TableSource::new(table)),
            ..Self::default()
        }
    }

    /// A query of the rows of `table`, which is called `alias` in it.
    pub fn from_alias(table: impl Into<String>, alias: impl Into<String>) -> Self {
        Self {
            from: Some(TableSource::with_alias(table, alias)),
            ..Self::default()
        }
    }

    /// A query of the rows of another, which is called `alias` in it.
    pub fn from_query(query: Self, alias: impl Into<String>) -> Self {
        Self {
            from: Some(TableSource::query(query, alias)),
            ..Self::default()
        }
    }

    /// Selects an expression, too.
    #[must_use]
    pub fn select(mut self, expression: SqlExpression) -> Self {
        self.columns.push(expression);
        self
    }

    /// Selects columns of the only table, too.
    #[must_use]
    pub fn columns<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        let columns = names.into_iter().map(|name| SqlExpression::Column {
            table: None,
            name: name.into(),
        });
        self.columns.extend(columns);
        self
    }

    /// Joins the rows of `table`, called `alias`, that match.
    #[must_use]
    pub fn join(
        mut self,
        table: impl Into<String>,
        alias: impl Into<String>,
        on: SqlExpression,
    ) -> Self {
        self.joins.push(Join {
            kind: JoinKind::Inner,
            source: TableSource::with_alias(table, alias),
            on,
        });
        self
    }

    /// Keeps the rows for which `condition` is true, too.
    #[must_use]
    pub fn filter(mut self, condition: SqlExpression) -> Self {
        self.filter = Some(and(self.filter, condition));
        self
    }

    /// Orders by an expression, after those before.
    #[must_use]
    pub fn order_by(mut self, order: OrderBy) -> Self {
        self.order_by.push(order);
        self
    }

    /// Selects so many rows at most.
    #[must_use]
    pub fn limit(mut self, limit: u64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Adds the rows of `other`, equal ones as often as they are there.
    #[must_use]
    pub fn union_all(mut self, other: Self) -> Self {
        self.combined.push((SetOperator::UnionAll, other));
        self
    }
}

/// Both conditions, where there is a first.
pub(super) fn and(first: Option<SqlExpression>, second: SqlExpression) -> SqlExpression {
    match first {
        None => second,
        Some(SqlExpression::All(mut all)) => {
            all.push(second);
            SqlExpression::All(all)
        }
        Some(first) => SqlExpression::All(vec![first, second]),
    }
}

impl SqlNode for SelectStatement {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        compiler.push(if self.distinct {
            "SELECT DISTINCT "
        } else {
            "SELECT "
        });
        compiler.list(&self.columns);
        compiler.clause(" FROM ", self.from.as_ref());
        for join in &self.joins {
            join.write(compiler);
        }
        compiler.clause(" WHERE ", self.filter.as_ref());
        write_list(compiler, " GROUP BY ", &self.group_by);
        compiler.clause(" HAVING ", self.having.as_ref());
        for (operator, other) in &self.combined {
            compiler.push(match operator {
                SetOperator::Union => " UNION ",
                SetOperator::UnionAll => " UNION ALL ",
                SetOperator::Intersect => " INTERSECT ",
                SetOperator::Except => " EXCEPT ",
            });
            other.write(compiler);
        }
        write_list(compiler, " ORDER BY ", &self.order_by);
        let limit = self.limit.map(SqlExpression::count);
        // An offset alone is not accepted by every database.
        let all = SqlExpression::Integer(i64::MAX);
        let all = self.offset.as_ref().map(|_| &all);
        compiler.clause(" LIMIT ", limit.as_ref().or(all));
        compiler.clause(" OFFSET ", self.offset.as_ref());
    }
}

impl SqlStatement for SelectStatement {}

fn write_list<N: SqlNode>(compiler: &mut SqlCompiler<'_>, keyword: &str, nodes: &[N]) {
    if !nodes.is_empty() {
        compiler.push(keyword);
        compiler.list(nodes);
    }
}

impl SqlNode for TableSource {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        match &self.rows {
            RowSource::Table(table) => compiler.name(table),
            RowSource::Query(query) => compiler.parenthesized(&**query),
        }
        if let Some(alias) = &self.alias {
            compiler.push(" ");
            compiler.name(alias);
        }
    }
}

impl SqlNode for Join {
    fn write(&self, compiler: &mut SqlCompiler<'_>) {
        compiler.push(match self.kind {
            JoinKind::Inner => " INNER JOIN ",
            JoinKind::LeftOuter => " LEFT OUTER JOIN ",
        });
        self.source.write(compiler);
        compiler.clause(" ON ", Some(&self.on));
    }
}
