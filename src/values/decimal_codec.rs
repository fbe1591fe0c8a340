//! Decimal numbers, kept as SQLite's numeric affinity keeps them.

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::codec::Codec;
use crate::values::float::column_number;
use crate::values::{Decimal, FieldValue};

/// `DecimalField`.
pub(super) struct DecimalCodec {
    pub(super) max_digits: u32,
    pub(super) decimal_places: u32,
}

impl Codec for DecimalCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        let number = Decimal::from_stored(column_number(value)?)?;
        self.quantized(&number)
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        let number = decimal(value, self.max_digits).ok_or("a decimal number")?;
        let number = self.quantized(&number);
        number.ok_or("a number of so few digits as the field holds")
    }

    /// A literal keeps the digits it is written with, as in Django's statements.
    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        let number = match literal {
            Literal::Integer(number) => Decimal::parse(&number.to_string()),
            Literal::Float(number) => Decimal::from_float(*number, self.max_digits as usize),
            Literal::String(text) => {
                Decimal::parse(text).filter(|number| number.places() <= self.decimal_places)
            }
            _ => None,
        };
        number.map(FieldValue::Decimal)
    }
}

impl DecimalCodec {
    fn quantized(&self, number: &Decimal) -> Option<FieldValue> {
        let number = number.quantize(self.max_digits, self.decimal_places);
        number.map(FieldValue::Decimal)
    }
}

fn decimal(value: &Json, max_digits: u32) -> Option<Decimal> {
    match value {
        // Python reads a fraction as a double.
        Json::Number(text) if text.contains(['.', 'e', 'E']) => {
            Decimal::from_float(text.parse().ok()?, max_digits as usize)
        }
        Json::String(text) | Json::Number(text) => Decimal::parse(text),
        _ => None,
    }
}
