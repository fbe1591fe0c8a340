//! Values as fixtures hold them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::json::JsonWriter;
use crate::values::FieldValue;
use crate::values::duration::duration_string;

/// The length of a time of day in milliseconds: `17:22:29.678`.
const TIME_LENGTH: usize = 12;
/// The length of a moment in milliseconds.
const MOMENT_LENGTH: usize = 23;

/// Writes `value` as Django's serializers do.
pub fn write_json(writer: &mut JsonWriter, value: &FieldValue) {
    match value {
        FieldValue::Null => writer.token("null"),
        FieldValue::Boolean(value) => writer.token(if *value { "true" } else { "false" }),
        FieldValue::Integer(number) => writer.integer(*number),
        FieldValue::Float(number) => writer.float(*number),
        FieldValue::Text(text) => writer.string(text),
        FieldValue::Decimal(number) => writer.string(&number.to_string()),
        FieldValue::Bytes(bytes) => writer.string(&STANDARD.encode(bytes)),
        FieldValue::Date(day) => writer.string(&day.to_string()),
        FieldValue::Uuid(uuid) => writer.string(&uuid.to_string()),
        FieldValue::Duration(micros) => writer.string(&duration_string(*micros)),
        FieldValue::Time(time) => {
            let mut clock = time.to_string();
            clock.truncate(TIME_LENGTH);
            writer.string(&clock);
        }
        FieldValue::Moment(moment) => {
            let mut written = moment.to_sql();
            // ECMAScript knows milliseconds alone, and Django follows it.
            written.truncate(MOMENT_LENGTH);
            written.replace_range(10..11, "T");
            written.push('Z');
            writer.string(&written);
        }
        FieldValue::Json(document) => writer.json(document),
    }
}
