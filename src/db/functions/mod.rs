//! The functions that Django gives to its SQLite connections (`django.db.backends.sqlite3._functions`).
//!
//! Queries of dates and patterns need them, and so do generated columns, checks and indexes that Django made.

mod aggregates;
mod arguments;
mod dates;
mod durations;
mod math;
mod numbers;
mod regexp;
#[cfg(test)]
mod tests;
mod text;

use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;
use rusqlite::{Connection, Result};

use crate::db::functions::arguments::Arguments;

/// A function of one row; without a value where an argument has none.
struct ScalarFunction {
    name: &'static str,
    arity: i32,
    call: fn(&Arguments<'_>) -> Result<Value>,
    /// Whether arguments that are `NULL` are handed over; otherwise the result is `NULL`.
    takes_null: bool,
}

impl ScalarFunction {
    const fn new(
        name: &'static str,
        arity: i32,
        call: fn(&Arguments<'_>) -> Result<Value>,
    ) -> Self {
        Self {
            name,
            arity,
            call,
            takes_null: false,
        }
    }

    /// The same with zones at its end, which are `NULL` where dates have none.
    const fn with_zones(mut self) -> Self {
        self.takes_null = true;
        self
    }
}

const SCALAR_FUNCTIONS: &[ScalarFunction] = &[
    ScalarFunction::new("django_date_extract", 2, dates::extract),
    ScalarFunction::new("django_date_trunc", 4, dates::truncate_to_date).with_zones(),
    ScalarFunction::new("django_datetime_cast_date", 3, dates::date_of).with_zones(),
    ScalarFunction::new("django_datetime_cast_time", 3, dates::time_of).with_zones(),
    ScalarFunction::new("django_datetime_extract", 4, dates::extract).with_zones(),
    ScalarFunction::new("django_datetime_trunc", 4, dates::truncate).with_zones(),
    ScalarFunction::new("django_time_extract", 2, dates::extract_from_time),
    ScalarFunction::new("django_time_trunc", 4, dates::truncate_time).with_zones(),
    ScalarFunction::new("django_time_diff", 2, durations::between_times),
    ScalarFunction::new("django_timestamp_diff", 2, durations::between_moments),
    ScalarFunction::new("django_format_dtdelta", 3, durations::combine),
    ScalarFunction::new("regexp", 2, regexp::search),
    ScalarFunction::new("BITXOR", 2, numbers::bit_xor),
    ScalarFunction::new("COT", 1, numbers::cotangent),
    ScalarFunction::new("ACOS", 1, math::acos),
    ScalarFunction::new("ASIN", 1, math::asin),
    ScalarFunction::new("ATAN", 1, math::atan),
    ScalarFunction::new("ATAN2", 2, math::atan2),
    ScalarFunction::new("CEILING", 1, math::ceiling),
    ScalarFunction::new("COS", 1, math::cos),
    ScalarFunction::new("DEGREES", 1, math::degrees),
    ScalarFunction::new("EXP", 1, math::exp),
    ScalarFunction::new("FLOOR", 1, math::floor),
    ScalarFunction::new("LN", 1, math::ln),
    ScalarFunction::new("LOG", 2, math::log),
    ScalarFunction::new("MOD", 2, math::modulo),
    ScalarFunction::new("PI", 0, math::pi),
    ScalarFunction::new("POWER", 2, math::power),
    ScalarFunction::new("RADIANS", 1, math::radians),
    ScalarFunction::new("SIN", 1, math::sin),
    ScalarFunction::new("SQRT", 1, math::sqrt),
    ScalarFunction::new("TAN", 1, math::tan),
    ScalarFunction::new("SIGN", 1, numbers::sign),
    ScalarFunction::new("LPAD", 3, text::pad_left),
    ScalarFunction::new("RPAD", 3, text::pad_right),
    ScalarFunction::new("REPEAT", 2, text::repeat),
    ScalarFunction::new("REVERSE", 1, text::reverse),
    ScalarFunction::new("MD5", 1, text::digest::<md5::Md5>),
    ScalarFunction::new("SHA1", 1, text::digest::<sha1::Sha1>),
    ScalarFunction::new("SHA224", 1, text::digest::<sha2::Sha224>),
    ScalarFunction::new("SHA256", 1, text::digest::<sha2::Sha256>),
    ScalarFunction::new("SHA384", 1, text::digest::<sha2::Sha384>),
    ScalarFunction::new("SHA512", 1, text::digest::<sha2::Sha512>),
];

/// Gives `connection` the functions.
pub(super) fn register(connection: &Connection) -> Result<()> {
    let usual = FunctionFlags::SQLITE_UTF8;
    let deterministic = usual | FunctionFlags::SQLITE_DETERMINISTIC;
    for function in SCALAR_FUNCTIONS {
        connection.create_scalar_function(
            function.name,
            function.arity,
            deterministic,
            move |context| {
                let arguments = Arguments::new(context);
                if !function.takes_null && arguments.has_null() {
                    return Ok(Value::Null);
                }
                (function.call)(&arguments)
            },
        )?;
    }
    connection.create_scalar_function("RAND", 0, usual, |_| Ok(numbers::random()))?;
    aggregates::register(connection)
}
