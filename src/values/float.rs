//! Numbers with a fraction, in binary.

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

/// `FloatField`.
pub(super) struct FloatCodec;

impl Codec for FloatCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        column_number(value).map(FieldValue::Float)
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        float(value).map(FieldValue::Float).ok_or("a number")
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        match literal {
            Literal::Float(number) => Some(FieldValue::Float(*number)),
            #[expect(clippy::cast_precision_loss, reason = "the column is a double")]
            Literal::Integer(number) => Some(FieldValue::Float(*number as f64)),
            _ => None,
        }
    }
}

/// The number in a column of numeric affinity, which keeps whole numbers as integers.
#[expect(
    clippy::cast_precision_loss,
    reason = "Django reads such a column through a double too"
)]
pub(super) fn column_number(value: SqlValueRef<'_>) -> Option<f64> {
    match value {
        SqlValueRef::Integer(number) => Some(number as f64),
        SqlValueRef::Real(number) => Some(number),
        _ => None,
    }
}

fn float(value: &Json) -> Option<f64> {
    match value {
        Json::Number(text) => text.parse().ok(),
        Json::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
