//! JSON documents, kept as text.

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::{Json, python};
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

/// `JSONField`.
pub(super) struct JsonCodec;

impl Codec for JsonCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        // What is not JSON would come back as a text, and as another value.
        value.as_text().and_then(Json::parse).map(FieldValue::Json)
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        Ok(FieldValue::Json(value.clone()))
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        Some(FieldValue::Json(document(literal)))
    }

    fn read_text(&self, text: &str, _: &Zone) -> Result<FieldValue, &'static str> {
        Json::parse(text).map(FieldValue::Json).ok_or("JSON")
    }
}

/// The document that a literal is; a date or time is text in it.
fn document(literal: &Literal) -> Json {
    match literal {
        Literal::Null => Json::Null,
        Literal::String(text) | Literal::Datetime(text) => Json::String(text.clone()),
        Literal::Integer(number) => Json::Number(number.to_string()),
        Literal::Float(number) => Json::Number(python::float(*number)),
        Literal::Boolean(value) => Json::Boolean(*value),
        Literal::List(items) => Json::Array(items.iter().map(document).collect()),
        Literal::Map(pairs) => {
            let pairs = pairs.iter();
            Json::Object(
                pairs
                    .map(|(key, value)| (key.clone(), document(value)))
                    .collect(),
            )
        }
    }
}
