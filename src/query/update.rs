//! Rows changed by the database itself (`QuerySet.update`).

use crate::db::Connection;
use crate::db::sql::{SqlExpression, SqlStatement as _, UpdateStatement};
use crate::models::expression::Expression;
use crate::models::{Literal, ModelSet as _};
use crate::query::compiler::{Grouping, JoinScope};
use crate::query::operand_value::literal_column;
use crate::query::{Query, QueryError, QuerySet};

/// A field, and what the database computes for it.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldUpdate {
    /// The name of the field.
    pub field: String,
    /// A value, or what is computed from the row.
    pub value: Expression,
}

impl FieldUpdate {
    /// `field` becomes `value`.
    pub fn new(field: impl Into<String>, value: Expression) -> Self {
        Self {
            field: field.into(),
            value,
        }
    }
}

impl QuerySet<'_> {
    /// Writes `updates` into all rows; returns how many there are.
    ///
    /// Fields that a save would set to the current moment stay as they are. Fails where a part of the rows was
    /// taken, where a name is not of a field with a column, and where a value needs rows of other tables.
    pub fn update(
        &self,
        connection: &Connection,
        updates: &[FieldUpdate],
    ) -> Result<usize, QueryError> {
        self.refuse_part("update")?;
        let mut assigned = Vec::new();
        let mut compiler = self.compiler();
        compiler.take_annotations(&self.query.rows)?;
        for update in updates {
            let field = self.column_field(&update.field)?;
            // The database computes it anyway.
            if field.generated().is_some() {
                continue;
            }
            let value = match &update.value {
                Expression::Value(Literal::Null) => SqlExpression::Null,
                Expression::Value(literal) => {
                    let kind = self.registry().value_kind(field)?;
                    let value = literal_column(kind, literal, self.registry().time_zone());
                    SqlExpression::Value(value.ok_or_else(|| QueryError::WrongValue {
                        path: update.field.clone(),
                        value: format!("{literal:?}"),
                        kind: Some(kind.class_name()),
                    })?)
                }
                expression => {
                    let value = compiler.expression(expression, &mut JoinScope::open())?;
                    value.known_kind()?;
                    value.sql
                }
            };
            let is_of_row = compiler.joins.are_own_columns(&value);
            if !is_of_row || value.has_aggregate() || value.has_window() {
                return Err(QueryError::JoinedUpdate(update.field.clone()));
            }
            assigned.push((field.column(), value));
        }
        if assigned.is_empty() {
            return Ok(0);
        }
        let (alias, condition) = self.rows_condition()?;
        let mut statement = UpdateStatement::with_alias(self.model().db_table(), alias);
        for (column, value) in assigned {
            statement = statement.set(column, value);
        }
        if let Some(condition) = condition {
            statement = statement.filter(condition);
        }
        Ok(statement.execute(connection)?)
    }

    /// The condition that a row of the table itself is one of the rows, and what the table is called in it.
    ///
    /// Where that asks for other tables, the rows are found by their keys.
    pub(super) fn rows_condition(&self) -> Result<(String, Option<SqlExpression>), QueryError> {
        let unordered = self.narrowed(Query::without_order);
        let rows = &unordered.query.rows;
        let mut compiler = self.compiler();
        compiler.take_steps(rows)?;
        let alias = compiler.joins.alias(0);
        let is_of_groups = !matches!(compiler.grouping, Grouping::Ungrouped);
        let has_window = compiler.conditions.iter().any(SqlExpression::has_window);
        if compiler.joins.joins().is_empty() && !is_of_groups && !has_window {
            return Ok((alias, compiler.split_conditions().rows));
        }
        let key = compiler.key()?;
        let rows = compiler.select(rows, vec![key.clone()])?;
        Ok((alias, Some(key.is_in_query(rows))))
    }

    /// Fails where a part of the rows was taken, or where they are those of several queries.
    pub(super) fn refuse_part(&self, call: &'static str) -> Result<(), QueryError> {
        let after = if self.query.is_sliced() {
            "a slice"
        } else if self.query.rows.combined.is_some() {
            "a set operation"
        } else {
            return Ok(());
        };
        Err(QueryError::RefusedCall { call, after })
    }
}
