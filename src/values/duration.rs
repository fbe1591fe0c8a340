//! Durations, kept as microseconds.

use crate::clock::Zone;
use crate::db::SqlValue;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;

/// `DurationField`.
pub(super) struct DurationCodec;

impl Codec for DurationCodec {
    fn read_column(&self, value: SqlValue) -> Result<FieldValue, SqlValue> {
        match value {
            SqlValue::Integer(micros) => Ok(FieldValue::Duration(micros)),
            other => Err(other),
        }
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        let found = value.as_str().and_then(parse);
        found
            .map(FieldValue::Duration)
            .ok_or("a duration such as `1 02:03:04`")
    }

    /// A literal counts seconds: TOML has no durations.
    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        match literal {
            Literal::Integer(seconds) => seconds.checked_mul(SECOND).map(FieldValue::Duration),
            _ => None,
        }
    }
}

/// Microseconds of a duration in one of the forms of Django's `parse_duration`; none beyond what a column holds.
pub fn parse(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let micros = match unsigned.strip_prefix('P') {
        Some(iso) if text.starts_with('-') => -iso_duration(iso)?,
        Some(iso) => iso_duration(iso)?,
        None => clock_duration(text)?,
    };
    i64::try_from(micros).ok()
}

/// Microseconds of `[-]D [days,] [-]HH:MM:SS.ffffff`, and of `D days`.
fn clock_duration(text: &str) -> Option<i128> {
    let Some((days, rest)) = text.split_once(' ') else {
        return if text.is_empty() {
            Some(0)
        } else {
            clock(text)
        };
    };
    let days = match days.strip_prefix('-') {
        Some(days) => -number(days)?,
        None => number(days)?,
    };
    let words = ["days, ", "day, ", "days ", "day ", "days", "day"];
    let bare = words.iter().find_map(|word| rest.strip_prefix(word));
    let clock = match bare {
        Some("") => 0,
        bare => clock(bare.unwrap_or(rest))?,
    };
    days.checked_mul(86_400 * i128::from(SECOND))?
        .checked_add(clock)
}

/// Microseconds of `[-]HH:MM:SS.ffffff`, `MM:SS` or `SS`.
fn clock(text: &str) -> Option<i128> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let parts: Vec<_> = unsigned.split(':').collect();
    let (seconds, larger) = parts.split_last()?;
    // Only PostgreSQL writes a plus, and then all three parts.
    if larger.len() > 2 || text.starts_with('+') && larger.len() < 2 {
        return None;
    }
    let mut whole: i128 = 0;
    for part in larger {
        whole = whole.checked_mul(60)?.checked_add(number(part)?)?;
    }
    let micros = whole.checked_mul(60 * i128::from(SECOND))?;
    let micros = micros.checked_add(scaled(seconds, 1)?)?;
    Some(if text.starts_with('-') {
        -micros
    } else {
        micros
    })
}

/// Microseconds of ISO 8601's `P1DT2H3M4S`, without the `P`.
fn iso_duration(text: &str) -> Option<i128> {
    let (days, clock) = text.split_once('T').unwrap_or((text, ""));
    let mut micros: i128 = 0;
    for (mut rest, units) in [
        (days, [('D', 86_400)].as_slice()),
        (clock, &[('H', 3600), ('M', 60), ('S', 1)]),
    ] {
        for (unit, seconds) in units {
            if let Some((amount, after)) = rest.split_once(*unit) {
                micros = micros.checked_add(scaled(amount, *seconds)?)?;
                rest = after;
            }
        }
        if !rest.is_empty() {
            return None;
        }
    }
    Some(micros)
}

fn number(text: &str) -> Option<i128> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Microseconds of `4.5` units of so many seconds.
fn scaled(text: &str, seconds: i128) -> Option<i128> {
    let unit = seconds * i128::from(SECOND);
    let Some((whole, fraction)) = text.split_once(['.', ',']) else {
        return number(text)?.checked_mul(unit);
    };
    number(fraction)?;
    // Of a second, digits beyond a microsecond are passed over.
    let fraction = match fraction.get(..6) {
        Some(micros) if seconds == 1 => micros,
        _ => fraction,
    };
    let digits = number(fraction)?;
    let parts = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let part = digits.checked_mul(unit)? / parts;
    number(whole)?.checked_mul(unit)?.checked_add(part)
}

/// Microseconds as Django's `duration_string`: `1 00:00:02.000003`.
pub(super) fn duration_string(micros: i64) -> String {
    const DAY: i64 = 86_400 * SECOND;
    let (days, rest) = (micros.div_euclid(DAY), micros.rem_euclid(DAY));
    let (seconds, fraction) = (rest / SECOND, rest % SECOND);
    let clock = format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
    match (days, fraction) {
        (0, 0) => clock,
        (0, _) => format!("{clock}.{fraction:06}"),
        (_, 0) => format!("{days} {clock}"),
        _ => format!("{days} {clock}.{fraction:06}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{duration_string, parse};

    #[test]
    fn durations_are_written_as_django_writes_them() {
        for (micros, text) in [
            (0, "00:00:00"),
            (86_402_000_003, "1 00:00:02.000003"),
            (-1, "-1 23:59:59.999999"),
            (3_723_000_000, "01:02:03"),
        ] {
            assert_eq!(duration_string(micros), text);
        }
    }

    /// The right sides are what Django's `DurationField` keeps.
    #[test]
    fn durations_are_read_as_django_reads_them_up_to_what_a_column_holds() {
        for (text, micros) in [
            ("0", Some(0)),
            ("-1", Some(-1_000_000)),
            ("-1 23:59:59.999999", Some(-1)),
            ("-106751992 19:59:05.224192", Some(i64::MIN)),
            ("-106751992 19:59:05.224191", None),
            ("106751991 04:00:54.775807", Some(i64::MAX)),
            ("106751991 04:00:54.775808", None),
            ("999999999 00:00:00", None),
            ("99999999999999999999999999999999999999999 0", None),
            ("P1D", Some(86_400_000_000)),
            ("-P1DT2H", Some(-93_600_000_000)),
            ("P1.5D", Some(129_600_000_000)),
            ("P", Some(0)),
            ("PT1.5H", Some(5_400_000_000)),
            ("PT1M1.000001S", Some(61_000_001)),
            ("PT1,5S", Some(1_500_000)),
            ("P1W", None),
            ("PT1S1M", None),
            ("1 day", Some(86_400_000_000)),
            ("1 day, 00:00:01", Some(86_401_000_000)),
            ("3 days 04:05:06", Some(273_906_000_000)),
            ("1 1", Some(86_401_000_000)),
            ("1 -00:00:01", Some(86_399_000_000)),
            ("+00:00:01", Some(1_000_000)),
            ("1:2", Some(62_000_000)),
            ("1:99:99", Some(9_639_000_000)),
            ("00:00:00.1234567", Some(123_456)),
            ("1,5", Some(1_500_000)),
            ("", Some(0)),
            (" 1", None),
            ("--1", None),
            ("soon", None),
            ("1.12345é", None),
            ("1.123456é", None),
            ("1.", None),
        ] {
            assert_eq!(parse(text), micros, "{text}");
        }
        for micros in [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX] {
            assert_eq!(parse(&duration_string(micros)), Some(micros));
        }
    }
}
