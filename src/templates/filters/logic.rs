//! Filters that choose between values.

use minijinja::Error;
use minijinja::value::{Value, ValueKind};

use crate::templates::filters::call::{self, FilterCall, IntegerError};
use crate::templates::filters::{FilterSpec, filter};

pub(super) const FILTERS: &[FilterSpec] = &[
    filter("default_if_none", 1..=1, default_if_none),
    filter("pluralize", 0..=1, pluralize),
    filter("yesno", 0..=1, yesno),
];

fn default_if_none(call: &FilterCall<'_>) -> Result<Value, Error> {
    let other = call.argument(0).filter(|_| call.value.is_none());
    Ok(other.unwrap_or(call.value).clone())
}

/// The ending for the value, a number or a list: `s`, or the second of two that are parted by a comma.
fn pluralize(call: &FilterCall<'_>) -> Result<Value, Error> {
    let endings = call.text_argument("s");
    let parts: Vec<_> = endings.split(',').collect();
    let (one, many) = match parts[..] {
        [many] => ("", many),
        [one, many] => (one, many),
        _ => return Ok(Value::from("")),
    };
    let is_one = match call::float(call.value) {
        Ok(number) => Some((number - 1.0).abs() == 0.0),
        Err(IntegerError::Value) => None,
        Err(IntegerError::Type) => call.value.len().map(|length| length == 1),
    };
    let ending = is_one.map(|is_one| if is_one { one } else { many });
    Ok(Value::from(ending.unwrap_or_default()))
}

/// One of two or three words: for true, for false, and for no value.
fn yesno(call: &FilterCall<'_>) -> Result<Value, Error> {
    let words = call.text_argument("yes,no,maybe");
    let words: Vec<_> = words.split(',').collect();
    let (yes, no, maybe) = match words[..] {
        [yes, no, maybe] => (yes, no, maybe),
        [yes, no, ..] => (yes, no, no),
        _ => return Ok(call.value.clone()),
    };
    let word = match call.value.kind() {
        ValueKind::None => maybe,
        _ if call.value.is_true() => yes,
        _ => no,
    };
    Ok(Value::from(word))
}
