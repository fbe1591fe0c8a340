//! Values of fixtures as fields understand them: Django's `to_python`, without guesses that lose data.

use std::net::Ipv6Addr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::clock::{Date, Moment, TimeOfDay, Zone};
use crate::models::FieldKind;
use crate::query::{Decimal, FieldValue, Uuid};
use crate::serializers::json::Json;

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;

/// The value for a field of this kind; `zone` is that of moments without one.
///
/// `Err` says what the value is not, such as `a whole number`.
pub(super) fn read(
    kind: &FieldKind,
    value: &Json,
    zone: &Zone,
) -> Result<FieldValue, &'static str> {
    if *value == Json::Null {
        return Ok(FieldValue::Null);
    }
    match kind {
        FieldKind::Json => Ok(FieldValue::Json(value.stored())),
        kind if kind.is_integer() => integer(value)
            .map(FieldValue::Integer)
            .ok_or("a whole number"),
        FieldKind::Boolean => boolean(value)
            .map(FieldValue::Boolean)
            .ok_or("true or false"),
        FieldKind::Float => float(value).map(FieldValue::Float).ok_or("a number"),
        FieldKind::Decimal {
            max_digits,
            decimal_places,
        } => decimal(value, *max_digits)
            .ok_or("a decimal number")?
            .quantize(*max_digits, *decimal_places)
            .map(FieldValue::Decimal)
            .ok_or("a number of so few digits as the field holds"),
        FieldKind::Date(_) => text(value)
            .and_then(Date::parse)
            .map(FieldValue::Date)
            .ok_or("a date such as `2026-11-20`"),
        FieldKind::Time(_) => text(value)
            .and_then(TimeOfDay::parse)
            .map(FieldValue::Time)
            .ok_or("a time such as `17:22:29`"),
        FieldKind::DateTime(_) => text(value)
            .and_then(|text| moment(text, zone))
            .map(FieldValue::Moment)
            .ok_or("a date and time such as `2026-11-20T17:22:29Z`"),
        FieldKind::Duration => text(value)
            .and_then(duration)
            .map(FieldValue::Duration)
            .ok_or("a duration such as `1 02:03:04`"),
        FieldKind::Uuid => text(value)
            .and_then(Uuid::parse)
            .map(FieldValue::Uuid)
            .ok_or("a UUID"),
        FieldKind::Binary { .. } => text(value)
            .and_then(|text| STANDARD.decode(text.trim()).ok())
            .map(FieldValue::Bytes)
            .ok_or("bytes in base64"),
        FieldKind::GenericIpAddress { unpack_ipv4, .. } => text(value)
            .map(|text| FieldValue::Text(address(text.trim(), *unpack_ipv4)))
            .ok_or("an address"),
        _ => plain(value).map(FieldValue::Text).ok_or("text"),
    }
}

fn text(value: &Json) -> Option<&str> {
    match value {
        Json::String(text) => Some(text),
        _ => None,
    }
}

fn plain(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) => Some(value.shown()),
        Json::Boolean(true) => Some("True".to_owned()),
        Json::Boolean(false) => Some("False".to_owned()),
        _ => None,
    }
}

fn integer(value: &Json) -> Option<i64> {
    match value {
        Json::Boolean(value) => Some(i64::from(*value)),
        Json::String(text) => text.trim().parse().ok(),
        Json::Number(text) => text.parse().ok().or_else(|| {
            // `3.0` is whole; what is not would lose its fraction.
            let number: f64 = text.parse().ok()?;
            let whole = number.fract() == 0.0 && number.abs() < 9e15;
            whole.then(|| format!("{number}").parse().ok())?
        }),
        _ => None,
    }
}

fn boolean(value: &Json) -> Option<bool> {
    match value {
        Json::Boolean(value) => Some(*value),
        Json::Number(text) | Json::String(text) => match text.as_str() {
            "1" | "t" | "True" => Some(true),
            "0" | "f" | "False" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn float(value: &Json) -> Option<f64> {
    match value {
        Json::Number(text) => text.parse().ok(),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn decimal(value: &Json, max_digits: u32) -> Option<Decimal> {
    match value {
        // Python reads a fraction as a double.
        Json::Number(text) if text.contains(['.', 'e', 'E']) => {
            Decimal::from_float(text.parse().ok()?, max_digits as usize)
        }
        Json::String(text) | Json::Number(text) => Decimal::parse(text),
        _ => None,
    }
}

fn moment(text: &str, zone: &Zone) -> Option<Moment> {
    let midnight = || Date::parse(text).and_then(|date| date.midnight(zone));
    Moment::parse(text, zone).or_else(midnight)
}

/// Microseconds of `[-]D [days,] HH:MM:SS.ffffff` or of ISO 8601's `P1DT2H3M4S`.
fn duration(text: &str) -> Option<i64> {
    let unsigned = text.trim_start_matches(['-', '+']);
    if let Some(iso) = unsigned.strip_prefix('P') {
        let micros = iso_duration(iso)?;
        return Some(if text.starts_with('-') {
            -micros
        } else {
            micros
        });
    }
    let (days, clock) = match text.split_once(' ') {
        Some((days, rest)) => {
            let rest = rest.trim_start();
            let bare = ["days,", "day,", "days", "day"]
                .iter()
                .find_map(|word| rest.strip_prefix(word));
            (days.parse().ok()?, bare.unwrap_or(rest).trim_start())
        }
        None => (0_i64, text),
    };
    let (negative, clock) = match clock.strip_prefix('-') {
        Some(clock) => (true, clock),
        None => (false, clock),
    };
    let micros = clock_micros(clock)?;
    let micros = if negative { -micros } else { micros };
    days.checked_mul(86_400 * SECOND)?.checked_add(micros)
}

/// Microseconds of `HH:MM:SS.ffffff`, `MM:SS` or `SS`.
fn clock_micros(clock: &str) -> Option<i64> {
    let parts: Vec<_> = clock.split(':').collect();
    let (seconds, larger) = parts.split_last()?;
    if larger.len() > 2 {
        return None;
    }
    let mut whole: i64 = 0;
    for part in larger {
        whole = whole.checked_mul(60)?.checked_add(number(part)?)?;
    }
    whole
        .checked_mul(60 * SECOND)?
        .checked_add(fraction(seconds)?)
}

fn iso_duration(text: &str) -> Option<i64> {
    let (days, clock) = text.split_once('T').unwrap_or((text, ""));
    let mut micros: i64 = 0;
    for (part, units) in [
        (days, [('D', 86_400), ('W', 604_800)].as_slice()),
        (clock, &[('H', 3600), ('M', 60), ('S', 1)]),
    ] {
        let mut rest = part;
        while let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) {
            let unit = rest[end..].chars().next()?;
            let (_, seconds) = units.iter().find(|(name, _)| *name == unit)?;
            micros = micros.checked_add(fraction(&rest[..end])?.checked_mul(*seconds)?)?;
            rest = &rest[end + 1..];
        }
        if !rest.is_empty() {
            return None;
        }
    }
    Some(micros)
}

fn number(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Microseconds of `4.5` seconds.
fn fraction(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let micros = number(&format!("{:0<6}", fraction.get(..6).unwrap_or(fraction)))?;
    number(whole)?.checked_mul(SECOND)?.checked_add(micros)
}

/// The address in its shortest form; what is none stays as it is.
fn address(text: &str, unpack_ipv4: bool) -> String {
    match text.parse::<Ipv6Addr>() {
        Ok(address) => match address.to_ipv4_mapped().filter(|_| unpack_ipv4) {
            Some(inner) => inner.to_string(),
            None => address.to_string(),
        },
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::clock::Zone;
    use crate::models::{AutoNow, FieldKind};
    use crate::query::{FieldValue, store};
    use crate::serializers::json::Json;

    fn stored(kind: &FieldKind, text: &str) -> Option<String> {
        let data = read(kind, &Json::parse(text).unwrap(), &Zone::utc()).ok()?;
        Some(match store(&data) {
            crate::db::SqlValue::Text(text) => text,
            other => format!("{other:?}"),
        })
    }

    #[test]
    fn values_become_what_django_makes_of_them() {
        let price = FieldKind::Decimal {
            max_digits: 8,
            decimal_places: 2,
        };
        for (kind, given, expected) in [
            (&FieldKind::Integer, r#""12""#, Some("Integer(12)")),
            (&FieldKind::Integer, "3.0", Some("Integer(3)")),
            (&FieldKind::Integer, "3.5", None),
            (&FieldKind::Integer, "99999999999999999999", None),
            (&FieldKind::Boolean, r#""True""#, Some("Integer(1)")),
            (&FieldKind::Boolean, "2", None),
            (&FieldKind::Text { max_length: None }, "1.50", Some("1.5")),
            (&FieldKind::Text { max_length: None }, "[1]", None),
            (&price, r#""1.255""#, Some("1.26")),
            (&price, "1.255", Some("1.26")),
            (&price, r#""1234567.00""#, None),
            (
                &FieldKind::DateTime(AutoNow::default()),
                r#""2024-05-06""#,
                Some("2024-05-06 00:00:00"),
            ),
            (
                &FieldKind::Duration,
                r#""1 00:00:02.000003""#,
                Some("Integer(86402000003)"),
            ),
            (
                &FieldKind::Duration,
                r#""-1 day, 23:59:59.999999""#,
                Some("Integer(-1)"),
            ),
            (
                &FieldKind::Duration,
                r#""-P1DT2H0.5S""#,
                Some("Integer(-93600500000)"),
            ),
            (&FieldKind::Duration, r#""soon""#, None),
            (
                &FieldKind::Uuid,
                r#""{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}""#,
                Some("a0eebc999c0b4ef8bb6d6bb9bd380a11"),
            ),
            (
                &FieldKind::Json,
                r#"{"é":[1.0]}"#,
                Some(r#"{"\u00e9": [1.0]}"#),
            ),
            (
                &FieldKind::Binary { max_length: None },
                r#""AP8=""#,
                Some("Blob([0, 255])"),
            ),
        ] {
            assert_eq!(stored(kind, given).as_deref(), expected, "{given}");
        }
        let read = read(&price, &Json::Null, &Zone::utc());
        assert_eq!(read, Ok(FieldValue::Null));
    }
}
