//! Values as they stand in a file: defaults and choices.

use crate::document::{Item, Table, TableReader, Value};
use crate::models::read::{ReadContext, one_of};
use crate::models::{Choice, DefaultFunction, FieldDefault, Literal};

/// The value in `item`.
pub fn literal(item: &Item) -> Literal {
    match &item.value {
        Value::String(text) => Literal::String(text.clone()),
        Value::Integer(number) => Literal::Integer(*number),
        Value::Float(number) => Literal::Float(*number),
        Value::Boolean(value) => Literal::Boolean(*value),
        Value::Datetime(moment) => Literal::Datetime(moment.clone()),
        Value::Array(items) => Literal::List(items.iter().map(literal).collect()),
        Value::Table(table) => Literal::Map(pairs(table)),
    }
}

fn pairs(table: &Table) -> Vec<(String, Literal)> {
    let entries = table.entries().iter();
    entries
        .map(|entry| (entry.key.clone(), literal(&entry.item)))
        .collect()
}

/// The default under `key`: a value, or `{ function = "now" }`.
pub fn default<'t>(fields: &TableReader<'t>, key: &'t str) -> Option<FieldDefault> {
    let item = fields.item(key)?;
    let Some(call) = item.as_table().filter(|table| is_call(table)) else {
        return Some(FieldDefault::Value(literal(item)));
    };
    let call = call.reader(fields.problems());
    let function = one_of(&call, "function", &DefaultFunction::ALL);
    call.finish();
    function.map(FieldDefault::Function)
}

fn is_call(table: &Table) -> bool {
    table.entries().len() == 1 && table.get("function").is_some()
}

/// The choices: `[["DF", "Draft"], ["Group", [["PB", "Published"]]]]`.
pub fn choices(context: &ReadContext<'_>, fields: &TableReader<'_>) -> Vec<Choice> {
    let Some(item) = fields.item("choices") else {
        return Vec::new();
    };
    let Value::Array(items) = &item.value else {
        wrong_choice(context, item);
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|item| choice(context, item))
        .collect()
}

fn choice(context: &ReadContext<'_>, item: &Item) -> Option<Choice> {
    let found = match pair(item) {
        Some((group, label)) if group.as_str().is_some() && is_list(label) => {
            let Value::Array(items) = &label.value else {
                return None;
            };
            let members: Option<Vec<_>> = items.iter().map(value_and_label).collect();
            members.map(|members| Choice::Group(text(group), members))
        }
        _ => value_and_label(item).map(|(value, label)| Choice::Value(value, label)),
    };
    if found.is_none() {
        wrong_choice(context, item);
    }
    found
}

fn value_and_label(item: &Item) -> Option<(Literal, String)> {
    let (value, label) = pair(item)?;
    Some((literal(value), label.as_str()?.to_owned()))
}

fn pair(item: &Item) -> Option<(&Item, &Item)> {
    match &item.value {
        Value::Array(items) if items.len() == 2 => Some((&items[0], &items[1])),
        _ => None,
    }
}

fn is_list(item: &Item) -> bool {
    matches!(item.value, Value::Array(_))
}

fn text(item: &Item) -> String {
    item.as_str().unwrap_or_default().to_owned()
}

fn wrong_choice(context: &ReadContext<'_>, item: &Item) {
    let message = "a choice must be a list of a value and its label".to_owned();
    let hint = r#"write `choices = [["DF", "Draft"], ["PB", "Published"]]`"#;
    context.report(item, "wrong-type", message, hint);
}
