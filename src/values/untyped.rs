//! Values of fields that hold those of another field, where that field is not known.

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;
use crate::values::text::python_str;

/// A reference that was not followed, as in a cycle of references.
pub(super) struct UntypedCodec;

impl Codec for UntypedCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        FieldValue::untyped(value)
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        python_str(value).map(FieldValue::Text).ok_or("text")
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        match literal {
            Literal::Null => Some(FieldValue::Null),
            Literal::String(text) => Some(FieldValue::Text(text.clone())),
            Literal::Integer(number) => Some(FieldValue::Integer(*number)),
            Literal::Float(number) => Some(FieldValue::Float(*number)),
            Literal::Boolean(value) => Some(FieldValue::Boolean(*value)),
            Literal::Datetime(_) | Literal::List(_) | Literal::Map(_) => None,
        }
    }
}
