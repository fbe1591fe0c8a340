//! How a column keeps a value: Django's formats on SQLite.

use crate::clock::{Date, Moment, TimeOfDay, Zone};
use crate::db::Value;
use crate::models::FieldKind;
use crate::query::{Data, Decimal, Uuid};

/// What `value`, from a column of this kind, means; the value itself where it means nothing.
pub fn read(kind: &FieldKind, value: Value) -> Result<Data, Value> {
    if value == Value::Null {
        return Ok(Data::Null);
    }
    match kind {
        FieldKind::Boolean => match value {
            Value::Integer(number @ (0 | 1)) => Ok(Data::Boolean(number == 1)),
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
            Value::Integer(micros) => Ok(Data::Duration(micros)),
            other => Err(other),
        },
        FieldKind::Uuid => or(value, |value| Uuid::parse(text(value)?).map(Data::Uuid)),
        FieldKind::Json => match value {
            Value::Text(document) => Ok(Data::Json(document)),
            other => plain(other),
        },
        FieldKind::Binary { .. } => match value {
            Value::Blob(bytes) => Ok(Data::Bytes(bytes)),
            Value::Text(text) => Ok(Data::Bytes(text.into_bytes())),
            other => Err(other),
        },
        _ => plain(value),
    }
}

/// `data` as the column of its field keeps it.
pub fn store(data: &Data) -> Value {
    match data {
        Data::Null => Value::Null,
        Data::Boolean(value) => (*value).into(),
        Data::Integer(number) | Data::Duration(number) => (*number).into(),
        Data::Float(number) => (*number).into(),
        // The column's numeric affinity makes a number of it, as of what Django binds.
        Data::Decimal(number) => number.plain().into(),
        Data::Text(text) | Data::Json(text) => text.into(),
        Data::Bytes(bytes) => Value::Blob(bytes.clone()),
        Data::Moment(moment) => (*moment).into(),
        Data::Date(day) => day.to_string().into(),
        Data::Time(clock) => clock.to_string().into(),
        Data::Uuid(uuid) => uuid.hex().into(),
    }
}

fn plain(value: Value) -> Result<Data, Value> {
    match value {
        Value::Null => Ok(Data::Null),
        Value::Integer(number) => Ok(Data::Integer(number)),
        Value::Real(number) => Ok(Data::Float(number)),
        Value::Text(text) => Ok(Data::Text(text)),
        blob @ Value::Blob(_) => Err(blob),
    }
}

fn or(value: Value, read: impl FnOnce(&Value) -> Option<Data>) -> Result<Data, Value> {
    read(&value).ok_or(value)
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "Django reads such a column through a double too"
)]
fn float(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Real(number) => Some(*number),
        _ => None,
    }
}
