//! Parts of dates and moments, and dates and moments cut short.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Error, Result};

use crate::clock::{LocalDateTime, Zone};
use crate::db::functions::arguments::Arguments;

/// `django_datetime_extract(part, moment, zone, stored_zone)`, and `django_date_extract(part, day)`.
pub(super) fn extract(arguments: &Arguments<'_>) -> Result<Value> {
    let part = arguments.text(0)?;
    let Some(moment) = moment(arguments, 1)? else {
        return Ok(Value::Null);
    };
    Ok(Value::Integer(match part {
        "week_day" => i64::from(moment.weekday() % 7 + 1),
        "iso_week_day" => i64::from(moment.weekday()),
        "week" => i64::from(moment.iso_week().0),
        "iso_year" => i64::from(moment.iso_week().1),
        "quarter" => i64::from((moment.month() + 2) / 3),
        part => named_part(moment, part)?,
    }))
}

/// `django_time_extract(part, time)`.
pub(super) fn extract_from_time(arguments: &Arguments<'_>) -> Result<Value> {
    let part = arguments.text(0)?;
    match text(arguments.value(1)).and_then(LocalDateTime::parse_time_of_day) {
        Some(time) => Ok(Value::Integer(named_part(time, part)?)),
        None => Ok(Value::Null),
    }
}

fn named_part(moment: LocalDateTime, part: &str) -> Result<i64> {
    Ok(match part {
        "year" if moment.has_day() => moment.year().into(),
        "month" if moment.has_day() => moment.month().into(),
        "day" if moment.has_day() => moment.day().into(),
        "hour" if moment.has_time() => moment.hour().into(),
        "minute" if moment.has_time() => moment.minute().into(),
        "second" if moment.has_time() => moment.second().into(),
        "microsecond" if moment.has_time() => moment.microsecond().into(),
        _ => return Err(unknown(part)),
    })
}

/// `django_datetime_cast_date(moment, zone, stored_zone)`.
pub(super) fn date_of(arguments: &Arguments<'_>) -> Result<Value> {
    let moment = moment(arguments, 0)?;
    Ok(optional(moment.map(LocalDateTime::date_text)))
}

/// `django_datetime_cast_time(moment, zone, stored_zone)`.
pub(super) fn time_of(arguments: &Arguments<'_>) -> Result<Value> {
    let moment = moment(arguments, 0)?;
    Ok(optional(moment.map(LocalDateTime::time_text)))
}

/// `django_date_trunc(unit, day, zone, stored_zone)`.
pub(super) fn truncate_to_date(arguments: &Arguments<'_>) -> Result<Value> {
    let unit = arguments.text(0)?;
    match moment(arguments, 1)? {
        Some(moment) => match first_day(unit, moment)? {
            Some(day) => Ok(Value::Text(day)),
            None => Err(unknown(unit)),
        },
        None => Ok(Value::Null),
    }
}

/// `django_datetime_trunc(unit, moment, zone, stored_zone)`.
pub(super) fn truncate(arguments: &Arguments<'_>) -> Result<Value> {
    let unit = arguments.text(0)?;
    let Some(moment) = moment(arguments, 1)? else {
        return Ok(Value::Null);
    };
    let text = match first_day(unit, moment)? {
        Some(day) => format!("{day} 00:00:00"),
        None => format!("{} {}", moment.date_text(), begun(unit, moment)?),
    };
    Ok(Value::Text(text))
}

/// `django_time_trunc(unit, time or moment, zone, stored_zone)`.
pub(super) fn truncate_time(arguments: &Arguments<'_>) -> Result<Value> {
    let unit = arguments.text(0)?;
    let of_time = || text(arguments.value(1)).and_then(LocalDateTime::parse_time_of_day);
    match moment(arguments, 1)?.or_else(of_time) {
        Some(time) => Ok(Value::Text(begun(unit, time)?)),
        None => Ok(Value::Null),
    }
}

/// The first day of the year, quarter, month, week or day; `None` for a unit that is shorter.
fn first_day(unit: &str, moment: LocalDateTime) -> Result<Option<String>> {
    let (year, month) = (moment.year(), moment.month());
    Ok(Some(match unit {
        "year" => format!("{year:04}-01-01"),
        "quarter" => format!("{year:04}-{:02}-01", month - (month - 1) % 3),
        "month" => format!("{year:04}-{month:02}-01"),
        "week" => {
            let monday = moment.monday().ok_or_else(|| beyond_range(moment))?;
            monday.date_text()
        }
        "day" => moment.date_text(),
        _ => return Ok(None),
    }))
}

/// The time of day at which the hour, minute or second began.
fn begun(unit: &str, time: LocalDateTime) -> Result<String> {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    Ok(match unit {
        "hour" => format!("{hour:02}:00:00"),
        "minute" => format!("{hour:02}:{minute:02}:00"),
        "second" => format!("{hour:02}:{minute:02}:{second:02}"),
        _ => return Err(unknown(unit)),
    })
}

/// The moment at `index`, on the clocks of the zone behind it; the zone behind that is the one it is stored in.
///
/// `None` where it is not a moment. A zone may be followed by an offset: `Europe/Vienna+02:00`.
fn moment(arguments: &Arguments<'_>, index: usize) -> Result<Option<LocalDateTime>> {
    let Some(moment) = text(arguments.value(index)).and_then(LocalDateTime::parse) else {
        return Ok(None);
    };
    let stored = arguments.optional_text(index + 2)?;
    let (Some(name), Some(stored)) = (arguments.optional_text(index + 1)?, stored) else {
        return Ok(Some(moment));
    };
    if name == stored {
        return Ok(Some(moment));
    }
    let (name, offset) = split_offset(name);
    let from = zone(stored)?;
    let to = if name.is_empty() {
        from.clone()
    } else {
        zone(name)?
    };
    let moved = moment
        .plus_microseconds(offset)
        .and_then(|moment| moment.moved(&from, &to));
    moved.map(Some).ok_or_else(|| beyond_range(moment))
}

/// The name of a zone, and the microseconds of the offset behind it.
fn split_offset(name: &str) -> (&str, i64) {
    let found = ['+', '-'].into_iter().find_map(|sign| {
        let (name, offset) = name.rsplit_once(sign)?;
        let (hours, minutes) = offset.split_once(':').unwrap_or((offset, "0"));
        let minutes = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
        let microseconds = minutes * 60_000_000;
        Some((
            name,
            if sign == '-' {
                -microseconds
            } else {
                microseconds
            },
        ))
    });
    found.unwrap_or((name, 0))
}

fn zone(name: &str) -> Result<Zone> {
    Zone::named(name).ok_or_else(|| failed(format!("there is no time zone `{name}`")))
}

fn text(value: ValueRef<'_>) -> Option<&str> {
    value.as_str().ok()
}

fn optional(text: Option<String>) -> Value {
    text.map_or(Value::Null, Value::Text)
}

fn unknown(unit: &str) -> Error {
    failed(format!("a date does not have the part `{unit}`"))
}

fn beyond_range(moment: LocalDateTime) -> Error {
    failed(format!("`{moment}` leads beyond the years 1 to 9999"))
}

fn failed(message: String) -> Error {
    Error::UserFunctionError(message.into())
}
