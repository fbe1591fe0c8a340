//! The calls of a query, one after the other (`Query.build_filter`, `add_annotation` and `set_values`).

use crate::db::sql::SqlExpression;
use crate::models::Field;
use crate::models::expression::{Expression, QueryStep, RowQuery};
use crate::query::QueryError;
use crate::query::compiler::{
    CompiledAnnotation, Grouping, JoinScope, QueryCompiler, SelectedValue,
};
use crate::query::relation_path::RelationPath;

impl QueryCompiler<'_> {
    /// Takes the calls of `query`, whose model is that of the compiler.
    pub(super) fn take_steps(&mut self, query: &RowQuery) -> Result<(), QueryError> {
        if let Some(refused) = query.refused {
            let (call, after) = (refused.call, refused.after);
            return Err(QueryError::RefusedCall { call, after });
        }
        for step in &query.steps {
            match step {
                QueryStep::Filter(condition) => {
                    let sql = self.filter(condition)?;
                    self.conditions.push(sql);
                }
                QueryStep::Annotate {
                    name,
                    expression,
                    is_selected,
                } => self.annotate(name, expression, *is_selected)?,
                QueryStep::Values(paths) => self.select_values(paths)?,
            }
        }
        Ok(())
    }

    fn annotate(
        &mut self,
        name: &str,
        expression: &Expression,
        is_selected: bool,
    ) -> Result<(), QueryError> {
        if self.is_taken(name) {
            return Err(QueryError::AnnotationConflict {
                model: self.model.key(),
                name: name.to_owned(),
            });
        }
        let value = self.expression(expression, &mut JoinScope::open())?;
        value.known_kind()?;
        let is_aggregate = value.sql.has_aggregate();
        self.annotations.retain(|before| before.name != name);
        self.annotations.push(CompiledAnnotation {
            name: name.to_owned(),
            value: value.clone(),
            is_selected,
        });
        if is_selected && let Some(selection) = &mut self.selection {
            selection.retain(|before| before.name != name);
            let name = name.to_owned();
            selection.push(SelectedValue { name, value });
        }
        if is_aggregate {
            self.grouping = match &self.selection {
                None => Grouping::Rows,
                Some(selection) => {
                    let values = selection.iter().map(|selected| &selected.value.sql);
                    Grouping::By(values.flat_map(grouped_by).cloned().collect())
                }
            };
        }
        Ok(())
    }

    /// Selects the values at `paths`; those of all columns and the annotations where there are none.
    fn select_values(&mut self, paths: &[String]) -> Result<(), QueryError> {
        let mut selection = Vec::new();
        let all: Vec<_> = self.model.columns().map(Field::attname).collect();
        for path in if paths.is_empty() { &all } else { paths } {
            let annotation = self.annotations.iter();
            let annotation = annotation.rev().find(|annotation| annotation.name == *path);
            if let Some(annotation) = annotation
                && !annotation.is_selected
            {
                return Err(QueryError::SelectedAlias(path.clone()));
            }
            let value = self.named_value(path, &mut JoinScope::open())?;
            let name = path.clone();
            selection.push(SelectedValue { name, value });
        }
        if paths.is_empty() {
            let annotations = self.annotations.iter().filter(|one| one.is_selected);
            selection.extend(annotations.map(|annotation| SelectedValue {
                name: annotation.name.clone(),
                value: annotation.value.clone(),
            }));
        } else {
            for annotation in &mut self.annotations {
                annotation.is_selected = paths.contains(&annotation.name);
            }
        }
        self.selection = Some(selection);
        Ok(())
    }

    /// Whether what is selected, or a field of the model or a way back to it, is called `name`.
    fn is_taken(&self, name: &str) -> bool {
        if let Some(selection) = &self.selection {
            let mut annotations = self.annotations.iter();
            return selection.iter().any(|selected| selected.name == name)
                && !annotations.any(|annotation| annotation.name == name);
        }
        let mut fields = self.model.fields.iter();
        fields.any(|field| field.name == name || field.attname() == name)
            || RelationPath::is_way_back(self.registry, self.model, name)
    }

    /// The condition of rows, and that of groups (`split_having`).
    pub(super) fn split_conditions(&self) -> SplitCondition {
        split(SqlExpression::All(self.conditions.clone()), false)
    }
}

/// What groups have in common that are made by this value: the value itself, unless it is one of groups.
fn grouped_by(value: &SqlExpression) -> Vec<&SqlExpression> {
    match value {
        SqlExpression::Subquery(_) | SqlExpression::Exists(_) => vec![value],
        value => value.grouping(),
    }
}

/// A condition in two: what rows must be like, and what groups must be like.
#[derive(Debug, Default)]
pub(super) struct SplitCondition {
    pub(super) of_rows: Option<SqlExpression>,
    pub(super) of_groups: Option<SqlExpression>,
}

fn split(condition: SqlExpression, is_negated: bool) -> SplitCondition {
    if !condition.has_aggregate() {
        let is_empty = matches!(&condition, SqlExpression::All(parts) if parts.is_empty());
        return SplitCondition {
            of_rows: (!is_empty).then_some(condition),
            of_groups: None,
        };
    }
    let of_groups = |condition| SplitCondition {
        of_rows: None,
        of_groups: Some(condition),
    };
    match condition {
        SqlExpression::Not(inner) => {
            let inner = split(*inner, !is_negated);
            SplitCondition {
                of_rows: inner.of_rows.map(SqlExpression::negated),
                of_groups: inner.of_groups.map(SqlExpression::negated),
            }
        }
        SqlExpression::All(parts) if !is_negated => {
            split_parts(parts, is_negated, SqlExpression::All)
        }
        SqlExpression::Any(parts) if is_negated => {
            split_parts(parts, is_negated, SqlExpression::Any)
        }
        other => of_groups(other),
    }
}

fn split_parts(
    parts: Vec<SqlExpression>,
    is_negated: bool,
    join: fn(Vec<SqlExpression>) -> SqlExpression,
) -> SplitCondition {
    let (mut of_rows, mut of_groups) = (Vec::new(), Vec::new());
    for part in parts {
        let part = split(part, is_negated);
        of_rows.extend(part.of_rows);
        of_groups.extend(part.of_groups);
    }
    let joined = |parts: Vec<_>| (!parts.is_empty()).then(|| join(parts));
    SplitCondition {
        of_rows: joined(of_rows),
        of_groups: joined(of_groups),
    }
}
