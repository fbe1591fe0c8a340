//! Whether a value can stand in a kind of field.

use crate::clock::{Date, Moment, TimeOfDay, Zone};
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
        // A column holds microseconds.
        FieldKind::Duration => match value {
            Literal::Integer(seconds) => seconds.checked_mul(1_000_000).is_some(),
            _ => false,
        },
        kind if kind.is_integer() => matches!(value, Literal::Integer(_)),
        FieldKind::ManyToMany(_) | FieldKind::CompositePrimaryKey { .. } => false,
        FieldKind::Generated { output_field, .. } => accepts(&output_field.kind, value),
        _ => matches!(value, Literal::String(_)),
    }
}

/// Whether `text` is a day, a time or a moment, as a column of this kind holds it.
fn is_moment(kind: &FieldKind, text: &str) -> bool {
    match kind {
        FieldKind::Date(_) => Date::parse(text).is_some(),
        FieldKind::Time(_) => TimeOfDay::parse(text).is_some(),
        _ => Moment::parse(text, &Zone::utc()).is_some(),
    }
}

fn is_uuid(text: &str) -> bool {
    let digits = text.replace('-', "");
    digits.len() == 32 && digits.chars().all(|c| c.is_ascii_hexdigit())
}

/// The value, for a message.
pub(super) fn describe(value: &Literal) -> String {
    match value {
        Literal::Null => "nothing".to_owned(),
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
