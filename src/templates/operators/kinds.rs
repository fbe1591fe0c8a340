//! What of the values that templates know a value is, and how it is called in messages.

use minijinja::value::{ObjectRepr, Value, ValueKind};

use crate::templates::objects::{DecimalValue, DurationValue, TemporalValue};
use crate::templates::operators::IDENTITY;
use crate::templates::zoned_time::ZonedTime;
use crate::values::Decimal;

/// A value that the engine does not know.
#[derive(Clone, Copy, Debug)]
pub(super) enum FieldOperand<'v> {
    Decimal(&'v Decimal),
    Temporal(&'v ZonedTime),
    /// In microseconds.
    Duration(i64),
}

impl<'v> FieldOperand<'v> {
    /// None for values of the engine, and for objects that neither are ordered nor computed with.
    pub(super) fn of(value: &'v Value) -> Option<Self> {
        let object = value.as_object()?;
        if let Some(decimal) = object.downcast_ref::<DecimalValue>() {
            return Some(Self::Decimal(&decimal.0));
        }
        if let Some(time) = object.downcast_ref::<TemporalValue>() {
            return Some(Self::Temporal(&time.0));
        }
        let duration = object.downcast_ref::<DurationValue>()?;
        Some(Self::Duration(duration.0))
    }
}

/// `value` as a decimal number, if it is one or a whole number.
pub(super) fn whole_as_decimal(value: &Value) -> Option<Decimal> {
    match value.kind() {
        ValueKind::Bool => Decimal::parse(if value.is_true() { "1" } else { "0" }),
        ValueKind::Number if value.is_integer() => Decimal::parse(&value.to_string()),
        _ => None,
    }
}

/// What makes a row equal to others; none for all that is not a row.
pub(super) fn identity(value: &Value) -> Option<Value> {
    let object = value.as_object()?;
    if !matches!(object.repr(), ObjectRepr::Plain) {
        return None;
    }
    object.get_value_by_str(IDENTITY)
}

/// What `value` is, with an article.
pub(super) fn described(value: &Value) -> &'static str {
    match FieldOperand::of(value) {
        Some(FieldOperand::Decimal(_)) => return "a decimal number",
        Some(FieldOperand::Duration(_)) => return "a duration",
        Some(FieldOperand::Temporal(time)) if time.moment.is_some() => return "a moment",
        Some(FieldOperand::Temporal(time)) if time.local.has_day() => return "a day",
        Some(FieldOperand::Temporal(_)) => return "a time of day",
        None => {}
    }
    match value.kind() {
        ValueKind::Undefined => "an undefined value",
        ValueKind::None => "nothing",
        ValueKind::Bool => "a boolean",
        ValueKind::Number => "a number",
        ValueKind::String => "text",
        ValueKind::Bytes => "bytes",
        ValueKind::Seq | ValueKind::Iterable => "a list",
        ValueKind::Map => "a mapping",
        _ if identity(value).is_some() => "a row",
        _ => "an object",
    }
}
