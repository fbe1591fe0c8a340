//! Whether a value can stand in a kind of field.

use crate::models::{FieldKind, Literal};

/// Whether a column of this kind can hold `value`.
pub(crate) fn accepts(kind: &FieldKind, value: &Literal) -> bool {
    match kind {
        FieldKind::Boolean => matches!(value, Literal::Boolean(_)),
        FieldKind::Json | FieldKind::ForeignKey(_) | FieldKind::OneToOne(_) => true,
        FieldKind::Decimal { .. } => match value {
            Literal::String(text) => text.trim().parse::<f64>().is_ok(),
            other => matches!(other, Literal::Integer(_) | Literal::Float(_)),
        },
        FieldKind::Float => matches!(value, Literal::Integer(_) | Literal::Float(_)),
        FieldKind::Date(_) | FieldKind::DateTime(_) | FieldKind::Time(_) => match value {
            Literal::Datetime(text) | Literal::String(text) => is_moment(kind, text),
            _ => false,
        },
        FieldKind::Uuid => match value {
            Literal::String(text) => is_uuid(text),
            _ => false,
        },
        kind if kind.is_integer() || *kind == FieldKind::Duration => {
            matches!(value, Literal::Integer(_))
        }
        FieldKind::ManyToMany(_) | FieldKind::CompositePrimaryKey { .. } => false,
        FieldKind::Generated { output_field, .. } => accepts(&output_field.kind, value),
        _ => matches!(value, Literal::String(_)),
    }
}

/// Whether `text` has the parts that a column of this kind holds.
fn is_moment(kind: &FieldKind, text: &str) -> bool {
    let (day, time) = match text.split_once(['T', 't', ' ']) {
        Some((day, time)) => (Some(day), Some(time)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let is_sound = day.is_none_or(is_day) && time.is_none_or(is_time);
    let has_parts = match kind {
        FieldKind::Date(_) => day.is_some() && time.is_none(),
        FieldKind::Time(_) => day.is_none(),
        _ => day.is_some(),
    };
    is_sound && has_parts
}

fn is_day(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').map(str::parse::<u16>).collect();
    matches!(parts.as_slice(), [Ok(_), Ok(1..=12), Ok(1..=31)])
}

fn is_time(text: &str) -> bool {
    let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let mut parts = text[..end].split(':').map(str::parse::<f64>);
    let in_day = |part: Result<f64, _>| part.is_ok_and(|part| (0.0..60.0).contains(&part));
    text.contains(':') && parts.all(in_day)
}

fn is_uuid(text: &str) -> bool {
    let digits = text.replace('-', "");
    digits.len() == 32 && digits.chars().all(|c| c.is_ascii_hexdigit())
}

/// The value, for a message.
pub(super) fn describe(value: &Literal) -> String {
    match value {
        Literal::String(text) => format!("the text `{text}`"),
        Literal::Integer(number) => format!("the number {number}"),
        Literal::Float(number) => format!("the number {number}"),
        Literal::Boolean(value) => format!("`{value}`"),
        Literal::Datetime(moment) => format!("the moment {moment}"),
        Literal::List(_) => "a list".to_owned(),
        Literal::Map(_) => "a table".to_owned(),
    }
}

/// What a value of this kind looks like.
pub(crate) fn hint(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Boolean => "write `true` or `false`",
        FieldKind::Decimal { .. } => "write a number, or a text such as `\"9.90\"`",
        FieldKind::Float => "write a number such as `1.5`",
        FieldKind::Duration => "write whole seconds",
        FieldKind::Date(_) => "write a date such as `2026-01-31`",
        FieldKind::DateTime(_) => "write a moment such as `2026-01-31T12:00:00Z`",
        FieldKind::Time(_) => "write a time such as `12:00:00`",
        FieldKind::Uuid => "write a text of 32 hexadecimal digits",
        kind if accepts(kind, &Literal::Integer(0)) => "write a whole number",
        _ => "write a text",
    }
}
