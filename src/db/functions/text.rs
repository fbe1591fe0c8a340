//! Functions of text that SQLite lacks.

use md5::Digest;
use rusqlite::types::Value;
use rusqlite::{Error, Result};

use crate::crypto;
use crate::db::functions::arguments::Arguments;

/// The longest text that is made, in bytes: SQLite takes nothing longer.
const LONGEST: usize = 1_000_000_000;

/// `LPAD(text, length, filling)`.
pub(super) fn pad_left(arguments: &Arguments<'_>) -> Result<Value> {
    let (text, length) = (arguments.text(0)?, length(arguments)?);
    let missing = length.saturating_sub(text.chars().count());
    let filling = filling(arguments, missing)?;
    let padded = filling + text;
    Ok(Value::Text(padded.chars().take(length).collect()))
}

/// `RPAD(text, length, filling)`.
pub(super) fn pad_right(arguments: &Arguments<'_>) -> Result<Value> {
    let (text, length) = (arguments.text(0)?, length(arguments)?);
    let missing = length.saturating_sub(text.chars().count());
    let padded = text.to_owned() + &filling(arguments, missing)?;
    Ok(Value::Text(padded.chars().take(length).collect()))
}

fn length(arguments: &Arguments<'_>) -> Result<usize> {
    usize::try_from(arguments.integer(1)?.max(0)).map_err(super::arguments::invalid)
}

/// So many characters of the text that fills; none where it is empty.
fn filling(arguments: &Arguments<'_>, missing: usize) -> Result<String> {
    if missing > LONGEST {
        return Err(too_long());
    }
    Ok(arguments.text(2)?.chars().cycle().take(missing).collect())
}

/// `REPEAT(text, count)`.
pub(super) fn repeat(arguments: &Arguments<'_>) -> Result<Value> {
    let text = arguments.text(0)?;
    let count = usize::try_from(arguments.integer(1)?.max(0)).unwrap_or(usize::MAX);
    let length = text
        .len()
        .checked_mul(count)
        .filter(|length| *length <= LONGEST);
    length.ok_or_else(too_long)?;
    Ok(Value::Text(text.repeat(count)))
}

/// `REVERSE(text)`.
pub(super) fn reverse(arguments: &Arguments<'_>) -> Result<Value> {
    Ok(Value::Text(arguments.text(0)?.chars().rev().collect()))
}

/// `MD5(text)`, `SHA1(text)` and so on, in hexadecimal.
pub(super) fn digest<D: Digest>(arguments: &Arguments<'_>) -> Result<Value> {
    let digest = D::digest(arguments.text(0)?);
    Ok(Value::Text(crypto::hex(&digest)))
}

fn too_long() -> Error {
    Error::UserFunctionError("the text would be too long".into())
}
