//! True or false, kept as 1 and 0.

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

/// `BooleanField`.
pub(super) struct BooleanCodec;

impl Codec for BooleanCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        match value {
            SqlValueRef::Integer(number @ (0 | 1)) => Some(FieldValue::Boolean(number == 1)),
            _ => None,
        }
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        boolean(value)
            .map(FieldValue::Boolean)
            .ok_or("true or false")
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        match literal {
            Literal::Boolean(value) => Some(FieldValue::Boolean(*value)),
            _ => None,
        }
    }
}

fn boolean(value: &Json) -> Option<bool> {
    match value {
        Json::Boolean(value) => Some(*value),
        Json::Number(text) | Json::String(text) => match text.as_str() {
            "1" | "t" | "True" => Some(true),
            "0" | "f" | "False" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
