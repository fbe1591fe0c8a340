//! What only a schema holds: parts of indexes, and defaults of the database.

use super::{BareString, expression};
use crate::document::{Item, Table, TableReader, Value};
use crate::models::Literal;
use crate::models::expression::{Expression, IndexExpression};
use crate::models::read::ReadContext;

/// The parts of an index: `["title", { desc = { Lower = "title" } }]`.
pub fn index_expressions(
    context: &ReadContext<'_>,
    fields: &TableReader<'_>,
) -> Vec<IndexExpression> {
    let Some(item) = fields.item("expressions") else {
        return Vec::new();
    };
    let Value::Array(items) = &item.value else {
        let message = "`expressions` must be a list".to_owned();
        let hint = r#"write `expressions = [{ Lower = "title" }]`"#;
        context.report(item, "wrong-type", message, hint);
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|item| index_expression(context, item))
        .collect()
}

fn index_expression(context: &ReadContext<'_>, item: &Item) -> Option<IndexExpression> {
    let entries = item.as_table().map(Table::entries);
    let (inner, descending) = match entries {
        Some([entry]) if entry.key == "desc" => (&entry.item, Some(true)),
        Some([entry]) if entry.key == "asc" => (&entry.item, Some(false)),
        _ => (item, None),
    };
    let expression = expression(context, inner, BareString::Field)?;
    Some(IndexExpression {
        expression,
        descending,
    })
}

/// The default of the database: a value, or an expression that does not name a field.
pub fn db_default(context: &ReadContext<'_>, fields: &TableReader<'_>) -> Option<Expression> {
    let item = fields.item("db_default")?;
    let found = expression(context, item, BareString::Value)?;
    if !found.fields().is_empty() || !is_default(&found) {
        let message = "a default of the database cannot look at the row".to_owned();
        let hint = "write a value, or a function of values such as `{ Now = [] }`";
        context.report(item, "wrong-default", message, hint);
        return None;
    }
    Some(found)
}

fn is_default(expression: &Expression) -> bool {
    !matches!(expression, Expression::Collate(..) | Expression::Q(_))
}

/// The literal values among `operands`.
pub fn literals(operands: &[Expression]) -> impl Iterator<Item = &Literal> {
    operands.iter().filter_map(|operand| match operand {
        Expression::Value(literal) => Some(literal),
        _ => None,
    })
}
