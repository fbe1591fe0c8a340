//! What a column holds, as a value (`get_db_converters` and `convert_value`).

use crate::clock::{Moment, Zone};
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::FieldKind;
use crate::query::QueryError;
use crate::query::typed_sql::{TypedSql, ValueOrigin};
use crate::values::{self, Decimal, FieldValue};

/// How many digits of a computed number count.
const DIGITS: usize = 15;

/// What a column of `kind` holds; SQLite keeps any value in any column.
pub(super) fn read_value<'v>(
    kind: &FieldKind,
    value: impl Into<SqlValueRef<'v>>,
) -> Result<FieldValue, QueryError> {
    let value = value.into();
    values::from_column(kind, value).ok_or_else(|| unreadable(kind, value))
}

/// How the values of an expression are read.
#[derive(Clone, Debug)]
pub(super) struct ValueReader {
    kind: FieldKind,
    origin: ValueOrigin,
}

impl ValueReader {
    /// Fails where nothing says the kind of the values.
    pub(super) fn new(value: &TypedSql) -> Result<Self, QueryError> {
        value.check_readable()?;
        let text = FieldKind::Text { max_length: None };
        Ok(Self {
            kind: value.kind.known().cloned().unwrap_or(text),
            origin: value.origin.clone(),
        })
    }

    /// What `value` is.
    pub(super) fn read<'v>(
        &self,
        value: impl Into<SqlValueRef<'v>>,
    ) -> Result<FieldValue, QueryError> {
        let value = value.into();
        if value == SqlValueRef::Null && !matches!(self.origin, ValueOrigin::Column) {
            return Ok(FieldValue::Null);
        }
        match &self.origin {
            ValueOrigin::Column => read_value(&self.kind, value),
            ValueOrigin::Computed => Ok(computed(&self.kind, value)),
            ValueOrigin::JsonKey => Ok(at_key(value)),
            ValueOrigin::Stored => Ok(FieldValue::as_stored(value)),
            ValueOrigin::LocalMoment(zone) => local(&self.kind, value, zone),
        }
    }
}

fn unreadable(kind: &FieldKind, value: SqlValueRef<'_>) -> QueryError {
    QueryError::UnreadableValue {
        kind: kind.class_name(),
        value: format!("{value:?}"),
    }
}

/// What was computed: numbers become those of their kind, and what is not of the kind stays what it is.
fn computed(kind: &FieldKind, value: SqlValueRef<'_>) -> FieldValue {
    let number = number(value);
    let found = match (kind, number) {
        (FieldKind::Decimal { .. }, Some(number)) => {
            Decimal::from_float(number, DIGITS).map(FieldValue::Decimal)
        }
        (FieldKind::Float, Some(number)) => Some(FieldValue::Float(number)),
        (FieldKind::Duration, Some(number)) => Some(FieldValue::Duration(whole(number))),
        (FieldKind::Boolean, Some(0.0)) => Some(FieldValue::Boolean(false)),
        (FieldKind::Boolean, Some(1.0)) => Some(FieldValue::Boolean(true)),
        (kind, Some(number)) if kind.is_integer() => match value {
            SqlValueRef::Integer(number) => Some(FieldValue::Integer(number)),
            _ => Some(FieldValue::Integer(whole(number.trunc()))),
        },
        _ => None,
    };
    found
        .or_else(|| values::from_column(kind, value))
        .unwrap_or_else(|| FieldValue::as_stored(value))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a number with a fraction has no more digits"
)]
fn number(value: SqlValueRef<'_>) -> Option<f64> {
    match value {
        SqlValueRef::Integer(number) => Some(number as f64),
        SqlValueRef::Real(number) => Some(number),
        SqlValueRef::Text(text) => text.parse().ok(),
        SqlValueRef::Null | SqlValueRef::Blob(_) => None,
    }
}

/// The nearest whole number, the even one of two.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is beyond the range becomes its end"
)]
fn whole(number: f64) -> i64 {
    number.round_ties_even() as i64
}

/// What is at a path of a JSON document: text that is JSON is read as such, as in Django.
fn at_key(value: SqlValueRef<'_>) -> FieldValue {
    let document = value.as_text().and_then(Json::parse);
    document.map_or_else(|| FieldValue::as_stored(value), FieldValue::Json)
}

/// A moment on the clocks of `zone`.
fn local(kind: &FieldKind, value: SqlValueRef<'_>, zone: &Zone) -> Result<FieldValue, QueryError> {
    let moment = value.as_text().and_then(|text| Moment::parse(text, zone));
    moment
        .map(FieldValue::Moment)
        .ok_or_else(|| unreadable(kind, value))
}
