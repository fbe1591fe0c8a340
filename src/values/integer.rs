//! Whole numbers.

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

/// `IntegerField`, its likes and the keys that count up.
pub(super) struct IntegerCodec;

impl Codec for IntegerCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        match value {
            SqlValueRef::Integer(number) => Some(FieldValue::Integer(number)),
            _ => None,
        }
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        integer(value)
            .map(FieldValue::Integer)
            .ok_or("a whole number")
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        match literal {
            Literal::Integer(number) => Some(FieldValue::Integer(*number)),
            _ => None,
        }
    }
}

fn integer(value: &Json) -> Option<i64> {
    match value {
        Json::Boolean(value) => Some(i64::from(*value)),
        Json::String(text) => text.trim().parse().ok(),
        Json::Number(text) => text.parse().ok().or_else(|| {
            // `3.0` is whole; what is not would lose its fraction.
            let number: f64 = text.parse().ok()?;
            let whole = number.fract() == 0.0 && number.abs() < 9e15;
            whole.then(|| format!("{number}").parse().ok())?
        }),
        _ => None,
    }
}
