//! What a person typed, or a table of texts holds, as a field keeps it.

use crate::clock::Zone;
use crate::db::SqlValue;
use crate::models::{Choice, Field, FieldKind, Literal, Registry};
use crate::query::{store, value_kind};
use crate::serializers::json::Json;
use crate::serializers::read_value;

/// `text` as `field` keeps it; a moment without an offset is one of `zone`.
///
/// `Err` is a sentence that says what is wrong, such as `this is no whole number`. Whether a row
/// that is referred to exists is for others to ask.
pub fn typed(
    registry: &Registry,
    field: &Field,
    text: &str,
    zone: &Zone,
) -> Result<SqlValue, String> {
    if text.is_empty() {
        return blank(field);
    }
    check_length(field, text)?;
    check_choice(field, text)?;
    let kind = value_kind(registry, field).map_err(|error| error.to_string())?;
    let value = match kind {
        FieldKind::Json => Json::parse(text).ok_or("this is no JSON")?,
        _ => Json::String(text.to_owned()),
    };
    let data = read_value::read(kind, &value, zone);
    data.map(|data| store(&data))
        .map_err(|expected| format!("this is not {expected}"))
}

fn blank(field: &Field) -> Result<SqlValue, String> {
    match field.kind.allows_empty_strings() {
        _ if !field.blank => Err("a value is needed".to_owned()),
        true if !field.null => Ok("".into()),
        _ => Ok(SqlValue::Null),
    }
}

fn check_length(field: &Field, text: &str) -> Result<(), String> {
    let length = text.chars().count();
    match field.kind.max_length() {
        Some(limit) if u64::try_from(length).unwrap_or(u64::MAX) > limit => Err(format!(
            "this is {length} characters long, {limit} are allowed"
        )),
        _ => Ok(()),
    }
}

fn check_choice(field: &Field, text: &str) -> Result<(), String> {
    if field.choices.is_empty() {
        return Ok(());
    }
    let values = field.choices.iter().flat_map(|choice| match choice {
        Choice::Value(value, _) => vec![shown(value)],
        Choice::Group(_, values) => values.iter().map(|(value, _)| shown(value)).collect(),
    });
    let values: Vec<_> = values.collect();
    if values.iter().any(|value| value == text) {
        return Ok(());
    }
    Err(format!("this must be one of `{}`", values.join("`, `")))
}

fn shown(value: &Literal) -> String {
    match value {
        Literal::String(text) | Literal::Datetime(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => number.to_string(),
        Literal::Boolean(value) => value.to_string(),
        Literal::List(_) | Literal::Map(_) => String::new(),
    }
}
