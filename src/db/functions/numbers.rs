//! Functions of numbers that SQLite lacks.

use std::cmp::Ordering;

use rusqlite::Result;
use rusqlite::types::Value;

use crate::crypto;
use crate::db::functions::arguments::Arguments;

/// The bits of 1.0: with others in the lower 52 it is a number from 1 to 2.
const ONE: u64 = 0x3FF0_0000_0000_0000;

/// `BITXOR(x, y)`.
pub(super) fn bit_xor(arguments: &Arguments<'_>) -> Result<Value> {
    let number = arguments.integer(0)? ^ arguments.integer(1)?;
    Ok(Value::Integer(number))
}

/// `COT(x)`.
pub(super) fn cotangent(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(Value::Real(1.0 / arguments.number(0)?.tan()))
}

/// `SIGN(x)`: -1, 0 or 1.
pub(super) fn sign(arguments: &Arguments<'_>) -> Result<Value> {
    let ordering = arguments.number(0)?.partial_cmp(&0.0);
    Ok(ordering.map_or(Value::Null, |ordering| {
        Value::Integer(match ordering {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        })
    }))
}

/// `RAND()`: at least 0 and less than 1.
pub(super) fn random() -> Value {
    let bits = u64::from_le_bytes(crypto::random_bytes()) >> 12;
    Value::Real(f64::from_bits(ONE | bits) - 1.0)
}
