//! A query among the models of a project: what it asks a database, and what it makes of the answer.

use std::sync::Arc;

use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, SqlValue};
use crate::models::{Field, FieldKind, Model, ModelRef, ReferenceError, Registry};
use crate::query::compiler::QueryCompiler;
use crate::query::field_loading::LoadedFields;
use crate::query::field_path::FieldPath;
use crate::query::instance_plan::{FollowedRelations, InstancePlan, plan};
use crate::query::name_tree::NameTree;
use crate::query::query_builder::SelectRelated;
use crate::query::read_value::read_value;
use crate::query::{ModelInstance, Query, QueryError};
use crate::values::FieldValue;

/// A [`Query`] and the models it is about; nothing is read before a method asks the database.
///
/// Days and moments are looked at in the time zone of the registry.
#[derive(Clone, Debug)]
pub struct QuerySet<'r> {
    registry: &'r Registry,
    model: &'r Arc<Model>,
    pub(super) query: Query,
}

impl Query {
    /// The query among the models of `registry`, ready to run.
    ///
    /// Fails where its model is not among them.
    pub fn on(self, registry: &Registry) -> Result<QuerySet<'_>, QueryError> {
        QuerySet::new(registry, self)
    }
}

impl<'r> QuerySet<'r> {
    /// `query` among the models of `registry`.
    ///
    /// Fails where its model is not among them.
    pub fn new(registry: &'r Registry, query: Query) -> Result<Self, QueryError> {
        let model = registry.shared(&query.model);
        let unknown = || ReferenceError::UnknownModel(ModelRef::Named(query.model.clone()));
        let model = model.ok_or_else(unknown)?;
        Ok(Self {
            registry,
            model,
            query,
        })
    }

    /// The model of the rows.
    pub fn model(&self) -> &'r Arc<Model> {
        self.model
    }

    /// The models it is among.
    pub(super) fn registry(&self) -> &'r Registry {
        self.registry
    }

    /// The rows, with those that `select_related` names; for rows beside others in a table between, also
    /// which of the others.
    pub(super) fn load(&self, connection: &Connection) -> Result<Vec<LoadedRow>, QueryError> {
        let mut compiler = self.compiler();
        let condition = self.condition(&mut compiler)?;
        let mut columns = Vec::new();
        let plan = self.instance_plan(&mut compiler, &mut columns)?;
        columns.extend(compiler.beside.clone());
        let mut statement = self.sliced(&mut compiler, columns, condition)?;
        statement.distinct = self.query.is_distinct;
        let mut rows = Vec::new();
        statement.for_each(connection, |row| {
            let mut values = row.into_values().into_iter();
            if let Some(instance) = plan.read(&mut values)? {
                let beside = values.next();
                rows.push(LoadedRow { instance, beside });
            }
            Ok::<_, QueryError>(())
        })?;
        Ok(rows)
    }

    fn instance_plan(
        &self,
        compiler: &mut QueryCompiler<'r>,
        columns: &mut Vec<SqlExpression>,
    ) -> Result<InstancePlan<'r>, QueryError> {
        let names = self.query.loading.tree();
        let fields = LoadedFields {
            names: &names,
            is_only: self.query.loading.is_only(),
        };
        let paths = match &self.query.followed {
            SelectRelated::Paths(paths) => NameTree::new(paths.iter().map(String::as_str)),
            _ => NameTree::default(),
        };
        let followed = match self.query.followed {
            SelectRelated::All => FollowedRelations::ALL,
            _ => FollowedRelations::Named(&paths),
        };
        plan(compiler, self.model, fields, followed, columns)
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
        statement.distinct = self.query.is_distinct;
        read_rows(connection, &statement, &kinds)
    }

    /// The primary keys of the rows, in order.
    pub fn keys(&self, connection: &Connection) -> Result<Vec<FieldValue>, QueryError> {
        let rows = self.values_list(connection, &["pk"])?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// How many rows there are.
    pub fn count(&self, connection: &Connection) -> Result<i64, QueryError> {
        let unordered = self.narrowed(Query::without_order);
        let mut compiler = unordered.compiler();
        let condition = unordered.condition(&mut compiler)?;
        let is_plain =
            !self.query.is_distinct && self.query.offset == 0 && self.query.limit.is_none();
        let statement = if is_plain {
            compiler.statement(vec![SqlExpression::count_rows()], condition)
        } else {
            let columns = self.model.columns().map(Field::column);
            let columns = columns
                .map(|name| compiler.joins.column(0, &name))
                .collect();
            let mut statement = unordered.sliced(&mut compiler, columns, condition)?;
            statement.distinct = self.query.is_distinct;
            SelectStatement::from_query(statement, "q").select(SqlExpression::count_rows())
        };
        let counts: Vec<i64> = statement.column_values(connection)?;
        Ok(counts.into_iter().sum())
    }

    /// Whether there is a row.
    pub fn exists(&self, connection: &Connection) -> Result<bool, QueryError> {
        let unordered = self.narrowed(|query| query.without_order().slice(0, Some(1)));
        let mut compiler = unordered.compiler();
        let condition = unordered.condition(&mut compiler)?;
        let one = vec![SqlExpression::Integer(1)];
        let statement = unordered.sliced(&mut compiler, one, condition)?;
        Ok(statement.first_row(connection)?.is_some())
    }

    /// Fails where the query does not fit the models, before it runs.
    pub fn check(&self) -> Result<(), QueryError> {
        let mut compiler = self.compiler();
        let condition = self.condition(&mut compiler)?;
        self.sliced(&mut compiler, Vec::new(), condition).map(drop)
    }

    /// The same with what `change` makes of the query.
    pub(super) fn narrowed(&self, change: impl FnOnce(Query) -> Query) -> Self {
        Self {
            query: change(self.query.clone()),
            registry: self.registry,
            model: self.model,
        }
    }

    pub(super) fn compiler(&self) -> QueryCompiler<'r> {
        QueryCompiler::new(self.registry, self.model, 0)
    }

    pub(super) fn condition(
        &self,
        compiler: &mut QueryCompiler<'r>,
    ) -> Result<Option<SqlExpression>, QueryError> {
        if self.query.is_changed_after_slice {
            return Err(QueryError::ChangedAfterSlice);
        }
        let mut conditions = Vec::with_capacity(self.query.filters.len());
        if let Some(through) = &self.query.through {
            conditions.push(compiler.through(through));
        }
        for filter in &self.query.filters {
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
        let terms = self
            .query
            .order
            .as_ref()
            .unwrap_or(&self.model.options.ordering);
        let order = compiler.order(terms, self.query.is_reversed)?;
        let mut statement = compiler.statement(columns, condition);
        statement.order_by = order;
        statement.limit = self.query.limit;
        statement.offset = (self.query.offset > 0).then_some(self.query.offset);
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
        values
            .map(|(value, kind)| read_value(kind, value))
            .collect()
    });
    rows.collect()
}

/// A row, and what a table between holds of the row it stands beside.
#[derive(Debug)]
pub(super) struct LoadedRow {
    pub(super) instance: ModelInstance,
    pub(super) beside: Option<SqlValue>,
}
