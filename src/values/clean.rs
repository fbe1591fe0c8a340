//! What a person typed, or a table of texts holds, as a field keeps it: Django's `clean`.

use crate::clock::Zone;
use crate::models::{Choice, Field, FieldKind, Literal};
use crate::values::validators::{self, Written};
use crate::values::{FieldValue, empty_value, from_text, no_value};

/// `text` as a value of `field`, whose values are of `kind`; a moment without an offset is one of `zone`.
///
/// `Err` is a sentence that says what is wrong, such as `this is not a whole number`. Whether a row
/// that is referred to exists is for others to ask.
pub fn clean(
    field: &Field,
    kind: &FieldKind,
    text: &str,
    zone: &Zone,
) -> Result<FieldValue, String> {
    if text.is_empty() {
        return blank(field, kind);
    }
    check_length(field, text)?;
    check_choice(field, text)?;
    let read = from_text(kind, text, zone);
    let value = read.map_err(|expected| format!("this is not {expected}"))?;
    let written = Written {
        text,
        value: &value,
    };
    validators::check(field, kind, written)?;
    Ok(value)
}

fn blank(field: &Field, kind: &FieldKind) -> Result<FieldValue, String> {
    match empty_value(field) {
        _ if !field.blank => Err("a value is needed".to_owned()),
        Some(empty) if !field.null => Ok(empty),
        _ => Ok(no_value(kind)),
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
        Choice::Value(value, _) => vec![literal_str(value)],
        Choice::Group(_, values) => values.iter().map(|(value, _)| literal_str(value)).collect(),
    });
    let values: Vec<_> = values.collect();
    if values.iter().any(|value| value == text) {
        return Ok(());
    }
    Err(format!("this must be one of `{}`", values.join("`, `")))
}

/// A literal as Python's `str` writes it.
fn literal_str(value: &Literal) -> String {
    match value {
        Literal::String(text) | Literal::Datetime(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => number.to_string(),
        Literal::Boolean(true) => "True".to_owned(),
        Literal::Boolean(false) => "False".to_owned(),
        Literal::Null | Literal::List(_) | Literal::Map(_) => String::new(),
    }
}
