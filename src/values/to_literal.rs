//! Values as literals, which conditions and expressions hold.

use crate::json::Json;
use crate::models::Literal;
use crate::values::{FieldValue, to_text};

/// `value` as a literal that a field of its kind reads again where a condition compares with it.
pub fn to_literal(value: &FieldValue) -> Literal {
    match value {
        FieldValue::Null => Literal::Null,
        FieldValue::Boolean(value) => Literal::Boolean(*value),
        FieldValue::Integer(number) => Literal::Integer(*number),
        FieldValue::Float(number) => Literal::Float(*number),
        FieldValue::Json(document) => from_json(document),
        FieldValue::Moment(_) | FieldValue::Date(_) | FieldValue::Time(_) => {
            Literal::Datetime(to_text(value))
        }
        value => Literal::String(to_text(value)),
    }
}

fn from_json(document: &Json) -> Literal {
    match document {
        Json::Null => Literal::Null,
        Json::Boolean(value) => Literal::Boolean(*value),
        Json::Number(number) => match (number.parse(), number.parse()) {
            (Ok(whole), _) => Literal::Integer(whole),
            (_, Ok(fraction)) => Literal::Float(fraction),
            _ => Literal::String(number.clone()),
        },
        Json::String(text) => Literal::String(text.clone()),
        Json::Utf16(units) => Literal::String(String::from_utf16_lossy(units)),
        Json::Array(items) => Literal::List(items.iter().map(from_json).collect()),
        Json::Object(pairs) => {
            let pairs = pairs.iter();
            let pairs = pairs.map(|(key, value)| (key.clone(), from_json(value)));
            Literal::Map(pairs.collect())
        }
    }
}
