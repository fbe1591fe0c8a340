//! A query among the models of a project: what it asks a database, and what it makes of the answer.

use std::sync::Arc;

use crate::db::{Connection, Sqlite};
use crate::models::{Model, ModelRef, ReferenceError, Registry};
use crate::query::combined::value_columns;
use crate::query::compiler::QueryCompiler;
use crate::query::given::GivenValues;
use crate::query::plan_reader::{LoadedRows, PlanReader};
use crate::query::query_plans::BoundPlan;
use crate::query::question::Question;
use crate::query::{Query, QueryError};
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
        let model = registry.shared(query.model());
        let unknown = || ReferenceError::UnknownModel(ModelRef::Named(query.model().clone()));
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
    pub(super) fn load(&self, connection: &Connection) -> Result<LoadedRows, QueryError> {
        let BoundPlan { plan, values } = self.bound(Question::Rows, connection.dialect())?;
        let mut rows = LoadedRows::default();
        let PlanReader::Instances(reader) = &plan.reader else {
            return Ok(rows);
        };
        plan.statement
            .for_each_in_place(connection, &values, |row| reader.read(row, &mut rows))?;
        Ok(rows)
    }

    /// The statement that reads the rows, as it is sent to the database of `connection`.
    pub fn sql(&self, connection: &Connection) -> Result<String, QueryError> {
        let plan = self.compiled(Question::Rows, GivenValues::default(), connection.dialect())?;
        Ok(plan.statement.text().to_owned())
    }

    /// How the database finds the rows, a line for each step (`EXPLAIN QUERY PLAN`).
    pub fn explain(&self, connection: &Connection) -> Result<Vec<String>, QueryError> {
        let plan = self.compiled(Question::Rows, GivenValues::default(), connection.dialect())?;
        Ok(plan.statement.query_plan(connection)?)
    }

    /// The names of the annotations that rows have.
    pub fn annotation_names(&self) -> Result<Vec<String>, QueryError> {
        self.selected_names()
    }

    fn selected_names(&self) -> Result<Vec<String>, QueryError> {
        let mut names = Vec::new();
        let unordered = self.narrowed(Query::without_order);
        let mut compiler = unordered.compiler();
        compiler.is_dry = true;
        compiler.rows(&unordered.query.rows, &mut |compiler| {
            let columns = value_columns(compiler);
            names = columns.iter().map(|column| column.name.clone()).collect();
            Ok(columns)
        })?;
        Ok(names)
    }

    /// The values that `values` selects, for every row; those of all fields where nothing was selected.
    pub fn values(&self, connection: &Connection) -> Result<ValueRows, QueryError> {
        if !self.query.rows.has_values() {
            let all = self.narrowed(|query| query.values::<String>([]));
            return all.values(connection);
        }
        let BoundPlan { plan, values } = self.bound(Question::Values, connection.dialect())?;
        let PlanReader::Values(readers) = &plan.reader else {
            return Ok(ValueRows::default());
        };
        let mut rows = Vec::new();
        plan.statement
            .for_each_in_place(connection, &values, |row| {
                let mut values = Vec::with_capacity(readers.len());
                for (column, named) in readers.iter().enumerate() {
                    values.push(named.reader.read(row.value(column)?)?);
                }
                rows.push(values);
                Ok::<_, QueryError>(())
            })?;
        let names = readers.iter().map(|named| named.name.as_ref().to_owned());
        Ok(ValueRows {
            names: names.collect(),
            rows,
        })
    }

    /// The names of the values that [`Self::values`] finds, in their order.
    pub fn value_names(&self) -> Result<Vec<String>, QueryError> {
        if !self.query.rows.has_values() {
            let all = self.narrowed(|query| query.values::<String>([]));
            return all.value_names();
        }
        self.selected_names()
    }

    /// The values at `paths`, for every row.
    pub fn values_list(
        &self,
        connection: &Connection,
        paths: &[&str],
    ) -> Result<Vec<Vec<FieldValue>>, QueryError> {
        let narrowed = self.narrowed(|query| query.values(paths.iter().copied()));
        Ok(narrowed.values(connection)?.rows)
    }

    /// The primary keys of the rows, in order.
    pub fn keys(&self, connection: &Connection) -> Result<Vec<FieldValue>, QueryError> {
        let rows = self.values_list(connection, &["pk"])?;
        Ok(rows.into_iter().flatten().collect())
    }

    /// How many rows there are.
    pub fn count(&self, connection: &Connection) -> Result<i64, QueryError> {
        let BoundPlan { plan, values } = self.bound(Question::Count, connection.dialect())?;
        let counts: Vec<i64> = plan.statement.column(connection, &values)?;
        Ok(counts.into_iter().sum())
    }

    /// Whether there is a row.
    pub fn exists(&self, connection: &Connection) -> Result<bool, QueryError> {
        let BoundPlan { plan, values } = self.bound(Question::Existence, connection.dialect())?;
        Ok(plan.statement.first_row(connection, &values)?.is_some())
    }

    /// Fails where the query does not fit the models, before it runs; a parameter fits anything.
    pub fn check(&self) -> Result<(), QueryError> {
        self.check_prefetches()?;
        let question = if self.query.rows.has_values() {
            Question::Values
        } else {
            Question::Rows
        };
        if self.of_shape(question, &Sqlite)?.is_some() {
            return Ok(());
        }
        let mut compiler = self.compiler();
        compiler.is_dry = true;
        let rows = &self.query.rows;
        if rows.has_values() {
            let selected = &mut |compiler: &mut QueryCompiler<'r>| Ok(value_columns(compiler));
            return compiler.rows(rows, selected).map(drop);
        }
        let columns = &mut |compiler: &mut QueryCompiler<'r>| {
            let (_, columns) = self.row_reader(compiler)?;
            Ok(columns)
        };
        compiler.rows(rows, columns).map(drop)
    }

    /// The same with what `change` makes of the query.
    pub(super) fn narrowed(&self, change: impl FnOnce(Query) -> Query) -> Self {
        self.of_query(change(self.query.clone()))
    }

    /// `query`, which is of the same model, among the same models.
    pub(super) fn of_query(&self, query: Query) -> Self {
        Self {
            query,
            registry: self.registry,
            model: self.model,
        }
    }
}

/// The values of rows, and what they are called.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueRows {
    /// The names, in the order of the values.
    pub names: Vec<String>,
    /// The values of each row.
    pub rows: Vec<Vec<FieldValue>>,
}
