//! Values as text: Django's `value_to_string`, which is what sessions keep of a user's key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::json::python;
use crate::values::FieldValue;
use crate::values::duration::duration_string;

/// `value` as text that [`from_text`](crate::values::from_text) reads again; nothing is an empty text.
pub fn to_text(value: &FieldValue) -> String {
    match value {
        FieldValue::Null => String::new(),
        FieldValue::Boolean(true) => "True".to_owned(),
        FieldValue::Boolean(false) => "False".to_owned(),
        FieldValue::Integer(number) => number.to_string(),
        FieldValue::Float(number) => python::float(*number),
        FieldValue::Decimal(number) => number.to_string(),
        FieldValue::Text(text) => text.clone(),
        FieldValue::Json(document) => document.to_python(),
        FieldValue::Bytes(bytes) => STANDARD.encode(bytes),
        FieldValue::Moment(moment) => format!("{}+00:00", moment.to_sql().replacen(' ', "T", 1)),
        FieldValue::Date(day) => day.to_string(),
        FieldValue::Time(time) => time.to_string(),
        FieldValue::Duration(microseconds) => duration_string(*microseconds),
        FieldValue::Uuid(uuid) => uuid.to_string(),
    }
}
