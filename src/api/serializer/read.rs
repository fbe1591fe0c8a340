//! Reads what was sent for a field as the value that its kind holds (`to_internal_value`).

use std::net::IpAddr;

use crate::api::python;
use crate::api::serializer::field::{SerializerField, SerializerKind};
use crate::clock::{Date, Moment, TimeOfDay, Zone};
use crate::json::Json;
use crate::models::FieldKind;
use crate::values::{self, Decimal, FieldValue, Uuid};

/// The most characters of a text that is read as a number.
const MAX_STRING_LENGTH: usize = 1000;

/// The clocks of the years 1 to 9999, in seconds since 1970.
const FIRST_SECOND: i64 = -62_135_596_800;
const LAST_SECOND: i64 = 253_402_300_799;

const NUMBER: &str = "A valid number is required.";
const TOO_LONG: &str = "String value too large.";
const UUID: &str = "Must be a valid UUID.";
const IP: &str = "Enter a valid IPv4 or IPv6 address.";

/// The value of `field` that `data` says, which is neither missing nor null; `zone` is that of moments without one.
///
/// `Err` is a sentence for whoever sent it.
pub(super) fn read(
    field: &SerializerField,
    data: &Json,
    zone: &Zone,
) -> Result<FieldValue, String> {
    match &field.kind {
        SerializerKind::Boolean => boolean(data, field.allow_null),
        SerializerKind::IpAddress => ip_address(data),
        kind if kind.is_text() => text(kind, data),
        SerializerKind::Uuid => uuid(data).ok_or_else(|| UUID.to_owned()),
        SerializerKind::Integer => integer(field, data),
        SerializerKind::Float => float(data),
        SerializerKind::Decimal {
            max_digits,
            decimal_places,
        } => decimal(data, *max_digits, *decimal_places),
        SerializerKind::DateTime => moment(data, zone),
        SerializerKind::Date => {
            let day = data.as_str().and_then(Date::parse).map(FieldValue::Date);
            day.ok_or_else(|| wrong_format("Date", "YYYY-MM-DD"))
        }
        SerializerKind::Time => {
            let time = data.as_str().and_then(TimeOfDay::parse);
            let time = time.map(FieldValue::Time);
            time.ok_or_else(|| wrong_format("Time", "hh:mm[:ss[.uuuuuu]]"))
        }
        SerializerKind::Duration => {
            let text = python::with_our_digits(&python::text(data));
            // A pattern of Python ends in front of one end of line.
            let text = text.strip_suffix('\n').unwrap_or(&text);
            let read = values::from_text(&FieldKind::Duration, text, zone);
            read.map_err(|_| wrong_duration(text))
        }
        SerializerKind::Choice(choices) => {
            let wanted = python::text(data);
            let chosen = choices.iter().find(|choice| choice.text == wanted);
            match chosen {
                Some(choice) => Ok(choice.value.clone()),
                None if wanted.is_empty() && field.allow_blank => Ok(FieldValue::Text(wanted)),
                None => Err(format!("\"{wanted}\" is not a valid choice.")),
            }
        }
        SerializerKind::FilePath(choices) => {
            let wanted = python::text(data);
            let chosen = choices.iter().find(|choice| choice.text == wanted);
            let chosen = chosen.map(|choice| choice.value.clone());
            chosen.ok_or_else(|| format!("\"{wanted}\" is not a valid path choice."))
        }
        SerializerKind::Json => match data {
            data if !is_shown_again(data) => Err("Value must be valid JSON.".to_owned()),
            data => Ok(FieldValue::Json(data.clone())),
        },
        // Relations are read with the rows they lead to; the others are never written.
        _ => Err(NUMBER.to_owned()),
    }
}

/// Seconds that no duration of Python can hold are told apart from what is not a duration.
fn wrong_duration(text: &str) -> String {
    let seconds = text.strip_prefix('-').unwrap_or(text);
    let is_number = !seconds.is_empty() && seconds.bytes().all(|b| b.is_ascii_digit());
    if is_number {
        return "The number of days must be between -999999999 and 999999999.".to_owned();
    }
    wrong_format("Duration", "[DD] [HH:[MM:]]ss[.uuuuuu]")
}

fn wrong_format(what: &str, format: &str) -> String {
    format!("{what} has wrong format. Use one of these formats instead: {format}.")
}

fn boolean(data: &Json, allow_null: bool) -> Result<FieldValue, String> {
    const TRUE: [&str; 6] = ["t", "y", "yes", "true", "on", "1"];
    const FALSE: [&str; 6] = ["f", "n", "no", "false", "off", "0"];
    let invalid = || "Must be a valid boolean.".to_owned();
    match data {
        Json::Boolean(value) => Ok(FieldValue::Boolean(*value)),
        Json::Number(text) => match python::int(without_zero_fraction(text)) {
            Some(1) => Ok(FieldValue::Boolean(true)),
            Some(0) => Ok(FieldValue::Boolean(false)),
            _ => Err(invalid()),
        },
        Json::String(text) => match text.to_lowercase().as_str() {
            text if TRUE.contains(&text) => Ok(FieldValue::Boolean(true)),
            text if FALSE.contains(&text) => Ok(FieldValue::Boolean(false)),
            "null" | "" if allow_null => Ok(FieldValue::Null),
            _ => Err(invalid()),
        },
        _ => Err(invalid()),
    }
}

fn text(kind: &SerializerKind, data: &Json) -> Result<FieldValue, String> {
    match data {
        Json::String(_) | Json::Utf16(_) | Json::Number(_) => Ok(FieldValue::Text(
            python::strip(&python::text(data)).to_owned(),
        )),
        _ => Err(invalid_text(kind).to_owned()),
    }
}

/// What is said of something that is not a text, or not one of this form.
pub(super) fn invalid_text(kind: &SerializerKind) -> &'static str {
    match kind {
        SerializerKind::Email => "Enter a valid email address.",
        SerializerKind::Url => "Enter a valid URL.",
        SerializerKind::Slug { .. } => {
            "Enter a valid \"slug\" consisting of letters, numbers, underscores or hyphens."
        }
        SerializerKind::IpAddress => IP,
        _ => "Not a valid string.",
    }
}

fn ip_address(data: &Json) -> Result<FieldValue, String> {
    let (Json::String(_) | Json::Utf16(_)) = data else {
        return Err(IP.to_owned());
    };
    let sent = python::text(data);
    if !sent.contains(':') {
        return text(&SerializerKind::IpAddress, data);
    }
    let address: IpAddr = sent.trim().parse().map_err(|_| IP.to_owned())?;
    Ok(FieldValue::Text(address.to_canonical().to_string()))
}

fn uuid(data: &Json) -> Option<FieldValue> {
    let number = match data {
        Json::String(text) => return Uuid::parse(text).map(FieldValue::Uuid),
        Json::Boolean(value) => u128::from(*value),
        Json::Number(text) if text == "-0" => 0,
        Json::Number(text) => text.parse().ok()?,
        _ => return None,
    };
    Uuid::parse(&format!("{number:032x}")).map(FieldValue::Uuid)
}

fn check_size(data: &Json) -> Result<(), String> {
    match data {
        Json::String(text) if text.chars().count() > MAX_STRING_LENGTH => Err(TOO_LONG.to_owned()),
        _ => Ok(()),
    }
}

fn integer(field: &SerializerField, data: &Json) -> Result<FieldValue, String> {
    check_size(data)?;
    let text = python::text(data);
    let number = python::int(without_zero_fraction(&text));
    let number = number.ok_or_else(|| "A valid integer is required.".to_owned())?;
    let limit = |value: &Option<FieldValue>| match value {
        Some(FieldValue::Integer(limit)) => Some(i128::from(*limit)),
        _ => None,
    };
    if let Some(most) = limit(&field.max_value).filter(|most| number > *most) {
        return Err(format!(
            "Ensure this value is less than or equal to {most}."
        ));
    }
    if let Some(least) = limit(&field.min_value).filter(|least| number < *least) {
        return Err(format!(
            "Ensure this value is greater than or equal to {least}."
        ));
    }
    let number = i64::try_from(number).map_err(|_| NUMBER.to_owned())?;
    Ok(FieldValue::Integer(number))
}

/// `1.00` as `1`: a fraction of zeros is none.
fn without_zero_fraction(text: &str) -> &str {
    let bare = text.trim_end().trim_end_matches('0');
    bare.strip_suffix('.').unwrap_or(text)
}

fn float(data: &Json) -> Result<FieldValue, String> {
    check_size(data)?;
    let number = match data {
        Json::Boolean(value) => Some(f64::from(u8::from(*value))),
        Json::Number(text) | Json::String(text) => python::float(text),
        _ => None,
    };
    // Infinity can be kept, but no JSON can say it.
    let number = number.filter(|number| number.is_finite());
    number
        .map(FieldValue::Float)
        .ok_or_else(|| NUMBER.to_owned())
}

fn decimal(data: &Json, max_digits: u32, decimal_places: u32) -> Result<FieldValue, String> {
    let text = python::text(data);
    if text.chars().count() > MAX_STRING_LENGTH {
        return Err(TOO_LONG.to_owned());
    }
    let number = python::digits(&text).and_then(|text| Decimal::parse(&text));
    let number = number.ok_or_else(|| NUMBER.to_owned())?;
    check_digits(&number, max_digits, decimal_places)?;
    let number = number.quantize(max_digits, decimal_places);
    number
        .map(FieldValue::Decimal)
        .ok_or_else(|| NUMBER.to_owned())
}

/// Counts digits as Django REST framework does, zeros in front of the point not.
fn check_digits(number: &Decimal, max_digits: u32, decimal_places: u32) -> Result<(), String> {
    let (written, exponent) = number.significant();
    let written = i64::try_from(written).unwrap_or(i64::MAX);
    let (total, whole, places) = if exponent >= 0 {
        let total = written.saturating_add(exponent);
        (total, total, 0)
    } else if written > -exponent {
        (written, written + exponent, -exponent)
    } else {
        (-exponent, 0, -exponent)
    };
    let (most, most_places) = (i64::from(max_digits), i64::from(decimal_places));
    let message =
        |limit: i64, what: &str| format!("Ensure that there are no more than {limit} {what}.");
    if total > most {
        return Err(message(most, "digits in total"));
    }
    if places > most_places {
        return Err(message(most_places, "decimal places"));
    }
    if whole > most - most_places {
        return Err(message(
            most - most_places,
            "digits before the decimal point",
        ));
    }
    Ok(())
}

fn moment(data: &Json, zone: &Zone) -> Result<FieldValue, String> {
    let format = "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]";
    let moment = data.as_str().and_then(|text| Moment::parse(text, zone));
    let moment = moment.ok_or_else(|| wrong_format("Datetime", format))?;
    if !(FIRST_SECOND..=LAST_SECOND).contains(&moment.wall_seconds(zone)) {
        return Err("Datetime value out of range.".to_owned());
    }
    Ok(FieldValue::Moment(moment))
}

/// Whether a response can show `data` again: no half surrogate pair, no number that JSON does not have.
fn is_shown_again(data: &Json) -> bool {
    match data {
        Json::Utf16(_) => false,
        Json::Number(text) => python::is_whole(text) || text.parse().is_ok_and(f64::is_finite),
        Json::Array(items) => items.iter().all(is_shown_again),
        Json::Object(pairs) => pairs.iter().all(|(_, value)| is_shown_again(value)),
        _ => true,
    }
}
