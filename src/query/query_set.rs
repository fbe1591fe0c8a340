//! A query among the models of a project: what it asks a database, and what it makes of the answer.

use std::sync::Arc;

use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, SqlValue};
use crate::models::{Field, Model, ModelRef, ReferenceError, Registry};
use crate::query::combined::SelectedColumnSql;
use crate::query::compiler::{Grouping, QueryCompiler};
use crate::query::field_loading::LoadedFields;
use crate::query::instance_plan::{FollowedRelations, InstancePlan, plan};
use crate::query::name_tree::NameTree;
use crate::query::query_builder::SelectRelated;
use crate::query::read_value::ValueReader;
use crate::query::{ModelInstance, Query, QueryError};
use crate::values::FieldValue;

/// What the rows that are counted are called.
const COUNTED: &str = "q";

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
    pub(super) fn load(&self, connection: &Connection) -> Result<Vec<LoadedRow>, QueryError> {
        let PlannedRows { reader, statement } = self.planned()?;
        let Some(reader) = reader else {
            return Ok(Vec::new());
        };
        let mut rows = Vec::new();
        statement.for_each(connection, |row| {
            let mut values = row.into_values().into_iter();
            if let Some(mut instance) = reader.plan.read(&mut values)? {
                for (name, reader) in &reader.annotations {
                    let value = values.next().unwrap_or(SqlValue::Null);
                    instance.annotate(Arc::clone(name), reader.read(value)?);
                }
                let beside = values.next();
                rows.push(LoadedRow { instance, beside });
            }
            Ok::<_, QueryError>(())
        })?;
        Ok(rows)
    }

    /// The statement that reads the rows, as it is sent to the database of `connection`.
    pub fn sql(&self, connection: &Connection) -> Result<String, QueryError> {
        let compiled = self.planned()?.statement.compile(connection.dialect());
        Ok(compiled.text().to_owned())
    }

    /// How the database finds the rows, a line for each step (`EXPLAIN QUERY PLAN`).
    pub fn explain(&self, connection: &Connection) -> Result<Vec<String>, QueryError> {
        let compiled = self.planned()?.statement.compile(connection.dialect());
        Ok(compiled.query_plan(connection)?)
    }

    fn planned(&self) -> Result<PlannedRows<'r>, QueryError> {
        let mut reader = None;
        let mut compiler = self.compiler();
        let statement = compiler.rows(&self.query.rows, &mut |compiler| {
            let (found, columns) = self.row_reader(compiler)?;
            reader.get_or_insert(found);
            Ok(columns)
        })?;
        Ok(PlannedRows { reader, statement })
    }

    /// How the rows are read, and the columns that they are read from.
    fn row_reader(
        &self,
        compiler: &mut QueryCompiler<'r>,
    ) -> Result<(InstanceReader<'r>, Vec<SelectedColumnSql>), QueryError> {
        let mut columns = Vec::new();
        let plan = self.instance_plan(compiler, &mut columns)?;
        let fields = self.model.columns().map(Field::attname);
        // The columns of the model itself come first, in its order; of those that are left out nothing is known.
        let names = if columns.len() == self.model.columns().count() {
            fields.collect()
        } else {
            Vec::new()
        };
        let names = names.into_iter().chain(std::iter::repeat(String::new()));
        let columns = columns.into_iter().zip(names);
        let mut columns: Vec<_> = columns
            .map(|(sql, name)| SelectedColumnSql { name, sql })
            .collect();
        let mut annotations = Vec::new();
        for selected in compiler.selected() {
            let reader = ValueReader::new(&selected.value)?;
            annotations.push((Arc::from(selected.name.as_str()), reader));
            columns.push(SelectedColumnSql {
                name: selected.name,
                sql: selected.value.sql,
            });
        }
        columns.extend(compiler.beside.clone().map(|sql| SelectedColumnSql {
            name: String::new(),
            sql,
        }));
        Ok((InstanceReader { plan, annotations }, columns))
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

    /// The names of the annotations that rows have.
    pub fn annotation_names(&self) -> Result<Vec<String>, QueryError> {
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
        let mut selected = None;
        let mut compiler = self.compiler();
        let statement = compiler.rows(&self.query.rows, &mut |compiler| {
            let found = compiler.selected();
            selected.get_or_insert(found);
            Ok(value_columns(compiler))
        })?;
        let selected = selected.unwrap_or_default();
        let readers = selected
            .iter()
            .map(|column| ValueReader::new(&column.value));
        let readers = readers.collect::<Result<Vec<_>, _>>()?;
        let mut rows = Vec::new();
        statement.for_each(connection, |row| {
            let values = row.into_values().into_iter().zip(&readers);
            let values = values.map(|(value, reader)| reader.read(value));
            rows.push(values.collect::<Result<Vec<_>, _>>()?);
            Ok::<_, QueryError>(())
        })?;
        Ok(ValueRows {
            names: selected.into_iter().map(|column| column.name).collect(),
            rows,
        })
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
        let unordered = self.narrowed(Query::without_order);
        let statement = unordered.counted()?;
        let counts: Vec<i64> = statement.column_values(connection)?;
        Ok(counts.into_iter().sum())
    }

    fn counted(&self) -> Result<SelectStatement, QueryError> {
        let rows = &self.query.rows;
        let mut compiler = self.compiler();
        let is_whole = rows.combined.is_none() && !rows.is_sliced() && !rows.is_distinct;
        if is_whole {
            compiler.take_steps(rows)?;
            let is_plain = matches!(compiler.grouping, Grouping::Ungrouped)
                && !compiler.conditions.iter().any(SqlExpression::has_window);
            if is_plain {
                return compiler.select(rows, vec![SqlExpression::count_rows()]);
            }
            let inner = compiler.select(rows, vec![SqlExpression::Integer(1)])?;
            return Ok(
                SelectStatement::from_query(inner, COUNTED).select(SqlExpression::count_rows())
            );
        }
        let inner = compiler.rows(rows, &mut |compiler| {
            let mut columns = Vec::new();
            if compiler.selection.is_none() {
                let fields = compiler.model.columns().map(Field::column);
                columns.extend(fields.map(|name| SelectedColumnSql {
                    sql: compiler.joins.column(0, &name),
                    name,
                }));
            }
            columns.extend(value_columns(compiler));
            Ok(columns)
        })?;
        Ok(SelectStatement::from_query(inner, COUNTED).select(SqlExpression::count_rows()))
    }

    /// Whether there is a row.
    pub fn exists(&self, connection: &Connection) -> Result<bool, QueryError> {
        let one = self.narrowed(|query| query.without_order().slice(0, Some(1)));
        let rows = &one.query.rows;
        let statement = one.compiler().rows(rows, &mut |compiler| {
            // What is equal counts once, of which there must be as much as is selected.
            let columns = value_columns(compiler);
            if rows.is_distinct && !columns.is_empty() {
                return Ok(columns);
            }
            let key = compiler.keys()?.into_iter().next();
            Ok(vec![SelectedColumnSql {
                name: String::new(),
                sql: key.unwrap_or(SqlExpression::Integer(1)),
            }])
        })?;
        Ok(statement.first_row(connection)?.is_some())
    }

    /// Fails where the query does not fit the models, before it runs; a parameter fits anything.
    pub fn check(&self) -> Result<(), QueryError> {
        self.check_prefetches()?;
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
        Self {
            query: change(self.query.clone()),
            registry: self.registry,
            model: self.model,
        }
    }

    /// The beginning of the statement: the table between, if there is one.
    pub(super) fn compiler(&self) -> QueryCompiler<'r> {
        let mut compiler = QueryCompiler::new(self.registry, self.model, 0);
        if let Some(through) = &self.query.through {
            let condition = compiler.through(through);
            compiler.conditions.push(condition);
        }
        compiler.part.clone_from(&self.query.part);
        compiler
    }
}

/// The columns of `values` and of annotations.
fn value_columns(compiler: &QueryCompiler<'_>) -> Vec<SelectedColumnSql> {
    let selected = compiler.selected().into_iter();
    selected
        .map(|selected| SelectedColumnSql {
            name: selected.name,
            sql: selected.value.sql,
        })
        .collect()
}

/// The values of rows, and what they are called.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValueRows {
    /// The names, in the order of the values.
    pub names: Vec<String>,
    /// The values of each row.
    pub rows: Vec<Vec<FieldValue>>,
}

/// How a row is read.
struct InstanceReader<'r> {
    plan: InstancePlan<'r>,
    annotations: Vec<(Arc<str>, ValueReader)>,
}

/// The statement that reads rows, and how instances are made of what it selects.
struct PlannedRows<'r> {
    /// None where there cannot be rows.
    reader: Option<InstanceReader<'r>>,
    statement: SelectStatement,
}

/// A row, and what a table between holds of the row it stands beside.
#[derive(Debug)]
pub(super) struct LoadedRow {
    pub(super) instance: ModelInstance,
    pub(super) beside: Option<SqlValue>,
}
