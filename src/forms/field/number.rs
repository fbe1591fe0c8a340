//! Fields whose values are numbers.

use crate::clock::Zone;
use crate::forms::field::context::Errors;
use crate::forms::field::text::stripped;
use crate::forms::field::{FormField, FormFieldKind};
use crate::forms::form_value::FormInput;
use crate::values::{Decimal, FieldValue};

/// The most digits that Python reads as a whole number.
const MAX_DIGITS: usize = 4300;

/// The number that was sent.
pub(super) fn to_python(field: &FormField, input: &FormInput<'_>) -> Result<FieldValue, Errors> {
    let sent = input.to_text(&Zone::utc()).unwrap_or_default();
    if sent.is_empty() {
        return Ok(FieldValue::Null);
    }
    let (found, message) = match field.kind {
        FormFieldKind::Integer => (whole(&sent), "Enter a whole number."),
        FormFieldKind::Float => (float(&sent), "Enter a number."),
        _ => (decimal(&sent), "Enter a number."),
    };
    found.ok_or_else(|| {
        let error = field.error("invalid", message);
        vec![error.with("value", &sent)]
    })
}

/// A whole number as Python's `int` reads it, a fraction of zeros taken off.
pub(super) fn whole(text: &str) -> Option<FieldValue> {
    let text = stripped(without_zeros(text));
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let digits = without_underscores(digits)?;
    if digits.len() > MAX_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let written = format!("{sign}{digits}");
    match written.parse() {
        Ok(number) => Some(FieldValue::Integer(number)),
        // Python's numbers have no end; what a column cannot hold is for validators to refuse.
        Err(_) => Decimal::parse(&written).map(FieldValue::Decimal),
    }
}

/// `text` without a point and zeros at its end.
fn without_zeros(text: &str) -> &str {
    let bare = text.trim_end();
    let whole = bare.trim_end_matches('0');
    whole.strip_suffix('.').unwrap_or(text)
}

/// Digits may be parted by single underscores.
fn without_underscores(digits: &str) -> Option<String> {
    let sound = !digits.is_empty()
        && !digits.starts_with('_')
        && !digits.ends_with('_')
        && !digits.contains("__");
    sound.then(|| digits.replace('_', ""))
}

pub(super) fn float(text: &str) -> Option<FieldValue> {
    let text = stripped(text);
    let number: f64 = if text.contains('_') {
        between_digits(text)?.parse().ok()?
    } else {
        text.parse().ok()?
    };
    number.is_finite().then_some(FieldValue::Float(number))
}

/// `text` without its underscores, all of which stand between two digits.
fn between_digits(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_digit = |index: Option<usize>| {
        let byte = index.and_then(|index| bytes.get(index));
        byte.is_some_and(u8::is_ascii_digit)
    };
    let mut places = (0..bytes.len()).filter(|index| bytes[*index] == b'_');
    let sound = places.all(|index| is_digit(index.checked_sub(1)) && is_digit(Some(index + 1)));
    sound.then(|| text.replace('_', ""))
}

pub(super) fn decimal(text: &str) -> Option<FieldValue> {
    let text = stripped(text).replace('_', "");
    Decimal::parse(&text).map(FieldValue::Decimal)
}

/// The smallest step of a number with so many places: `0.01`, `1e-7`.
pub(in crate::forms) fn step_of_places(places: u32) -> String {
    let step = Decimal::parse(&format!("1e-{places}"));
    step.map_or_else(|| "any".to_owned(), |step| step.to_string().to_lowercase())
}
