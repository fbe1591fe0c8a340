//! What a new row gets in a field that nobody fills.

use crate::clock::{self, Moment, TimeOfDay, Zone};
use crate::json::Json;
use crate::models::{DefaultFunction, Field, FieldDefault, FieldKind, Literal};
use crate::values::{FieldValue, Uuid, from_literal};

/// A default that its field cannot hold.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "the default of `{field}` is not a value of {}",
    crate::text::with_article(kind)
)]
pub struct InvalidDefault {
    /// The name of the field.
    pub field: String,
    /// Django's class of the field.
    pub kind: &'static str,
}

/// The value that `field` declares for rows that give none, and that is one of `kind`; none where it
/// declares none.
///
/// `kind` is the kind of its values, references followed; `zone` that of days and moments.
pub fn declared_default(
    field: &Field,
    kind: &FieldKind,
    zone: &Zone,
) -> Result<Option<FieldValue>, InvalidDefault> {
    match &field.default {
        Some(FieldDefault::Value(literal)) => checked_literal(field, kind, literal, zone).map(Some),
        Some(FieldDefault::Function(function)) => Ok(Some(call(*function, kind, zone))),
        None => Ok(None),
    }
}

/// A literal as the value of a field whose values are of `kind`.
pub fn checked_literal(
    field: &Field,
    kind: &FieldKind,
    literal: &Literal,
    zone: &Zone,
) -> Result<FieldValue, InvalidDefault> {
    from_literal(kind, literal, zone).ok_or_else(|| InvalidDefault {
        field: field.name.clone(),
        kind: field.kind.class_name(),
    })
}

/// The current day, time or moment, where the field takes it by itself for a new row.
///
/// Days and times are those of the clock in `zone`.
pub fn auto_now_value(field: &Field, zone: &Zone) -> Option<FieldValue> {
    let (FieldKind::Date(auto_now) | FieldKind::DateTime(auto_now) | FieldKind::Time(auto_now)) =
        field.kind
    else {
        return None;
    };
    let is_set = auto_now.auto_now || auto_now.auto_now_add;
    let now = clock::now();
    let time = || TimeOfDay::parse(&now.format(zone, "%H:%M:%S%.6f")).map(FieldValue::Time);
    let found = match field.kind {
        FieldKind::Date(_) => now.date_in(zone).map(FieldValue::Date),
        FieldKind::Time(_) => time(),
        _ => Some(FieldValue::Moment(now)),
    };
    found.filter(|_| is_set)
}

/// The empty text or bytes, where the field may hold them.
pub fn empty_value(field: &Field) -> Option<FieldValue> {
    match field.kind {
        FieldKind::Binary { .. } => Some(FieldValue::Bytes(Vec::new())),
        _ if field.kind.allows_empty_strings() => Some(FieldValue::Text(String::new())),
        _ => None,
    }
}

/// What a function returns at this moment, as a value of `kind`.
fn call(function: DefaultFunction, kind: &FieldKind, zone: &Zone) -> FieldValue {
    match (function, kind) {
        (DefaultFunction::Dict, _) => FieldValue::Json(Json::Object(Vec::new())),
        (DefaultFunction::List, _) => FieldValue::Json(Json::Array(Vec::new())),
        (DefaultFunction::Uuid4, FieldKind::Uuid) => FieldValue::Uuid(Uuid::random()),
        // A field of text keeps what Python's `str` makes of it, dashes included.
        (DefaultFunction::Uuid4, _) => FieldValue::Text(Uuid::random().to_string()),
        (DefaultFunction::Now | DefaultFunction::Today, _) => current(function, kind, zone),
    }
}

/// What `timezone.now` and `date.today` of Django become in a field.
///
/// A day is that of `zone`, and as a moment its midnight there; a time is that of the moment, in UTC.
fn current(function: DefaultFunction, kind: &FieldKind, zone: &Zone) -> FieldValue {
    let now = clock::now();
    let today = now.date_in(zone);
    let value = match kind {
        FieldKind::Date(_) => today.map(FieldValue::Date),
        FieldKind::Time(_) => {
            let written = now.to_sql();
            let time = written.split_once(' ').map_or("", |(_, time)| time);
            TimeOfDay::parse(time).map(FieldValue::Time)
        }
        _ if function == DefaultFunction::Today => {
            let midnight = today.and_then(|day| Moment::parse(&day.to_string(), zone));
            midnight.map(FieldValue::Moment)
        }
        _ => None,
    };
    value.unwrap_or(FieldValue::Moment(now))
}
