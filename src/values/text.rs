//! Text.

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

/// `CharField`, `TextField` and all that hold text of some form.
pub(super) struct TextCodec;

impl Codec for TextCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        FieldValue::untyped(value)
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        python_str(value).map(FieldValue::Text).ok_or("text")
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        Some(FieldValue::Text(literal.as_str()?.to_owned()))
    }
}

/// A plain value as Python's `str` writes it.
pub(super) fn python_str(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) => Some(match value.to_python() {
            // Python's `json` and its `str` differ here.
            text if text == "NaN" => "nan".to_owned(),
            text => text.replace("Infinity", "inf"),
        }),
        Json::Boolean(true) => Some("True".to_owned()),
        Json::Boolean(false) => Some("False".to_owned()),
        _ => None,
    }
}
