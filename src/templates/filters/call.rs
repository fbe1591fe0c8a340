//! One use of a filter: the value, its arguments, and what Python would make of them.

use minijinja::value::{Value, ValueKind};
use minijinja::{Error, ErrorKind};

use crate::clock::Zone;
use crate::templates::objects::{DecimalValue, TemporalValue, number};
use crate::templates::python_text;
use crate::templates::zoned_time::ZonedTime;

/// What a filter is called with.
pub(super) struct FilterCall<'c> {
    pub(super) value: &'c Value,
    /// Without those by name.
    pub(super) arguments: &'c [Value],
    /// Whether the page is HTML.
    pub(super) autoescape: bool,
    /// The zone of the project.
    pub(super) zone: &'c Zone,
}

/// Why a value is not a whole number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum IntegerError {
    /// Its type has no number: Python's `TypeError`.
    Type,
    /// It reads as none: Python's `ValueError`.
    Value,
}

impl FilterCall<'_> {
    /// The value as Python's `str` writes it.
    pub(super) fn text(&self) -> String {
        text(self.value)
    }

    /// Whether the value is text that needs no escaping.
    pub(super) fn is_safe(&self) -> bool {
        self.value.is_safe()
    }

    /// Whether the filter has to escape what it takes from the value.
    pub(super) fn escapes(&self) -> bool {
        self.autoescape && !self.is_safe()
    }

    /// `text`, safe if the value was.
    pub(super) fn like_value(&self, text: String) -> Value {
        if self.is_safe() {
            Value::from_safe_string(text)
        } else {
            Value::from(text)
        }
    }

    /// The argument at `index`, if it was given.
    pub(super) fn argument(&self, index: usize) -> Option<&Value> {
        self.arguments.get(index)
    }

    /// The first argument as text; `default` where there is none.
    pub(super) fn text_argument(&self, default: &str) -> String {
        self.argument(0).map_or_else(|| default.to_owned(), text)
    }

    /// The first argument as a whole number.
    pub(super) fn integer_argument(&self) -> Result<i128, IntegerError> {
        integer(self.argument(0).unwrap_or(&Value::UNDEFINED))
    }

    /// The first argument as a width of text; fails with a message.
    pub(super) fn width(&self) -> Result<i128, Error> {
        self.integer_argument()
            .map_err(|_| invalid("the width is a whole number"))
    }

    /// The value as a moment, a day or a time of day: text in the form of ISO 8601 counts, and seconds since 1970.
    pub(super) fn time(&self) -> Option<ZonedTime> {
        time(self.value, self.zone)
    }
}

/// `value` as a moment, a day or a time of day.
pub(super) fn time(value: &Value, zone: &Zone) -> Option<ZonedTime> {
    if let Some(found) = value.downcast_object_ref::<TemporalValue>() {
        return Some(found.0.clone());
    }
    if let Some(text) = value.as_str() {
        return ZonedTime::parse(text, zone);
    }
    let seconds = value.as_i64().filter(|_| value.is_integer())?;
    let moment = crate::clock::Moment::from_unix_seconds(seconds);
    Some(ZonedTime::moment(moment, zone))
}

/// `value` as Python's `str` writes it; what is undefined is an empty text, as in Django.
pub(super) fn text(value: &Value) -> String {
    python_text::plain(value)
}

/// `value` as Python's `int` reads it.
pub(super) fn integer(value: &Value) -> Result<i128, IntegerError> {
    if let Some(text) = value.as_str() {
        return whole(text).ok_or(IntegerError::Value);
    }
    if let Some(decimal) = value.downcast_object_ref::<DecimalValue>() {
        let text = decimal.0.plain();
        let end = text.find('.').unwrap_or(text.len());
        return text[..end].parse().map_err(|_| IntegerError::Value);
    }
    match value.kind() {
        ValueKind::Undefined => Err(IntegerError::Value),
        ValueKind::Bool => Ok(i128::from(value.is_true())),
        ValueKind::Number if value.is_integer() => {
            i128::try_from(value.clone()).map_err(|_| IntegerError::Value)
        }
        ValueKind::Number => {
            let number = f64::try_from(value.clone()).unwrap_or(f64::NAN);
            let text = format!("{:.0}", number.trunc());
            text.parse().map_err(|_| IntegerError::Value)
        }
        _ => Err(IntegerError::Type),
    }
}

/// Text as Python's `int` reads it: spaces around it, and underscores between digits.
fn whole(text: &str) -> Option<i128> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sound = digits.split('_').all(|part| !part.is_empty());
    let plain = text.replace('_', "");
    plain.parse().ok().filter(|_| sound)
}

/// `value` as Python's `float` reads it.
pub(super) fn float(value: &Value) -> Result<f64, IntegerError> {
    let is_text = matches!(value.kind(), ValueKind::String | ValueKind::Undefined);
    let error = if is_text {
        IntegerError::Value
    } else {
        IntegerError::Type
    };
    number(value).ok_or(error)
}

/// The error for an argument that a filter cannot work with.
pub(super) fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.into())
}
