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

/// Microseconds of `[-]D [days,] HH:MM:SS.ffffff` or of ISO 8601's `P1DT2H3M4S`.
fn parse(text: &str) -> Option<i64> {
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
    use super::duration_string;

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
}
