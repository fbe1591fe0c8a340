//! From a query to the statement that answers it, compiled once where queries differ in their values alone.

use std::sync::Arc;

use crate::db::Dialect;
use crate::db::sql::{SelectStatement, SqlExpression, SqlStatement as _};
use crate::models::{Field, ModelSet as _};
use crate::query::combined::{SelectedColumnSql, value_columns};
use crate::query::compiler::{Grouping, JoinScope, QueryCompiler};
use crate::query::field_loading::LoadedFields;
use crate::query::given::GivenValues;
use crate::query::instance_plan::{FollowedRelations, InstancePlan, plan};
use crate::query::kept_plans::KeptPlans;
use crate::query::name_tree::NameTree;
use crate::query::plan_reader::{InstanceReader, NamedReader, PlanReader};
use crate::query::query_builder::SelectRelated;
use crate::query::query_plans::{BoundPlan, QueryPlan};
use crate::query::query_shape::QueryShape;
use crate::query::question::Question;
use crate::query::{QueryError, QuerySet};

/// What the rows that are counted are called.
const COUNTED: &str = "q";

impl<'r> QuerySet<'r> {
    /// The plan for what is asked, with the values of this query: compiled once where only values differ.
    pub(super) fn bound(
        &self,
        question: Question,
        dialect: &dyn Dialect,
    ) -> Result<BoundPlan, QueryError> {
        if let Some(bound) = self.of_shape(question, dialect)? {
            return Ok(bound);
        }
        let asked = self.of_query(question.part_of(&self.query));
        let plan = asked.compiled(question, GivenValues::default(), dialect)?;
        Ok(BoundPlan {
            plan: Arc::new(plan),
            values: Vec::new(),
        })
    }

    /// The same; none where the query is written anew for each value, or cannot be written at all.
    pub(super) fn of_shape(
        &self,
        question: Question,
        dialect: &dyn Dialect,
    ) -> Result<Option<BoundPlan>, QueryError> {
        let shape = QueryShape::of(question.part_of(&self.query), question);
        let (Some(shape), Some(plans)) = (shape, self.registry().kept::<KeptPlans>()) else {
            return Ok(None);
        };
        let plan = plans.queries.get(&shape, || {
            let asked = self.of_query(shape.query.clone());
            asked.compiled(question, shape.given.clone(), dialect)
        });
        let bind = |plan: Arc<QueryPlan>| {
            let values = plan.given.bind(shape.values, self.registry().time_zone())?;
            Ok(BoundPlan { plan, values })
        };
        plan.map(bind).transpose()
    }

    /// The plan for what is asked, where `given` is known of the parameters.
    pub(super) fn compiled(
        &self,
        question: Question,
        given: GivenValues,
        dialect: &dyn Dialect,
    ) -> Result<QueryPlan, QueryError> {
        let mut compiler = self.compiler_with(given);
        let (statement, reader) = match question {
            Question::Rows => self.rows_statement(&mut compiler)?,
            Question::Values => self.values_statement(&mut compiler)?,
            Question::Count => (self.counted(&mut compiler)?, PlanReader::Number),
            Question::Existence => (self.one_row(&mut compiler)?, PlanReader::Number),
        };
        Ok(QueryPlan {
            statement: statement.compile(dialect),
            reader,
            given: compiler.given,
        })
    }

    fn rows_statement(
        &self,
        compiler: &mut QueryCompiler<'r>,
    ) -> Result<(SelectStatement, PlanReader), QueryError> {
        let mut reader = None;
        let statement = compiler.rows(&self.query.rows, &mut |compiler| {
            let (found, columns) = self.row_reader(compiler)?;
            reader.get_or_insert(found);
            Ok(columns)
        })?;
        let reader = reader.map_or(PlanReader::Nothing, PlanReader::Instances);
        Ok((statement, reader))
    }

    fn values_statement(
        &self,
        compiler: &mut QueryCompiler<'r>,
    ) -> Result<(SelectStatement, PlanReader), QueryError> {
        let mut selected = None;
        let statement = compiler.rows(&self.query.rows, &mut |compiler| {
            let found = compiler.selected();
            selected.get_or_insert(found);
            Ok(value_columns(compiler))
        })?;
        let readers = selected.into_iter().flatten().map(NamedReader::new);
        let readers = readers.collect::<Result<_, _>>()?;
        Ok((statement, PlanReader::Values(readers)))
    }

    /// How the rows are read, and the columns that they are read from.
    pub(super) fn row_reader(
        &self,
        compiler: &mut QueryCompiler<'r>,
    ) -> Result<(InstanceReader, Vec<SelectedColumnSql>), QueryError> {
        let mut columns = Vec::new();
        let plan = self.instance_plan(compiler, &mut columns)?;
        let fields = self.model().columns().map(Field::attname);
        // The columns of the model itself come first, in its order; of those that are left out nothing is known.
        let names = if columns.len() == self.model().columns().count() {
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
            columns.push(SelectedColumnSql {
                name: selected.name.clone(),
                sql: selected.value.sql.clone(),
            });
            annotations.push(NamedReader::new(selected)?);
        }
        if let Some(path) = &self.query.beside {
            compiler.beside = Some(compiler.named_value(path, &mut JoinScope::open())?.sql);
        }
        columns.extend(compiler.beside.clone().map(|sql| SelectedColumnSql {
            name: String::new(),
            sql,
        }));
        let reader = InstanceReader {
            plan,
            annotations,
            is_beside: compiler.beside.is_some(),
        };
        Ok((reader, columns))
    }

    fn instance_plan(
        &self,
        compiler: &mut QueryCompiler<'r>,
        columns: &mut Vec<SqlExpression>,
    ) -> Result<InstancePlan, QueryError> {
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
        plan(compiler, self.model(), fields, followed, columns)
    }

    fn counted(&self, compiler: &mut QueryCompiler<'r>) -> Result<SelectStatement, QueryError> {
        let rows = &self.query.rows;
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

    fn one_row(&self, compiler: &mut QueryCompiler<'r>) -> Result<SelectStatement, QueryError> {
        let rows = &self.query.rows;
        compiler.rows(rows, &mut |compiler| {
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
        })
    }

    /// The beginning of the statement.
    pub(super) fn compiler(&self) -> QueryCompiler<'r> {
        self.compiler_with(GivenValues::default())
    }

    fn compiler_with(&self, given: GivenValues) -> QueryCompiler<'r> {
        let mut compiler = QueryCompiler::new(self.registry(), self.model(), 0);
        compiler.given = given;
        if self.query.rows.has_own_sql {
            compiler.joins.keep_name();
        }
        compiler.part.clone_from(&self.query.part);
        compiler
    }
}
