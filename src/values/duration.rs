//! Durations, kept as microseconds.

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

/// Microseconds of a second.
const SECOND: i64 = 1_000_000;

/// Microseconds of a day.
const DAY: i64 = 86_400 * SECOND;

/// `DurationField`.
pub(super) struct DurationCodec;

impl Codec for DurationCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        match value {
            SqlValueRef::Integer(micros) => Some(FieldValue::Duration(micros)),
            _ => None,
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
    // A line end after it does not count.
    let text = text.strip_suffix('\n').unwrap_or(text);
    let micros = standard(text)
        .or_else(|| iso_8601(text))
        .or_else(|| day_time_interval(text))?;
    i64::try_from(micros).ok()
}

/// Microseconds of `[-]D [days, ][-]HH:MM:SS.ffffff`, where hours, or hours and minutes, may be left out.
fn standard(text: &str) -> Option<i128> {
    let (days, clock) = match text.split_once(' ') {
        None => (0, text),
        Some((days, rest)) => {
            let words = ["days, ", "day, "];
            let bare = words.iter().find_map(|word| rest.strip_prefix(word));
            (signed_number(days)?, bare.unwrap_or(rest))
        }
    };
    let (sign, clock) = match clock.strip_prefix('-') {
        Some(clock) => (-1, clock),
        None => (1, clock),
    };
    let (whole, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, "0"));
    let parts: Vec<_> = whole.split(':').collect();
    if parts.len() > 3 {
        return None;
    }
    in_microseconds(days, sign, &parts, microseconds(fraction, 12)?)
}

/// Microseconds of what `PostgreSQL` writes: `[-]D days [+-]HH:MM:SS.ffffff`, of which each part may be missing.
fn day_time_interval(text: &str) -> Option<i128> {
    let (days, clock) = match text.split_once(" day") {
        None => (0, text),
        Some((days, rest)) => {
            let rest = rest.strip_prefix('s').unwrap_or(rest);
            (signed_number(days)?, rest.strip_prefix(' ').unwrap_or(rest))
        }
    };
    if clock.is_empty() {
        return days.checked_mul(DAY.into());
    }
    let sign = if clock.starts_with('-') { -1 } else { 1 };
    let clock = clock.strip_prefix(['-', '+']).unwrap_or(clock);
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<_> = whole.split(':').collect();
    let [_, minutes, seconds] = parts[..] else {
        return None;
    };
    if minutes.len() != 2 || seconds.len() != 2 {
        return None;
    }
    in_microseconds(days, sign, &parts, microseconds(fraction, 6)?)
}

/// Microseconds of days, of a clock of up to three numbers, and of a fraction of its second.
fn in_microseconds(days: i128, sign: i128, clock: &[&str], micros: i128) -> Option<i128> {
    let seconds = clock.iter().try_fold(0_i128, |sum, part| {
        sum.checked_mul(60)?.checked_add(number(part)?)
    })?;
    let clock = seconds.checked_mul(SECOND.into())?.checked_add(micros)?;
    days.checked_mul(DAY.into())?.checked_add(sign * clock)
}

/// Microseconds of a fraction of at least one and at most so many digits, of which six count.
fn microseconds(fraction: &str, most: usize) -> Option<i128> {
    let micros: String = fraction.chars().chain("000000".chars()).take(6).collect();
    number(fraction).filter(|_| fraction.len() <= most)?;
    number(&micros)
}

/// Microseconds of ISO 8601's `P1DT2H3M4S`, each part with a fraction or without.
fn iso_8601(text: &str) -> Option<i128> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let text = text.strip_prefix('P')?;
    let (days, clock) = text.split_once('T').unwrap_or((text, ""));
    let days = parts_of_iso(days, &[('D', 86_400)])?;
    let clock = parts_of_iso(clock, &[('H', 3600), ('M', 60), ('S', 1)])?;
    Some(sign * days.checked_add(clock)?)
}

/// Microseconds of amounts and their units, in the order of `units`, each with its seconds.
///
/// Python computes fractions with floating point, and rounds what is left of them to even, which its results show.
fn parts_of_iso(text: &str, units: &[(char, u32)]) -> Option<i128> {
    let (mut rest, mut micros, mut left) = (text, 0_i128, 0.0);
    for (unit, seconds) in units {
        let Some((amount, after)) = rest.split_once(*unit) else {
            continue;
        };
        let (whole, fraction) = amount.split_once(['.', ',']).unwrap_or((amount, "0"));
        let size = i128::from(*seconds) * i128::from(SECOND);
        let of_whole = number(whole)?.checked_mul(size)?;
        if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let amount: f64 = format!("{whole}.{fraction}").parse().ok()?;
        let part = amount.fract() * (f64::from(*seconds) * 1_000_000.0);
        micros = micros
            .checked_add(of_whole)?
            .checked_add(whole_number(part)?)?;
        left += part.fract();
        rest = after;
    }
    let parity = if micros % 2 == 0 { 0.0 } else { 1.0 };
    let rounded = whole_number((left + parity).round_ties_even() - parity)?;
    rest.is_empty().then_some(micros + rounded)
}

/// The whole part of a number.
fn whole_number(number: f64) -> Option<i128> {
    format!("{:.0}", number.trunc()).parse().ok()
}

fn signed_number(text: &str) -> Option<i128> {
    match text.strip_prefix('-') {
        Some(text) => Some(-number(text)?),
        None => number(text),
    }
}

fn number(text: &str) -> Option<i128> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// Microseconds as Django's `duration_string`: `1 00:00:02.000003`.
pub(super) fn duration_string(micros: i64) -> String {
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
