//! How a column keeps a value: Django's formats on SQLite.

use crate::clock::{Date, Moment, TimeOfDay, Zone};
use crate::db::SqlValue;
use crate::models::FieldKind;
use crate::query::{Decimal, FieldValue, Uuid};

/// What `value`, from a column of this kind, means; the value itself where it means nothing.
pub fn read(kind: &FieldKind, value: SqlValue) -> Result<FieldValue, SqlValue> {
    if value == SqlValue::Null {
        return Ok(FieldValue::Null);
    }
    match kind {
        FieldKind::Boolean => match value {
            SqlValue::Integer(number @ (0 | 1)) => Ok(FieldValue::Boolean(number == 1)),
            other => plain(other),
        },
        FieldKind::Decimal {
            max_digits,
            decimal_places,
        } => or(value, |value| {
            let number = Decimal::from_stored(float(value)?)?;
            number
                .quantize(*max_digits, *decimal_places)
                .map(FieldValue::Decimal)
        }),
        FieldKind::Float => or(value, |value| float(value).map(FieldValue::Float)),
        FieldKind::DateTime(_) => or(value, |value| {
            Moment::parse(text(value)?, &Zone::utc()).map(FieldValue::Moment)
        }),
        FieldKind::Date(_) => or(value, |value| {
            Date::parse(text(value)?).map(FieldValue::Date)
        }),
        FieldKind::Time(_) => or(value, |value| {
            TimeOfDay::parse(text(value)?).map(FieldValue::Time)
        }),
        FieldKind::Duration => match value {
            SqlValue::Integer(micros) => Ok(FieldValue::Duration(micros)),
            other => Err(other),
        },
        FieldKind::Uuid => or(value, |value| {
            Uuid::parse(text(value)?).map(FieldValue::Uuid)
        }),
        FieldKind::Json => match value {
            SqlValue::Text(document) => Ok(FieldValue::Json(document)),
            other => plain(other),
        },
        FieldKind::Binary { .. } => match value {
            SqlValue::Blob(bytes) => Ok(FieldValue::Bytes(bytes)),
            SqlValue::Text(text) => Ok(FieldValue::Bytes(text.into_bytes())),
            other => Err(other),
        },
        _ => plain(value),
    }
}

/// `data` as the column of its field keeps it.
pub fn store(data: &FieldValue) -> SqlValue {
    match data {
        FieldValue::Null => SqlValue::Null,
        FieldValue::Boolean(value) => (*value).into(),
        FieldValue::Integer(number) | FieldValue::Duration(number) => (*number).into(),
        FieldValue::Float(number) => (*number).into(),
        // The column's numeric affinity makes a number of it, as of what Django binds.
        FieldValue::Decimal(number) => number.plain().into(),
        FieldValue::Text(text) | FieldValue::Json(text) => text.into(),
        FieldValue::Bytes(bytes) => SqlValue::Blob(bytes.clone()),
        FieldValue::Moment(moment) => (*moment).into(),
        FieldValue::Date(day) => day.to_string().into(),
        FieldValue::Time(clock) => clock.to_string().into(),
        FieldValue::Uuid(uuid) => uuid.hex().into(),
    }
}

fn plain(value: SqlValue) -> Result<FieldValue, SqlValue> {
    match value {
        SqlValue::Null => Ok(FieldValue::Null),
        SqlValue::Integer(number) => Ok(FieldValue::Integer(number)),
        SqlValue::Real(number) => Ok(FieldValue::Float(number)),
        SqlValue::Text(text) => Ok(FieldValue::Text(text)),
        blob @ SqlValue::Blob(_) => Err(blob),
    }
}

fn or(
    value: SqlValue,
    read: impl FnOnce(&SqlValue) -> Option<FieldValue>,
) -> Result<FieldValue, SqlValue> {
    read(&value).ok_or(value)
}

fn text(value: &SqlValue) -> Option<&str> {
    match value {
        SqlValue::Text(text) => Some(text),
        _ => None,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "Django reads such a column through a double too"
)]
fn float(value: &SqlValue) -> Option<f64> {
    match value {
        SqlValue::Integer(number) => Some(*number as f64),
        SqlValue::Real(number) => Some(*number),
        _ => None,
    }
}
