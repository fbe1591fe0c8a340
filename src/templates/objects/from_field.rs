//! The value of a field, in the type that templates know it by.

use minijinja::value::Value;

use crate::clock::Zone;
use crate::json::Json;
use crate::templates::objects::{DecimalValue, DurationValue, TemporalValue};
use crate::templates::zoned_time::ZonedTime;
use crate::values::FieldValue;

/// The value of a field for templates, that show moments in `zone`.
pub fn from_field(value: &FieldValue, zone: &Zone) -> Value {
    match value {
        FieldValue::Null => Value::from(()),
        FieldValue::Boolean(value) => Value::from(*value),
        FieldValue::Integer(number) => Value::from(*number),
        FieldValue::Float(number) => Value::from(*number),
        FieldValue::Decimal(number) => Value::from_object(DecimalValue(number.clone())),
        FieldValue::Text(text) => Value::from(text.as_str()),
        FieldValue::Bytes(bytes) => Value::from_bytes(bytes.clone()),
        FieldValue::Moment(moment) => {
            Value::from_object(TemporalValue(ZonedTime::moment(*moment, zone)))
        }
        FieldValue::Date(day) => Value::from_object(TemporalValue(ZonedTime::day(*day, zone))),
        FieldValue::Time(time) => Value::from_object(TemporalValue(ZonedTime::time(*time, zone))),
        FieldValue::Duration(microseconds) => Value::from_object(DurationValue(*microseconds)),
        FieldValue::Uuid(uuid) => Value::from(uuid.to_string()),
        FieldValue::Json(document) => from_json(document),
    }
}

fn from_json(document: &Json) -> Value {
    match document {
        Json::Null => Value::from(()),
        Json::Boolean(value) => Value::from(*value),
        Json::Number(number) => from_number(number),
        Json::String(text) => Value::from(text.as_str()),
        Json::Utf16(units) => Value::from(String::from_utf16_lossy(units)),
        Json::Array(items) => items.iter().map(from_json).collect(),
        Json::Object(pairs) => {
            let pairs = pairs.iter();
            Value::from_pairs(pairs.map(|(key, value)| (key.as_str(), from_json(value))))
        }
    }
}

fn from_number(number: &str) -> Value {
    if let Ok(whole) = number.parse::<i64>() {
        return Value::from(whole);
    }
    if let Ok(whole) = number.parse::<i128>() {
        return Value::from(whole);
    }
    let fraction = number.replace("Infinity", "inf").parse::<f64>();
    fraction.map_or_else(|_| Value::from(number), Value::from)
}
