//! Conditions and expressions, as the tables they are read from.

use crate::models::Literal;
use crate::models::expression::{Comparison, Condition, Expression, IndexExpression, Lookup};
use crate::models::write::{field_table, key, literal, text};

/// A condition as an inline table.
pub fn condition(condition: &Condition) -> String {
    format!("{{ {} }}", entries(condition).join(", "))
}

fn entries(condition: &Condition) -> Vec<String> {
    match condition {
        Condition::All(parts) if is_flat(parts) => parts.iter().map(entry).collect(),
        other => vec![entry(other)],
    }
}

fn entry(condition: &Condition) -> String {
    match condition {
        Condition::All(parts) => format!("all = {}", list(parts)),
        Condition::Any(parts) => format!("any = {}", list(parts)),
        Condition::Not(part) => format!("not = {}", self::condition(part)),
        Condition::Compare(comparison) => lookup(comparison),
    }
}

/// Whether one table says the same: what combines, each once, then lookups as they are sorted.
fn is_flat(parts: &[Condition]) -> bool {
    let keys: Vec<_> = parts.iter().map(sort_key).collect();
    let distinct = |index: usize| !keys[..index].contains(&keys[index]);
    let in_order = |pair: &[(bool, String)]| match (pair[0].0, pair[1].0) {
        (true, true) => pair[0].1 < pair[1].1,
        (first, second) => first <= second,
    };
    keys.windows(2).all(in_order) && (0..keys.len()).all(distinct)
}

fn sort_key(condition: &Condition) -> (bool, String) {
    match condition {
        Condition::All(_) => (false, "all".to_owned()),
        Condition::Any(_) => (false, "any".to_owned()),
        Condition::Not(_) => (false, "not".to_owned()),
        Condition::Compare(comparison) => (true, name(comparison)),
    }
}

fn list(parts: &[Condition]) -> String {
    let parts: Vec<_> = parts.iter().map(condition).collect();
    format!("[{}]", parts.join(", "))
}

fn name(comparison: &Comparison) -> String {
    let Comparison { field, lookup, .. } = comparison;
    if *lookup == Lookup::Exact && !matches!(field.as_str(), "any" | "all" | "not") {
        return field.clone();
    }
    format!("{field}__{}", lookup.name())
}

fn lookup(comparison: &Comparison) -> String {
    let operands: Vec<_> = comparison.operands.iter().map(operand).collect();
    let value = if comparison.lookup.takes_list() {
        format!("[{}]", operands.join(", "))
    } else {
        operands.concat()
    };
    format!("{} = {value}", key(&name(comparison)))
}

/// An expression where text alone is a value.
pub fn operand(expression: &Expression) -> String {
    match expression {
        Expression::Value(value) if !is_compound(value) => literal(value),
        Expression::F(name) => format!("{{ F = {} }}", text(name)),
        other => argument(other),
    }
}

/// An expression where text alone is a field.
pub fn argument(expression: &Expression) -> String {
    match expression {
        Expression::F(name) => text(name),
        Expression::Value(value) if is_compound(value) || matches!(value, Literal::String(_)) => {
            format!("{{ Value = {} }}", literal(value))
        }
        Expression::Value(value) => literal(value),
        Expression::Parameter(name) => {
            let (source, name) = name.split_once('.').unwrap_or(("parameter", name));
            format!("{{ {} = {} }}", key(source), text(name))
        }
        Expression::Function(function, arguments) => call(function.name(), arguments),
        Expression::Combined(connector, arguments) => call(connector.name(), arguments),
        Expression::Cast(inner, field) => format!(
            "{{ Cast = {}, output_field = {} }}",
            argument(inner),
            field_table(field)
        ),
        Expression::Collate(inner, name) => {
            format!(
                "{{ Collate = {}, collation = {} }}",
                argument(inner),
                text(name)
            )
        }
        Expression::Case { cases, default } => case(cases, default.as_deref()),
        Expression::Q(inner) => format!("{{ Q = {} }}", condition(inner)),
    }
}

fn is_compound(value: &Literal) -> bool {
    matches!(value, Literal::List(_) | Literal::Map(_))
}

fn call(name: &str, arguments: &[Expression]) -> String {
    let written: Vec<_> = arguments.iter().map(argument).collect();
    match written.as_slice() {
        [one] => format!("{{ {name} = {one} }}"),
        _ => format!("{{ {name} = [{}] }}", written.join(", ")),
    }
}

fn case(cases: &[(Condition, Expression)], default: Option<&Expression>) -> String {
    let cases: Vec<_> = cases
        .iter()
        .map(|(when, then)| {
            format!(
                "{{ when = {}, then = {} }}",
                condition(when),
                argument(then)
            )
        })
        .collect();
    let default = default.map(|value| format!(", default = {}", argument(value)));
    format!(
        "{{ Case = [{}]{} }}",
        cases.join(", "),
        default.unwrap_or_default()
    )
}

/// A part of an index.
pub fn index_expression(part: &IndexExpression) -> String {
    let inner = argument(&part.expression);
    match part.descending {
        Some(true) => format!("{{ desc = {inner} }}"),
        Some(false) => format!("{{ asc = {inner} }}"),
        None => inner,
    }
}
