//! Rows of a model that meet conditions, in an order (`django.db.models.QuerySet`).

use crate::db::Connection;
use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::models::expression::Condition;
use crate::models::{Field, FieldKind, Model, Registry};
use crate::query::QueryError;
use crate::query::compiler::QueryCompiler;
use crate::query::field_path::FieldPath;
use crate::values::{self, FieldValue};

/// Rows of a model; nothing is read before a method asks the database.
#[derive(Clone, Debug)]
pub struct QuerySet<'r> {
    registry: &'r Registry,
    model: &'r Model,
    zone: &'r str,
    /// One condition for each call of `filter` or `exclude`.
    filters: Vec<Condition>,
    /// The terms of the order; those of the model where none were given.
    order: Option<Vec<String>>,
    is_reversed: bool,
    is_distinct: bool,
    offset: u64,
    limit: Option<u64>,
}

impl<'r> QuerySet<'r> {
    /// All rows of `model`; moments are looked at in the time zone called `zone`.
    pub fn new(registry: &'r Registry, model: &'r Model, zone: &'r str) -> Self {
        Self {
            registry,
            model,
            zone,
            filters: Vec::new(),
            order: None,
            is_reversed: false,
            is_distinct: false,
            offset: 0,
            limit: None,
        }
    }

    /// Those of the rows for which `condition` holds; what it says of related rows holds for one of them.
    #[must_use]
    pub fn filter(mut self, condition: Condition) -> Self {
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
        self.order = Some(terms.into_iter().map(Into::into).collect());
        self
    }

    /// The rows in the opposite order.
    #[must_use]
    pub fn reverse(mut self) -> Self {
        self.is_reversed = !self.is_reversed;
        self
    }

    /// Rows that are equal in all that is selected once.
    #[must_use]
    pub fn distinct(mut self) -> Self {
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

    /// The values at `paths`, for every row.
    pub fn values_list(
        &self,
        connection: &Connection,
        paths: &[&str],
    ) -> Result<Vec<Vec<FieldValue>>, QueryError> {
        let mut compiler = self.compiler();
        let condition = self.condition(&mut compiler)?;
        let (mut columns, mut kinds) = (Vec::new(), Vec::new());
        for path in paths {
            let path = FieldPath::resolve(self.registry, self.model, path)?;
            let column = compiler.resolve(&path, None)?;
            columns.push(column.expression);
            kinds.push(column.kind);
        }
        let mut statement = self.sliced(&mut compiler, columns, condition)?;
        statement.distinct = self.is_distinct;
        read_rows(connection, &statement, &kinds)
    }

    /// The primary keys of the rows, in order.
    pub fn keys(&self, connection: &Connection) -> Result<Vec<FieldValue>, QueryError> {
        let rows = self.values_list(connection, &["pk"])?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// How many rows there are.
    pub fn count(&self, connection: &Connection) -> Result<i64, QueryError> {
        let unordered = self.clone().order_by::<String>([]);
        let mut compiler = unordered.compiler();
        let condition = unordered.condition(&mut compiler)?;
        let is_plain = !self.is_distinct && self.offset == 0 && self.limit.is_none();
        let statement = if is_plain {
            compiler.statement(vec![SqlExpression::count_rows()], condition)
        } else {
            let columns = self.model.columns().map(Field::column);
            let columns = columns
                .map(|name| compiler.joins.column(0, &name))
                .collect();
            let mut statement = unordered.sliced(&mut compiler, columns, condition)?;
            statement.distinct = self.is_distinct;
            SelectStatement::from_query(statement, "q").select(SqlExpression::count_rows())
        };
        let counts: Vec<i64> = statement.column_values(connection)?;
        Ok(counts.into_iter().sum())
    }

    /// Whether there is a row.
    pub fn exists(&self, connection: &Connection) -> Result<bool, QueryError> {
        let unordered = self.clone().order_by::<String>([]).slice(0, Some(1));
        let mut compiler = unordered.compiler();
        let condition = unordered.condition(&mut compiler)?;
        let one = vec![SqlExpression::Integer(1)];
        let statement = unordered.sliced(&mut compiler, one, condition)?;
        Ok(statement.first_row(connection)?.is_some())
    }

    fn compiler(&self) -> QueryCompiler<'r> {
        QueryCompiler::new(self.registry, self.model, self.zone, 0)
    }

    fn condition(
        &self,
        compiler: &mut QueryCompiler<'r>,
    ) -> Result<Option<SqlExpression>, QueryError> {
        let mut conditions = Vec::with_capacity(self.filters.len());
        for filter in &self.filters {
            conditions.push(compiler.filter(filter)?);
        }
        Ok((!conditions.is_empty()).then_some(SqlExpression::All(conditions)))
    }

    fn sliced(
        &self,
        compiler: &mut QueryCompiler<'r>,
        columns: Vec<SqlExpression>,
        condition: Option<SqlExpression>,
    ) -> Result<SelectStatement, QueryError> {
        let terms = self.order.as_ref().unwrap_or(&self.model.options.ordering);
        let order = compiler.order(terms, self.is_reversed)?;
        let mut statement = compiler.statement(columns, condition);
        statement.order_by = order;
        statement.limit = self.limit;
        statement.offset = (self.offset > 0).then_some(self.offset);
        Ok(statement)
    }
}

fn read_rows(
    connection: &Connection,
    statement: &SelectStatement,
    kinds: &[FieldKind],
) -> Result<Vec<Vec<FieldValue>>, QueryError> {
    let rows = statement.rows(connection)?.into_iter();
    let rows = rows.map(|row| {
        let values = row.into_values().into_iter().zip(kinds);
        let values = values.map(|(value, kind)| {
            values::from_column(kind, value).map_err(|value| QueryError::WrongValue {
                path: kind.class_name().to_owned(),
                value: format!("{value:?}"),
            })
        });
        values.collect()
    });
    rows.collect()
}
