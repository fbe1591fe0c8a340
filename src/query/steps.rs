//! The calls of a query, one after the other (`Query.build_filter`, `add_annotation` and `set_values`).

use crate::db::sql::SqlExpression;
use crate::models::Field;
use crate::models::expression::{
    Expression, QueryExpression, QueryStep, RowQuery, is_annotation_name,
};
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
        self.tables_of_steps = self.joins.len();
        Ok(())
    }

    /// Takes the annotations of `query`, and nothing else.
    pub(super) fn take_annotations(&mut self, query: &RowQuery) -> Result<(), QueryError> {
        for step in &query.steps {
            if let QueryStep::Annotate {
                name,
                expression,
                is_selected,
            } = step
            {
                self.annotate(name, expression, *is_selected)?;
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
        if !is_annotation_name(name) {
            return Err(QueryError::AnnotationName(name.to_owned()));
        }
        if self.is_taken(name) {
            return Err(QueryError::AnnotationConflict {
                model: self.model.key(),
                name: name.to_owned(),
            });
        }
        if let Expression::Query(found) = expression
            && let QueryExpression::FilteredRelation {
                relation,
                condition,
            } = &**found
        {
            return self.filter_relation(name, relation, condition);
        }
        let value = self.expression(expression, &mut JoinScope::open())?;
        value.check_readable()?;
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

    /// The condition of rows, that of groups, and that of what is computed of the rows around
    /// (`split_having_qualify`).
    pub(super) fn split_conditions(&self) -> SplitCondition {
        let conditions = self.conditions.iter().cloned().flat_map(conjuncts);
        let (windows, others): (Vec<_>, Vec<_>) = conditions.partition(SqlExpression::has_window);
        SplitCondition {
            windows,
            ..split(SqlExpression::All(others), false)
        }
    }
}

/// What groups have in common that are made by this value: the value itself, unless it is one of groups.
fn grouped_by(value: &SqlExpression) -> Vec<&SqlExpression> {
    let parts = value.grouping();
    if parts.is_empty() || value.has_aggregate() || value.has_window() {
        return parts;
    }
    vec![value]
}

/// A condition in parts: what rows must be like, what groups must be like, and both beside those around.
#[derive(Debug, Default)]
pub(super) struct SplitCondition {
    pub(super) rows: Option<SqlExpression>,
    pub(super) groups: Option<SqlExpression>,
    pub(super) windows: Vec<SqlExpression>,
}

/// The conditions that must all hold.
fn conjuncts(condition: SqlExpression) -> Vec<SqlExpression> {
    match condition {
        SqlExpression::All(parts) => parts.into_iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

fn split(condition: SqlExpression, is_negated: bool) -> SplitCondition {
    if !condition.has_aggregate() {
        let is_empty = matches!(&condition, SqlExpression::All(parts) if parts.is_empty());
        return SplitCondition {
            rows: (!is_empty).then_some(condition),
            ..SplitCondition::default()
        };
    }
    let groups = |condition| SplitCondition {
        groups: Some(condition),
        ..SplitCondition::default()
    };
    match condition {
        SqlExpression::Not(inner) => {
            let inner = split(*inner, !is_negated);
            SplitCondition {
                rows: inner.rows.map(SqlExpression::negated),
                groups: inner.groups.map(SqlExpression::negated),
                ..inner
            }
        }
        SqlExpression::All(parts) if !is_negated => {
            split_parts(parts, is_negated, SqlExpression::All)
        }
        SqlExpression::Any(parts) if is_negated => {
            split_parts(parts, is_negated, SqlExpression::Any)
        }
        other => groups(other),
    }
}

fn split_parts(
    parts: Vec<SqlExpression>,
    is_negated: bool,
    join: fn(Vec<SqlExpression>) -> SqlExpression,
) -> SplitCondition {
    let (mut rows, mut groups) = (Vec::new(), Vec::new());
    for part in parts {
        let part = split(part, is_negated);
        rows.extend(part.rows);
        groups.extend(part.groups);
    }
    let joined = |parts: Vec<_>| (!parts.is_empty()).then(|| join(parts));
    SplitCondition {
        rows: joined(rows),
        groups: joined(groups),
        ..SplitCondition::default()
    }
}
