//! Filters for dates and times: `date`, `time`, `timesince`, `naturaltime` and the like.

use minijinja::Error;
use minijinja::value::Value;

use crate::clock::{self, Moment, Zone};
use crate::templates::date_format::{self, FormatError, Letters};
use crate::templates::filters::call::{FilterCall, invalid, text, time};
use crate::templates::filters::{FilterSpec, filter};
use crate::templates::objects::TemporalValue;
use crate::templates::time_since;
use crate::templates::zoned_time::ZonedTime;

pub(super) const FILTERS: &[FilterSpec] = &[
    filter("date", 0..=1, date),
    filter("localtime", 0..=0, localtime),
    filter("naturalday", 0..=1, naturalday),
    filter("naturaltime", 0..=0, naturaltime),
    filter("time", 0..=1, time_of_day),
    filter("timesince", 0..=1, timesince),
    filter("timeuntil", 0..=1, timeuntil),
    filter("timezone", 1..=1, timezone),
    filter("utc", 0..=0, utc),
];

/// Django gives the empty text where a value is not a date, and fails where a day is asked for its hour.
fn date(call: &FilterCall<'_>) -> Result<Value, Error> {
    let Some(time) = call.time() else {
        return Ok(Value::from(""));
    };
    written(&time, &call.text_argument(""))
}

fn written(time: &ZonedTime, format: &str) -> Result<Value, Error> {
    let format = if format.is_empty() {
        date_format::DATE
    } else {
        date_format::named(format)
    };
    match date_format::write(time, format, Letters::Date) {
        Ok(text) => Ok(Value::from(text)),
        Err(FormatError::UnknownPart) => Ok(Value::from("")),
        Err(FormatError::DayWithoutTime(letter)) => Err(invalid(format!(
            "a day has no time, which the letter `{letter}` of the format stands for"
        ))),
    }
}

fn time_of_day(call: &FilterCall<'_>) -> Result<Value, Error> {
    let Some(time) = call.time() else {
        return Ok(Value::from(""));
    };
    let format = call.text_argument("");
    let format = if format.is_empty() {
        date_format::TIME
    } else {
        date_format::named(&format)
    };
    let written = date_format::write(&time, format, Letters::Time);
    Ok(Value::from(written.unwrap_or_default()))
}

fn timesince(call: &FilterCall<'_>) -> Result<Value, Error> {
    since(call, time_since::since)
}

fn timeuntil(call: &FilterCall<'_>) -> Result<Value, Error> {
    since(call, |time, other| time_since::since(other, time))
}

/// The time between the value and the argument, or now.
fn since(
    call: &FilterCall<'_>,
    between: impl Fn(&ZonedTime, &ZonedTime) -> String,
) -> Result<Value, Error> {
    let Some(value) = call.time().filter(|time| time.local.has_day()) else {
        return Ok(Value::from(""));
    };
    let given = call.argument(0).filter(|argument| argument.is_true());
    let other = match given {
        Some(argument) => time(argument, call.zone).filter(|time| time.local.has_day()),
        None => Some(ZonedTime::moment(clock::now(), &value.zone)),
    };
    // Python compares moments with moments and days with days.
    let fits =
        |other: &ZonedTime| given.is_none() || other.moment.is_some() == value.moment.is_some();
    let other = other.filter(fits);
    Ok(Value::from(
        other.map_or_else(String::new, |other| between(&value, &other)),
    ))
}

fn naturaltime(call: &FilterCall<'_>) -> Result<Value, Error> {
    let time = call.time().filter(|time| time.moment.is_some());
    let Some(time) = time else {
        return Ok(call.value.clone());
    };
    let now = ZonedTime::moment(clock::now(), &time.zone);
    Ok(Value::from(time_since::natural(&time, &now)))
}

fn naturalday(call: &FilterCall<'_>) -> Result<Value, Error> {
    let time = call.time().filter(|time| time.local.has_day());
    let Some(time) = time else {
        return Ok(call.value.clone());
    };
    let today = ZonedTime::moment(clock::now(), &time.zone).date();
    let day = time.date();
    let distance = day
        .as_ref()
        .zip(today)
        .map(|(day, today)| day.local.microseconds_since(today.local) / 86_400_000_000);
    match (distance, day) {
        (Some(0), _) => Ok(Value::from("today")),
        (Some(1), _) => Ok(Value::from("tomorrow")),
        (Some(-1), _) => Ok(Value::from("yesterday")),
        (_, day) => written(&day.unwrap_or(time), &call.text_argument("")),
    }
}

fn localtime(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(in_zone(call, Some(call.zone.clone())))
}

fn utc(call: &FilterCall<'_>) -> Result<Value, Error> {
    Ok(in_zone(call, Some(Zone::utc())))
}

fn timezone(call: &FilterCall<'_>) -> Result<Value, Error> {
    let name = call.argument(0).map(text).unwrap_or_default();
    Ok(in_zone(call, Zone::named(&name)))
}

/// The value on the clocks of `zone`; Django shows nothing where it is not a moment, or there is no such zone.
fn in_zone(call: &FilterCall<'_>, zone: Option<Zone>) -> Value {
    let moment = call
        .time()
        .and_then(|time: ZonedTime| -> Option<Moment> { time.moment });
    match moment.zip(zone) {
        Some((moment, zone)) => Value::from_object(TemporalValue(ZonedTime::moment(moment, &zone))),
        None => Value::from(""),
    }
}
