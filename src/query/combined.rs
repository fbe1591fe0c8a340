//! Rows of several queries as those of one (`SQLCompiler.get_combinator_sql`).

use crate::db::sql::{OrderBy, SelectStatement, SetOperator, SqlExpression};
use crate::models::expression::{
    CombinedQueries, Expression, OrderTerm, QueryStep, RowQuery, SetOperation,
};
use crate::models::{Model, ModelRef, ModelSet as _, ReferenceError};
use crate::query::QueryError;
use crate::query::compiler::{JoinScope, QueryCompiler};
use crate::query::selection::named;

/// What the combined rows are called in the statement.
const COMBINED: &str = "combined";

/// A column of a query, and what it is called.
#[derive(Clone, Debug)]
pub(super) struct SelectedColumnSql {
    pub(super) name: String,
    pub(super) sql: SqlExpression,
}

/// Says what a query selects, once its calls were taken.
pub(super) type ColumnChoice<'c, 'r> =
    &'c mut dyn FnMut(&mut QueryCompiler<'r>) -> Result<Vec<SelectedColumnSql>, QueryError>;

impl<'r> QueryCompiler<'r> {
    /// The statement of `query`, which selects what `columns` says.
    pub(super) fn rows(
        &mut self,
        query: &RowQuery,
        columns: ColumnChoice<'_, 'r>,
    ) -> Result<SelectStatement, QueryError> {
        let Some(combined) = &query.combined else {
            self.take_steps(query)?;
            let columns = columns(self)?.into_iter().map(|column| column.sql);
            return self.select(query, columns.collect());
        };
        if let Some(refused) = query.refused {
            let (call, after) = (refused.call, refused.after);
            return Err(QueryError::RefusedCall { call, after });
        }
        let joined = self.joined(query, combined, columns)?;
        let mut outer = SelectStatement::from_query(joined.statement, COMBINED);
        outer.columns = (0..joined.selected).map(column).collect();
        outer.order_by = order(query, &joined.names, self.model)?;
        outer.limit = query.limit;
        outer.offset = self.offset(query);
        Ok(outer)
    }

    /// The statements of the queries in one, and what their columns are called.
    fn joined(
        &mut self,
        query: &RowQuery,
        combined: &CombinedQueries,
        columns: ColumnChoice<'_, 'r>,
    ) -> Result<JoinedQueries, QueryError> {
        let (mut found, mut names): (Option<SelectStatement>, _) = (None, Vec::new());
        let mut width = 0;
        // What `values` selects cannot be added to.
        let takes_more = !combined.queries.iter().any(RowQuery::has_values);
        let own_model = self.model;
        for part in &combined.queries {
            let part = with_values(part, query);
            let unknown = || ReferenceError::UnknownModel(ModelRef::Named(part.model.clone()));
            let model = self.registry.find(&part.model).ok_or_else(unknown)?;
            let mut inner = QueryCompiler::new(self.registry, model, self.joins.depth());
            inner.is_dry = self.is_dry;
            inner.outer = self.outer.take();
            let mut found_names = Vec::new();
            let statement = inner.rows(&part, &mut |compiler| {
                let mut selected = columns(compiler)?;
                width = selected.len();
                if takes_more {
                    add_order(compiler, query, own_model, &mut selected)?;
                }
                found_names = selected.iter().map(|column| column.name.clone()).collect();
                Ok(selected)
            });
            self.outer = inner.outer.take();
            self.outer_values.append(&mut inner.outer_values);
            self.looks_beyond |= inner.looks_beyond;
            let statement = alone(statement?, found_names.len());
            match &mut found {
                None => {
                    names = found_names;
                    let columns = named(statement.columns);
                    found = Some(SelectStatement {
                        columns,
                        ..statement
                    });
                }
                Some(first) => first
                    .combined
                    .push((operator(combined.operation), statement)),
            }
        }
        Ok(JoinedQueries {
            statement: found.unwrap_or_default(),
            names,
            selected: width,
        })
    }
}

/// Several queries in one statement.
struct JoinedQueries {
    statement: SelectStatement,
    /// What its columns are called.
    names: Vec<String>,
    /// How many of them are selected; the others are for the order.
    selected: usize,
}

/// Adds what the combined rows are ordered by and is not selected.
fn add_order(
    compiler: &mut QueryCompiler<'_>,
    query: &RowQuery,
    model: &Model,
    selected: &mut Vec<SelectedColumnSql>,
) -> Result<(), QueryError> {
    for term in query.order.iter().flatten() {
        let OrderTerm::Path(path) = term else {
            continue;
        };
        let path = path.strip_prefix('-').unwrap_or(path);
        let names: Vec<_> = selected.iter().map(|column| column.name.clone()).collect();
        if place(path, &names, model).is_none() {
            selected.push(SelectedColumnSql {
                name: path.to_owned(),
                sql: compiler.named_value(path, &mut JoinScope::open())?.sql,
            });
        }
    }
    Ok(())
}

/// `part` with what `values` says of all of them, unless it says so itself.
fn with_values(part: &RowQuery, query: &RowQuery) -> RowQuery {
    let mut part = part.clone();
    if !part.has_values() {
        let values = query.steps.iter().rev();
        let mut values = values.filter(|step| matches!(step, QueryStep::Values(_)));
        part.steps.extend(values.next().cloned());
    }
    part
}

/// A statement that can stand beside others: one with an order, a part or others of its own stands within.
fn alone(statement: SelectStatement, width: usize) -> SelectStatement {
    let is_sliced = statement.limit.is_some() || statement.offset.is_some();
    if !is_sliced && statement.combined.is_empty() {
        return SelectStatement {
            order_by: Vec::new(),
            ..statement
        };
    }
    let columns = named(statement.columns);
    let inner = SelectStatement {
        columns,
        ..statement
    };
    let mut outer = SelectStatement::from_query(inner, COMBINED);
    outer.columns = (0..width).map(column).collect();
    outer
}

fn operator(operation: SetOperation) -> SetOperator {
    match operation {
        SetOperation::Union => SetOperator::Union,
        SetOperation::UnionAll => SetOperator::UnionAll,
        SetOperation::Intersection => SetOperator::Intersect,
        SetOperation::Difference => SetOperator::Except,
    }
}

fn column(place: usize) -> SqlExpression {
    SqlExpression::column_of(COMBINED, &format!("c{place}"))
}

/// The order of combined rows, by what is selected of them.
fn order(query: &RowQuery, names: &[String], model: &Model) -> Result<Vec<OrderBy>, QueryError> {
    let mut found = Vec::new();
    for term in query.order.iter().flatten() {
        let (path, descending, nulls_first) = match term {
            OrderTerm::Path(path) => match path.strip_prefix('-') {
                Some(path) => (path, true, None),
                None => (path.as_str(), false, None),
            },
            OrderTerm::Expression {
                expression: Expression::F(path),
                descending,
                nulls_first,
            } => (path.as_str(), *descending, *nulls_first),
            OrderTerm::Expression { .. } => {
                return Err(QueryError::UnselectedOrder("an expression".to_owned()));
            }
        };
        let place = place(path, names, model);
        let place = place.ok_or_else(|| QueryError::UnselectedOrder(path.to_owned()))?;
        found.push(OrderBy {
            expression: column(place),
            descending: descending != query.is_reversed,
            nulls_first: nulls_first.map(|first| first != query.is_reversed),
        });
    }
    Ok(found)
}

fn place(path: &str, names: &[String], model: &Model) -> Option<usize> {
    let at = |name: &str| names.iter().position(|known| known == name);
    let by_field = || {
        let field = match path {
            "pk" => model.primary_key(),
            _ => model.field(path),
        }?;
        at(&field.attname())
            .or_else(|| at(&field.name))
            .or_else(|| at("pk").filter(|_| field.primary_key))
    };
    at(path).or_else(by_field)
}

/// The columns of `values` and of annotations.
pub(super) fn value_columns(compiler: &QueryCompiler<'_>) -> Vec<SelectedColumnSql> {
    let selected = compiler.selected().into_iter();
    selected
        .map(|selected| SelectedColumnSql {
            name: selected.name,
            sql: selected.value.sql,
        })
        .collect()
}
