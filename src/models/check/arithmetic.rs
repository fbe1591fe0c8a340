//! Calculations that the database cannot do by itself.

use crate::diagnostic::Finding;
use crate::models::check::CheckedModel;
use crate::models::expression::{Condition, Expression};
use crate::models::{ConstraintKind, Field, FieldKind, Model};
use crate::text;

/// Checks the calculations in constraints, indexes and computed columns of one model.
///
/// With moments and durations Django calculates by functions that it gives to its own connections:
/// no other program could write to such a table, djr among them.
pub(super) fn check(subject: &CheckedModel<'_>) {
    let model = subject.model;
    for constraint in &model.options.constraints {
        let found = match &constraint.kind {
            ConstraintKind::Unique(_) => None,
            ConstraintKind::Check(condition) => in_condition(model, condition),
            ConstraintKind::UniqueIndex {
                expressions,
                condition,
                ..
            } => {
                let mut parts = expressions.iter();
                let found = parts.find_map(|part| in_expression(model, &part.expression));
                found.or_else(|| in_condition(model, condition.as_ref()?))
            }
        };
        if let Some(field) = found {
            subject.report_option("constraints", finding(field));
        }
    }
    for index in &model.options.indexes {
        let mut parts = index.expressions.iter();
        let found = parts.find_map(|part| in_expression(model, &part.expression));
        if let Some(field) = found.or_else(|| in_condition(model, index.condition.as_ref()?)) {
            subject.report_option("indexes", finding(field));
        }
    }
    for field in &model.fields {
        let found = field.generated();
        if let Some(other) = found.and_then(|(found, _)| in_expression(model, found)) {
            subject.report(&field.name, "expression", finding(other));
        }
    }
}

fn finding(field: &Field) -> Finding {
    let class = text::with_article(field.kind.class_name());
    let message = format!(
        "`{}` is {class}, which the database cannot calculate with",
        field.name
    );
    Finding::error("wrong-arithmetic", message)
        .hint("compare it with another field or a value, or keep whole seconds in a number")
}

fn in_condition<'m>(model: &'m Model, condition: &Condition) -> Option<&'m Field> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::Xor(parts) => {
            parts.iter().find_map(|part| in_condition(model, part))
        }
        Condition::Not(part) => in_condition(model, part),
        Condition::Compare(comparison) => {
            let mut operands = comparison.operands.iter();
            operands.find_map(|operand| in_expression(model, operand))
        }
        Condition::Holds(expression) => in_expression(model, expression),
    }
}

/// The field of time that is calculated with, if there is one.
fn in_expression<'m>(model: &'m Model, expression: &Expression) -> Option<&'m Field> {
    let within = |parts: &[Expression]| parts.iter().find_map(|part| in_expression(model, part));
    match expression {
        Expression::F(_)
        | Expression::Value(_)
        | Expression::Parameter(_)
        | Expression::Query(_) => None,
        Expression::Combined(_, parts) => {
            let named = parts.iter().filter_map(|part| match part {
                Expression::F(name) => model.field(name),
                _ => None,
            });
            let mut timed = named.filter(|field| is_time(field.value_kind()));
            timed.next().or_else(|| within(parts))
        }
        Expression::Function(_, parts) => within(parts),
        Expression::Cast(inner, _) | Expression::Collate(inner, _) => in_expression(model, inner),
        Expression::Case { cases, default } => {
            let in_case = |(when, then): &(Condition, Expression)| {
                in_condition(model, when).or_else(|| in_expression(model, then))
            };
            let found = cases.iter().find_map(in_case);
            found.or_else(|| in_expression(model, default.as_deref()?))
        }
        Expression::Q(condition) => in_condition(model, condition),
    }
}

fn is_time(kind: &FieldKind) -> bool {
    matches!(
        kind,
        FieldKind::Duration | FieldKind::Date(_) | FieldKind::DateTime(_) | FieldKind::Time(_)
    )
}
