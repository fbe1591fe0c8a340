//! JSON documents, kept as text.

use crate::clock::Zone;
use crate::db::SqlValue;
use crate::json::{Json, python};
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

/// `JSONField`.
pub(super) struct JsonCodec;

impl Codec for JsonCodec {
    fn read_column(&self, value: SqlValue) -> Result<FieldValue, SqlValue> {
        match value {
            SqlValue::Text(document) => Ok(FieldValue::Json(document)),
            other => FieldValue::untyped(other),
        }
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        Ok(FieldValue::Json(value.to_python()))
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        Some(FieldValue::Json(document(literal).to_python()))
    }

    fn read_text(&self, text: &str, _: &Zone) -> Result<FieldValue, &'static str> {
        let value = Json::parse(text).ok_or("JSON")?;
        Ok(FieldValue::Json(value.to_python()))
    }
}

/// The document that a literal is; a date or time is text in it.
fn document(literal: &Literal) -> Json {
    match literal {
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
