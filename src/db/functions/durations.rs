//! Moments and durations, added and subtracted.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Error, Result};

use crate::clock::LocalDateTime;
use crate::db::functions::arguments::Arguments;

/// `django_time_diff(later, earlier)`, in microseconds.
pub(super) fn between_times(arguments: &Arguments<'_>) -> Result<Value> {
    between(arguments, LocalDateTime::parse_time_of_day)
}

/// `django_timestamp_diff(later, earlier)`, in microseconds.
pub(super) fn between_moments(arguments: &Arguments<'_>) -> Result<Value> {
    between(arguments, LocalDateTime::parse)
}

fn between(arguments: &Arguments<'_>, parse: fn(&str) -> Option<LocalDateTime>) -> Result<Value> {
    let read = |index| {
        let text = arguments.text(index)?;
        let invalid = || Error::UserFunctionError(format!("`{text}` is not a time").into());
        parse(text).ok_or_else(invalid)
    };
    Ok(Value::Integer(read(0)?.microseconds_since(read(1)?)))
}

/// `django_format_dtdelta(operator, left, right)`: a moment and microseconds, or two numbers.
pub(super) fn combine(arguments: &Arguments<'_>) -> Result<Value> {
    let (left, right) = (arguments.value(1), arguments.value(2));
    Ok(match arguments.text(0)?.trim() {
        "+" => match (Term::of(left), Term::of(right)) {
            (Some(Term::Moment(moment)), Some(Term::Duration(duration)))
            | (Some(Term::Duration(duration)), Some(Term::Moment(moment))) => {
                shifted(moment.plus_microseconds(duration))?
            }
            (Some(Term::Duration(left)), Some(Term::Duration(right))) => {
                left.checked_add(right).map_or(Value::Null, Value::Integer)
            }
            _ => Value::Null,
        },
        "-" => match (Term::of(left), Term::of(right)) {
            (Some(Term::Moment(moment)), Some(Term::Duration(duration))) => {
                shifted(moment.minus_microseconds(duration))?
            }
            (Some(Term::Moment(left)), Some(Term::Moment(right))) => {
                Value::Integer(left.microseconds_since(right))
            }
            (Some(Term::Duration(left)), Some(Term::Duration(right))) => {
                left.checked_sub(right).map_or(Value::Null, Value::Integer)
            }
            (Some(Term::Duration(_)), Some(Term::Moment(_))) => return Err(not_a_difference()),
            _ => Value::Null,
        },
        "*" => multiplied(left, right)
            .unwrap_or(Value::Real(arguments.number(1)? * arguments.number(2)?)),
        _ => Value::Real(arguments.number(1)? / arguments.number(2)?),
    })
}

/// What a side of `+` or `-` is.
enum Term {
    Moment(LocalDateTime),
    Duration(i64),
}

impl Term {
    fn of(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Integer(microseconds) => Some(Self::Duration(microseconds)),
            ValueRef::Text(_) => value
                .as_str()
                .ok()
                .and_then(LocalDateTime::parse)
                .map(Self::Moment),
            _ => None,
        }
    }
}

fn shifted(moment: Option<LocalDateTime>) -> Result<Value> {
    let beyond = || Error::UserFunctionError("a moment beyond the years 1 to 9999".into());
    let moment = moment.ok_or_else(beyond)?;
    Ok(Value::Text(moment.to_string()))
}

fn not_a_difference() -> Error {
    Error::UserFunctionError("a moment cannot be taken from a duration".into())
}

fn multiplied(left: ValueRef<'_>, right: ValueRef<'_>) -> Option<Value> {
    let (left, right) = (left.as_i64().ok()?, right.as_i64().ok()?);
    left.checked_mul(right).map(Value::Integer)
}
