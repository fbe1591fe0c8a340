//! What a query selects, grouped, ordered and sliced (`SQLCompiler.as_sql`).

use crate::db::Sqlite;
use crate::db::sql::{OrderBy, SelectStatement, SqlCompiler, SqlExpression};
use crate::models::expression::{OrderTerm, RowQuery};
use crate::query::QueryError;
use crate::query::compiler::{Grouping, QueryCompiler, SelectedValue};

/// What a statement with a condition of windows is called in the one around it.
const WINDOWED: &str = "windowed";

impl QueryCompiler<'_> {
    /// The values of `values` and of annotations; the latter alone where rows of the model are selected.
    pub(super) fn selected(&self) -> Vec<SelectedValue> {
        if let Some(selection) = &self.selection {
            return selection.clone();
        }
        let annotations = self.annotations.iter().filter(|one| one.is_selected);
        annotations
            .map(|annotation| SelectedValue {
                name: annotation.name.clone(),
                value: annotation.value.clone(),
            })
            .collect()
    }

    /// The statement that selects `columns` of the rows that `query` means; its calls were taken before.
    pub(super) fn select(
        &mut self,
        query: &RowQuery,
        columns: Vec<SqlExpression>,
    ) -> Result<SelectStatement, QueryError> {
        let terms = query.order.clone();
        let has_own_order = terms.is_some();
        if terms.iter().flatten().any(OrderTerm::has_aggregate) {
            return Err(QueryError::AggregateOrder);
        }
        let terms = terms.unwrap_or_else(|| {
            let declared = self.model.options.ordering.iter();
            declared.map(Into::into).collect()
        });
        let mut order = self.order(&terms, query.is_reversed)?;
        let mut condition = self.split_conditions();
        let of_groups = condition.groups.iter().chain(&condition.windows);
        let ordered = if has_own_order { order.as_slice() } else { &[] };
        let group_by = self.group_by(ordered, &of_groups.collect::<Vec<_>>())?;
        if !has_own_order && !matches!(self.grouping, Grouping::Ungrouped) {
            order.clear();
        }
        let part = self.part.as_ref().map(|part| {
            let own = part.column.as_ref();
            let column = own.map(|name| self.joins.column(0, name));
            part.condition(column.or(self.beside.clone()), &order)
        });
        condition.windows.extend(part);
        let mut statement = self.statement(columns, condition.rows);
        statement.group_by = group_by;
        statement.having = condition.groups;
        if !condition.windows.is_empty() {
            let windows = SqlExpression::All(condition.windows);
            statement = within(statement, &mut order, windows);
        }
        statement.distinct = query.is_distinct;
        if query.is_distinct {
            select_order(&mut statement, &order);
        }
        statement.order_by = order;
        statement.limit = query.limit;
        statement.offset = self.offset(query);
        Ok(self.joined_late(statement))
    }

    /// By what rows are put together: what was said, what is selected, and what orders and conditions of groups
    /// name besides.
    fn group_by(
        &self,
        order: &[OrderBy],
        of_groups: &[&SqlExpression],
    ) -> Result<Vec<SqlExpression>, QueryError> {
        let mut found = match &self.grouping {
            Grouping::Ungrouped => return Ok(Vec::new()),
            Grouping::Rows => self.keys()?,
            Grouping::By(expressions) => expressions.clone(),
        };
        let selected = self.selected();
        let selected = selected.iter().map(|selected| &selected.value.sql);
        // What groups are made by is not looked into.
        let given = found.clone();
        let order = order.iter().map(|order| &order.expression);
        let shown = selected.chain(order);
        let shown = shown.filter(|sql| !given.iter().any(|before| is_same(before, sql)));
        let is_of_row = |column: &SqlExpression| {
            matches!(self.grouping, Grouping::Rows) && self.joins.is_own_column(column)
        };
        let shown = shown.map(shown_grouping);
        let conditions = of_groups.iter().copied();
        let conditions = conditions.map(SqlExpression::grouping);
        for parts in shown.chain(conditions) {
            for part in parts {
                if !is_of_row(part) && !found.iter().any(|before| is_same(before, part)) {
                    found.push(part.clone());
                }
            }
        }
        Ok(found)
    }
}

/// Whether both are written in the same way, with the same values.
fn is_same(left: &SqlExpression, right: &SqlExpression) -> bool {
    let written = |expression: &SqlExpression| SqlCompiler::compile(expression, &Sqlite);
    written(left) == written(right)
}

/// Equal rows count once by what they are ordered by, too, as in Django.
fn select_order(statement: &mut SelectStatement, order: &[OrderBy]) {
    for term in order {
        let mut columns = statement.columns.iter();
        if !columns.any(|column| is_same(column, &term.expression)) {
            statement.columns.push(term.expression.clone());
        }
    }
}

/// What groups have in common of which this is selected; a condition is selected as a whole.
fn shown_grouping(shown: &SqlExpression) -> Vec<&SqlExpression> {
    if shown.is_condition() && !shown.has_aggregate() && !shown.has_window() {
        return vec![shown];
    }
    shown.grouping()
}

/// A statement around `statement` that keeps the rows for which `windows` holds, which is computed within.
fn within(
    mut statement: SelectStatement,
    order: &mut [OrderBy],
    windows: SqlExpression,
) -> SelectStatement {
    let count = statement.columns.len();
    let mut inner = std::mem::take(&mut statement.columns);
    for term in order {
        let place = inner.len();
        inner.push(std::mem::replace(&mut term.expression, column(place)));
    }
    let condition = column(inner.len());
    inner.push(windows);
    statement.columns = named(inner);
    let mut around = SelectStatement::from_query(statement, WINDOWED).filter(condition);
    around.columns = (0..count).map(column).collect();
    around
}

fn column(place: usize) -> SqlExpression {
    SqlExpression::column_of(WINDOWED, &format!("c{place}"))
}

/// `columns` as `c0`, `c1` and so on.
pub(super) fn named(columns: Vec<SqlExpression>) -> Vec<SqlExpression> {
    let columns = columns.into_iter().enumerate();
    columns
        .map(|(place, column)| SqlExpression::Named(Box::new(column), format!("c{place}")))
        .collect()
}
