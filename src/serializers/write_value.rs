//! Values as fixtures hold them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::query::FieldValue;
use crate::serializers::json::{Json, Writer};

/// The length of a time of day in milliseconds: `17:22:29.678`.
const TIME: usize = 12;
/// The length of a moment in milliseconds.
const MOMENT: usize = 23;

/// Writes `data` as Django's serializers do.
pub(super) fn write(writer: &mut Writer, data: &FieldValue) {
    match data {
        FieldValue::Null => writer.token("null"),
        FieldValue::Boolean(value) => writer.token(if *value { "true" } else { "false" }),
        FieldValue::Integer(number) => writer.integer(*number),
        FieldValue::Float(number) => writer.float(*number),
        FieldValue::Text(text) => writer.string(text),
        FieldValue::Decimal(number) => writer.string(&number.to_string()),
        FieldValue::Bytes(bytes) => writer.string(&STANDARD.encode(bytes)),
        FieldValue::Date(day) => writer.string(&day.to_string()),
        FieldValue::Uuid(uuid) => writer.string(&uuid.to_string()),
        FieldValue::Duration(micros) => writer.string(&duration(*micros)),
        FieldValue::Time(time) => {
            let mut clock = time.to_string();
            clock.truncate(TIME);
            writer.string(&clock);
        }
        FieldValue::Moment(moment) => {
            let mut written = moment.to_sql();
            // ECMAScript knows milliseconds alone, and Django follows it.
            written.truncate(MOMENT);
            written.replace_range(10..11, "T");
            written.push('Z');
            writer.string(&written);
        }
        FieldValue::Json(document) => match Json::parse(document) {
            Some(value) => writer.json(&value),
            None => writer.string(document),
        },
    }
}

/// Microseconds as Django's `duration_string`: `1 00:00:02.000003`.
fn duration(micros: i64) -> String {
    const SECOND: i64 = 1_000_000;
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
    use super::duration;

    #[test]
    fn durations_are_written_as_django_writes_them() {
        for (micros, text) in [
            (0, "00:00:00"),
            (86_402_000_003, "1 00:00:02.000003"),
            (-1, "-1 23:59:59.999999"),
            (3_723_000_000, "01:02:03"),
        ] {
            assert_eq!(duration(micros), text);
        }
    }
}
