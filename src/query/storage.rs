//! How a column keeps a value: Django's formats on SQLite.

use crate::clock::{Date, Moment, TimeOfDay, Zone};
use crate::db::SqlValue;
use crate::models::FieldKind;
use crate::query::{Data, Decimal, Uuid};

/// What `value`, from a column of this kind, means; the value itself where it means nothing.
pub fn read(kind: &FieldKind, value: SqlValue) -> Result<Data, SqlValue> {
    if value == SqlValue::Null {
        return Ok(Data::Null);
    }
    match kind {
        FieldKind::Boolean => match value {
            SqlValue::Integer(number @ (0 | 1)) => Ok(Data::Boolean(number == 1)),
            other => plain(other),
        },
        FieldKind::Decimal {
            max_digits,
            decimal_places,
        } => or(value, |value| {
            let number = Decimal::from_stored(float(value)?)?;
            number
                .quantize(*max_digits, *decimal_places)
                .map(Data::Decimal)
        }),
        FieldKind::Float => or(value, |value| float(value).map(Data::Float)),
        FieldKind::DateTime(_) => or(value, |value| {
            Moment::parse(text(value)?, &Zone::utc()).map(Data::Moment)
        }),
        FieldKind::Date(_) => or(value, |value| Date::parse(text(value)?).map(Data::Date)),
        FieldKind::Time(_) => or(value, |value| {
            TimeOfDay::parse(text(value)?).map(Data::Time)
        }),
        FieldKind::Duration => match value {
            SqlValue::Integer(micros) => Ok(Data::Duration(micros)),
            other => Err(other),
        },
        FieldKind::Uuid => or(value, |value| Uuid::parse(text(value)?).map(Data::Uuid)),
        FieldKind::Json => match value {
            SqlValue::Text(document) => Ok(Data::Json(document)),
            other => plain(other),
        },
        FieldKind::Binary { .. } => match value {
            SqlValue::Blob(bytes) => Ok(Data::Bytes(bytes)),
            SqlValue::Text(text) => Ok(Data::Bytes(text.into_bytes())),
            other => Err(other),
        },
        _ => plain(value),
    }
}

/// `data` as the column of its field keeps it.
pub fn store(data: &Data) -> SqlValue {
    match data {
        Data::Null => SqlValue::Null,
        Data::Boolean(value) => (*value).into(),
        Data::Integer(number) | Data::Duration(number) => (*number).into(),
        Data::Float(number) => (*number).into(),
        // The column's numeric affinity makes a number of it, as of what Django binds.
        Data::Decimal(number) => number.plain().into(),
        Data::Text(text) | Data::Json(text) => text.into(),
        Data::Bytes(bytes) => SqlValue::Blob(bytes.clone()),
        Data::Moment(moment) => (*moment).into(),
        Data::Date(day) => day.to_string().into(),
        Data::Time(clock) => clock.to_string().into(),
        Data::Uuid(uuid) => uuid.hex().into(),
    }
}

fn plain(value: SqlValue) -> Result<Data, SqlValue> {
    match value {
        SqlValue::Null => Ok(Data::Null),
        SqlValue::Integer(number) => Ok(Data::Integer(number)),
        SqlValue::Real(number) => Ok(Data::Float(number)),
        SqlValue::Text(text) => Ok(Data::Text(text)),
        blob @ SqlValue::Blob(_) => Err(blob),
    }
}

fn or(value: SqlValue, read: impl FnOnce(&SqlValue) -> Option<Data>) -> Result<Data, SqlValue> {
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
