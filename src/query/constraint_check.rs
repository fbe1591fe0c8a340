//! Whether a row that is not written yet breaks a rule of its model (`BaseConstraint.validate`).
//!
//! The row is a table of one line in the statement: what a rule says of columns is compiled as for any query, and the
//! database compares as it will when the row is written.

use crate::db::sql::{
    CompiledSql, SelectStatement, SqlCastType, SqlExpression, SqlStatement as _, TableSource,
};
use crate::db::{Connection, SqlValue, Sqlite};
use crate::models::expression::{Condition, DateComponent, Expression, QueryExpression};
use crate::models::{Constraint, ConstraintKind, Field, FieldKind, Model, ModelSet as _, Registry};
use crate::query::column_value::column_value;
use crate::query::compiler::{JoinScope, QueryCompiler};
use crate::query::{ModelInstance, QueryError, key_fields};
use crate::values::{FieldValue, auto_now_value};

/// A rule of a model, compiled once: any row can be judged by it.
#[derive(Clone, Debug)]
pub struct ConstraintCheck {
    /// Finds a line where the row breaks the rule.
    statement: CompiledSql,
    /// The fields whose values are given, in order.
    given: Vec<Field>,
    /// The fields of the primary key, whose values are given behind them.
    keys: Vec<String>,
}

/// What differs between rows.
#[derive(Clone, Copy)]
struct Uniqueness<'c> {
    expressions: &'c [Expression],
    /// The rows meant; all if not given.
    condition: Option<&'c Condition>,
}

/// The fields of a row that a rule has to do with.
#[derive(Default)]
struct CheckedLine<'m> {
    given: Vec<&'m Field>,
    /// Those that the database computes of the others.
    generated: Vec<&'m Field>,
}

impl ConstraintCheck {
    /// The rule `constraint` of `model`.
    ///
    /// Fails where it names what the model does not have.
    pub fn new(
        registry: &Registry,
        model: &Model,
        constraint: &Constraint,
    ) -> Result<Self, QueryError> {
        match &constraint.kind {
            ConstraintKind::Check(condition) => Self::of_condition(registry, model, condition),
            ConstraintKind::Unique(fields) => Self::unique(registry, model, fields),
            ConstraintKind::UniqueIndex {
                fields,
                expressions,
                condition,
            } => {
                let fields = fields.iter().cloned().map(Expression::F);
                let expressions = expressions.iter().map(|part| part.expression.clone());
                let unique = Uniqueness {
                    expressions: &fields.chain(expressions).collect::<Vec<_>>(),
                    condition: condition.as_ref(),
                };
                Self::of_uniqueness(registry, model, unique)
            }
        }
    }

    /// The rule that the values of `fields`, taken together, differ between rows.
    pub fn unique(
        registry: &Registry,
        model: &Model,
        fields: &[String],
    ) -> Result<Self, QueryError> {
        let fields: Vec<_> = fields.iter().cloned().map(Expression::F).collect();
        let unique = Uniqueness {
            expressions: &fields,
            condition: None,
        };
        Self::of_uniqueness(registry, model, unique)
    }

    /// The rule that the values of `field` differ between rows whose `date` has the same `parts`.
    pub fn unique_for(
        registry: &Registry,
        model: &Model,
        field: &str,
        date: &str,
        parts: &[DateComponent],
    ) -> Result<Self, QueryError> {
        let parts = parts.iter().map(|part| {
            Expression::from(QueryExpression::Extract {
                of: Expression::F(date.to_owned()),
                part: *part,
                zone: None,
            })
        });
        let field = Expression::F(field.to_owned());
        let unique = Uniqueness {
            expressions: &std::iter::once(field).chain(parts).collect::<Vec<_>>(),
            condition: None,
        };
        Self::of_uniqueness(registry, model, unique)
    }

    fn of_condition(
        registry: &Registry,
        model: &Model,
        condition: &Condition,
    ) -> Result<Self, QueryError> {
        let line = CheckedLine::of(model, condition_fields(condition));
        let mut row = QueryCompiler::new(registry, model, 0);
        let holds = row.filter(condition)?;
        // What is not known does not break a rule, as for the database.
        let statement = line.select(&row, holds.negated())?;
        Ok(line.check(&statement, Vec::new()))
    }

    fn of_uniqueness(
        registry: &Registry,
        model: &Model,
        unique: Uniqueness<'_>,
    ) -> Result<Self, QueryError> {
        let named = unique.expressions.iter().flat_map(expression_fields);
        let named = named.chain(unique.condition.into_iter().flat_map(condition_fields));
        let line = CheckedLine::of(model, named);
        let mut row = QueryCompiler::new(registry, model, 0);
        let mut others = QueryCompiler::new(registry, model, 1);
        let mut alike = Vec::new();
        for expression in unique.expressions {
            let other = others.expression(expression, &mut JoinScope::open())?.sql;
            let own = row.expression(expression, &mut JoinScope::open())?.sql;
            alike.push(other.equals(own));
        }
        let keys = key_fields(model)?;
        alike.push(is_another(&others, &keys, line.given.len()));
        let mut conditions = Vec::new();
        if let Some(condition) = unique.condition {
            alike.push(others.filter(condition)?);
            conditions.push(row.filter(condition)?);
        }
        let one = vec![SqlExpression::Integer(1)];
        let found = others.statement(one, Some(SqlExpression::All(alike)));
        conditions.push(SqlExpression::exists(found));
        let statement = line.select(&row, SqlExpression::All(conditions))?;
        let keys = keys.into_iter().map(|key| key.name.clone());
        Ok(line.check(&statement, keys.collect()))
    }

    /// The names of the fields that the rule has to do with; of those that the database computes, what they are
    /// computed from.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.given.iter().map(|field| field.name.as_str())
    }

    /// Whether `row` breaks the rule, as it is to be written.
    ///
    /// A row that breaks it only by a value that the database has yet to give, or that cannot be written at all, does
    /// not: the database will say so.
    pub fn is_violated(
        &self,
        registry: &Registry,
        connection: &Connection,
        row: &ModelInstance,
    ) -> Result<bool, QueryError> {
        let mut values = Vec::with_capacity(self.given.len() + self.keys.len());
        for field in &self.given {
            let Some(value) = written_value(registry, field, row) else {
                return Ok(false);
            };
            let Ok(value) = column_value(registry, field, &value) else {
                return Ok(false);
            };
            values.push(value);
        }
        for name in &self.keys {
            values.push(own_key(registry, row, name)?);
        }
        Ok(self.statement.first_row(connection, &values)?.is_some())
    }
}

/// What `row` will hold in `field`; none where the database gives the value.
fn written_value(registry: &Registry, field: &Field, row: &ModelInstance) -> Option<FieldValue> {
    let value = row.get(&field.name)?;
    let now = || auto_now_value(field, registry.time_zone());
    match value {
        FieldValue::Null => Some(now().unwrap_or(FieldValue::Null)),
        value => Some(value.clone()),
    }
}

/// What tells the row from the others; nothing does as long as it is not among them.
fn own_key(registry: &Registry, row: &ModelInstance, name: &str) -> Result<SqlValue, QueryError> {
    let field = row.model().field(name).filter(|_| !row.is_adding());
    match (field, row.get(name)) {
        (Some(field), Some(value)) => column_value(registry, field, value),
        _ => Ok(SqlValue::Null),
    }
}

/// Whether a row of `others` is not the one whose key is given behind so many values.
fn is_another(others: &QueryCompiler<'_>, keys: &[&Field], values: usize) -> SqlExpression {
    let same = keys.iter().enumerate().map(|(index, key)| {
        let column = others.joins.column(0, &key.column());
        column.equals(SqlExpression::Numbered(values + index))
    });
    let same = SqlExpression::All(same.collect());
    let first = Box::new(SqlExpression::Numbered(values));
    SqlExpression::Any(vec![SqlExpression::IsNull(first, true), same.negated()])
}

fn condition_fields(condition: &Condition) -> Vec<String> {
    let mut names = Vec::new();
    condition
        .clone()
        .visit_fields(&mut |name| names.push(name.clone()));
    names
}

fn expression_fields(expression: &Expression) -> Vec<String> {
    match expression {
        Expression::Query(query) => match &**query {
            QueryExpression::Extract { of, .. } => of.fields(),
            _ => Vec::new(),
        },
        expression => expression.fields(),
    }
}

impl<'m> CheckedLine<'m> {
    fn of(model: &'m Model, paths: impl IntoIterator<Item = String>) -> Self {
        let mut line = Self::default();
        for path in paths {
            line.note(model, &path);
        }
        line
    }

    /// Notes the field that `path` begins with, and what it is generated from.
    fn note(&mut self, model: &'m Model, path: &str) {
        let name = path.split("__").next().unwrap_or(path);
        let is_meant = |field: &&Field| {
            field.name == name || field.attname() == name || name == "pk" && field.primary_key
        };
        let Some(field) = model.columns().find(is_meant) else {
            return;
        };
        let Some((expression, _)) = field.generated() else {
            if self.given.iter().all(|known| known.name != field.name) {
                self.given.push(field);
            }
            return;
        };
        if self.generated.iter().all(|known| known.name != field.name) {
            for path in expression.fields() {
                self.note(model, &path);
            }
            self.generated.push(field);
        }
    }

    /// The statement that finds a line where `condition` holds for the row of `compiler`.
    fn select(
        &self,
        compiler: &QueryCompiler<'_>,
        condition: SqlExpression,
    ) -> Result<SelectStatement, QueryError> {
        let row = TableSource::query(self.row(compiler)?, compiler.joins.alias(0));
        let one = vec![SqlExpression::Integer(1)];
        Ok(SelectStatement {
            from: Some(row),
            ..compiler.statement(one, Some(condition))
        })
    }

    /// The row as a table of one line.
    fn row(&self, compiler: &QueryCompiler<'_>) -> Result<SelectStatement, QueryError> {
        let given = self.given.iter().enumerate();
        let given = given.map(|(number, field)| named(given_value(compiler, number, field), field));
        let line = SelectStatement {
            columns: given.collect(),
            ..SelectStatement::default()
        };
        if self.generated.is_empty() {
            return Ok(if line.columns.is_empty() {
                line.select(SqlExpression::Integer(1))
            } else {
                line
            });
        }
        let mut computing = QueryCompiler::new(compiler.registry, compiler.model, 0);
        let mut columns = Vec::new();
        for field in &self.given {
            columns.push(named(computing.joins.column(0, &field.column()), field));
        }
        for field in &self.generated {
            if let Some((expression, _)) = field.generated() {
                let value = computing.expression(expression, &mut JoinScope::open())?;
                columns.push(named(value.sql, field));
            }
        }
        Ok(SelectStatement {
            columns,
            from: Some(TableSource::query(line, computing.joins.alias(0))),
            ..SelectStatement::default()
        })
    }

    fn check(self, statement: &SelectStatement, keys: Vec<String>) -> ConstraintCheck {
        ConstraintCheck {
            statement: statement.compile_inline(&Sqlite),
            given: self.given.into_iter().cloned().collect(),
            keys,
        }
    }
}

fn named(value: SqlExpression, field: &Field) -> SqlExpression {
    SqlExpression::Named(Box::new(value), field.column())
}

/// The value of this number, compared as its column would be.
fn given_value(compiler: &QueryCompiler<'_>, number: usize, field: &Field) -> SqlExpression {
    let value = SqlExpression::Numbered(number);
    let kind = compiler.registry.value_kind(field);
    let value = match kind {
        Ok(FieldKind::Decimal { .. }) => SqlExpression::Cast(Box::new(value), SqlCastType::Decimal),
        _ => value,
    };
    match &field.db_collation {
        Some(collation) => SqlExpression::Collate(Box::new(value), collation.clone()),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::ConstraintCheck;
    use crate::db::SqlValue;
    use crate::models::{ModelKey, ModelSet as _};
    use crate::test_database::{filled, library};

    const MODELS: &str = include_str!("../../tests/parity/forms/constraints.toml");
    const GOLDEN: &str = include_str!("../../tests/parity/golden/constraints.json");

    /// However many rows there are.
    #[test]
    fn the_index_of_a_constraint_finds_the_row_that_stands_in_the_way() {
        let golden: Value =
            serde_json::from_str(&GOLDEN.replace("\\\"app_", "\\\"library_")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let models = MODELS.replace("\"app.", "\"library.");
        let registry = library(folder.path(), &models, "UTC");
        let connection = filled(folder.path(), golden["script"].as_array().unwrap());
        let model = registry.find(&ModelKey::new("library", "Offer")).unwrap();
        for name in [
            "published_name",
            "dear_slug",
            "note_any_case",
            "sum_of_both",
        ] {
            let mut constraints = model.options.constraints.iter();
            let constraint = constraints.find(|constraint| constraint.name == name);
            let check = ConstraintCheck::new(&registry, model, constraint.unwrap()).unwrap();
            // The fields, and the key twice.
            let values = vec![SqlValue::Null; check.given.len() + 2];
            let plan = connection
                .query_plan(check.statement.text(), &values)
                .unwrap();
            let plan = plan.join("\n");
            assert!(
                plan.contains(&format!("INDEX {name}")),
                "{}\n{plan}",
                check.statement.text()
            );
        }
    }
}
