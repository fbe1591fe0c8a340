//! What is computed of all rows together (`QuerySet.aggregate`).

use crate::db::sql::{SelectStatement, SqlAggregate, SqlExpression, SqlStatement as _};
use crate::db::{Connection, Row, SqlValue};
use crate::models::Field;
use crate::models::expression::{Expression, RowQuery};
use crate::query::compiler::{Grouping, JoinScope, QueryCompiler};
use crate::query::read_value::ValueReader;
use crate::query::selection::named;
use crate::query::typed_sql::TypedSql;
use crate::query::{Query, QueryError, QuerySet};
use crate::values::FieldValue;

/// What the rows are called that are put together.
const ROWS: &str = "rows";

/// An expression, and what its value is called.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedExpression {
    /// The name.
    pub name: String,
    /// The expression.
    pub expression: Expression,
}

impl QuerySet<'_> {
    /// What each of `expressions` is of all rows together, in their order.
    ///
    /// They are aggregates, or computed from some; what they name may be annotations, aggregates among them.
    pub fn aggregate(
        &self,
        connection: &Connection,
        expressions: &[NamedExpression],
    ) -> Result<Vec<FieldValue>, QueryError> {
        if expressions.is_empty() {
            return Ok(Vec::new());
        }
        let (statement, readers) = self.aggregated(expressions, false)?;
        let row = statement.first_row(connection)?;
        let values = row.map(Row::into_values).unwrap_or_default();
        let values = values.into_iter().chain(std::iter::repeat(SqlValue::Null));
        let read = values.zip(&readers);
        read.map(|(value, reader)| reader.read(&value)).collect()
    }

    /// Fails where an aggregate does not fit the rows, before it is asked for; a parameter fits anything.
    pub fn check_aggregates(&self, expressions: &[NamedExpression]) -> Result<(), QueryError> {
        self.aggregated(expressions, true).map(drop)
    }

    fn aggregated(
        &self,
        expressions: &[NamedExpression],
        is_dry: bool,
    ) -> Result<(SelectStatement, Vec<ValueReader>), QueryError> {
        let unordered = if self.query.is_sliced() {
            self.narrowed(|query| query)
        } else {
            self.narrowed(Query::without_order)
        };
        let rows = &unordered.query.rows;
        let mut found = Vec::new();
        if rows.combined.is_some() {
            return Err(QueryError::RefusedCall {
                call: "aggregate",
                after: "a set operation",
            });
        }
        let mut compiler = unordered.compiler();
        compiler.is_dry = is_dry;
        compiler.take_steps(rows)?;
        let is_within = rows.is_sliced()
            || rows.is_distinct
            || !matches!(compiler.grouping, Grouping::Ungrouped)
            || compiler.conditions.iter().any(SqlExpression::has_window)
            || compiler
                .selected()
                .iter()
                .any(|selected| selected.value.sql.has_window());
        compiler.is_summary = is_within;
        for NamedExpression { name, expression } in expressions {
            compiler.check_aliases(expression)?;
            let value = compiler.expression(expression, &mut JoinScope::open())?;
            if !value.sql.has_aggregate() {
                return Err(QueryError::NotAnAggregate(name.clone()));
            }
            found.push(value);
        }
        let readers = found.iter().map(ValueReader::new);
        let readers = readers.collect::<Result<_, _>>()?;
        let statement = if is_within {
            within(&mut compiler, rows, found)?
        } else {
            let columns = found.into_iter().map(|value| value.sql).collect();
            compiler.select(rows, columns)?
        };
        Ok((statement, readers))
    }
}

impl QueryCompiler<'_> {
    /// Fails where `expression`, which is one of all rows, names what is for conditions and orders alone.
    fn check_aliases(&self, expression: &Expression) -> Result<(), QueryError> {
        let mut alias = None;
        expression.clone().visit_expressions(&mut |part| {
            let annotations = self.annotations.iter();
            let mut aliases = annotations.filter(|annotation| !annotation.is_selected);
            if let Expression::F(name) = part
                && aliases.any(|annotation| annotation.name == *name)
            {
                alias.get_or_insert(name.clone());
            }
        });
        alias.map_or(Ok(()), |name| Err(QueryError::SelectedAlias(name)))
    }
}

/// The aggregates `values` of the rows that `rows` selects in a query within.
fn within(
    compiler: &mut QueryCompiler<'_>,
    rows: &RowQuery,
    values: Vec<TypedSql>,
) -> Result<SelectStatement, QueryError> {
    let mut columns = if rows.is_distinct {
        distinct_columns(compiler)
    } else {
        Vec::new()
    };
    let mut push = |sql: SqlExpression| {
        let mut column = |sql: SqlExpression| {
            columns.push(sql);
            SqlExpression::column_of(ROWS, &format!("c{}", columns.len() - 1))
        };
        if rows.is_distinct {
            columns_within(sql, &mut column)
        } else {
            column(sql)
        }
    };
    let mut outer = Vec::new();
    for value in values {
        outer.push(value.sql.map_aggregates(&mut |aggregate| match aggregate {
            SqlExpression::Aggregate(aggregate) => {
                SqlExpression::Aggregate(Box::new(SqlAggregate {
                    of: aggregate.of.map(&mut push),
                    filter: aggregate.filter.map(&mut push),
                    ..*aggregate
                }))
            }
            other => other,
        }));
    }
    if columns.is_empty() {
        columns.extend(compiler.keys()?);
    }
    let mut inner = compiler.select(rows, columns)?;
    inner.columns = named(inner.columns);
    let mut statement = SelectStatement::from_query(inner, ROWS);
    statement.columns = outer;
    Ok(statement)
}

/// `sql` with what `column` makes of the columns in it: rows are equal or not by these, and not by what is
/// computed of them.
fn columns_within(
    sql: SqlExpression,
    column: &mut dyn FnMut(SqlExpression) -> SqlExpression,
) -> SqlExpression {
    match sql {
        SqlExpression::Column { .. }
        | SqlExpression::Subquery(_)
        | SqlExpression::Exists(_)
        | SqlExpression::InQuery(..)
        | SqlExpression::Aggregate(_)
        | SqlExpression::Window(_) => column(sql),
        other => other.map_parts(&mut |part| columns_within(part, column)),
    }
}

/// What makes rows equal or not.
fn distinct_columns(compiler: &QueryCompiler<'_>) -> Vec<SqlExpression> {
    let selected = compiler.selected().into_iter();
    let selected = selected.map(|selected| selected.value.sql);
    if compiler.selection.is_some() {
        return selected.collect();
    }
    let own = compiler.model.columns().map(Field::column);
    let own = own.map(|name| compiler.joins.column(0, &name));
    own.chain(selected).collect()
}
