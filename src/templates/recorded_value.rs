//! Values of the recordings of Django, for tests.

use std::time::Duration;

use minijinja::value::{Tuple, Value};
use serde_json::Value as Json;

use crate::clock::{self, Moment, Zone};
use crate::templates::objects::{DecimalValue, DurationValue, TemporalValue};
use crate::templates::zoned_time::ZonedTime;
use crate::values::Decimal;

/// A value of a recording, of which JSON has no type where it is tagged.
pub(super) fn recorded_value(json: &Json, zone: &Zone) -> Value {
    match json {
        Json::Null => Value::from(()),
        Json::Bool(value) => Value::from(*value),
        Json::Number(number) => Value::from(number.as_i64().unwrap()),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => items
            .iter()
            .map(|item| recorded_value(item, zone))
            .collect(),
        Json::Object(tagged) => {
            let (tag, inner) = tagged.iter().next().unwrap();
            tagged_value(tag, inner, zone)
        }
    }
}

fn tagged_value(tag: &str, inner: &Json, zone: &Zone) -> Value {
    let text = inner.as_str().unwrap_or_default();
    let items = || inner.as_array().unwrap().iter();
    match tag {
        "safe" => Value::from_safe_string(text.to_owned()),
        "integer" => Value::from(text.parse::<i128>().unwrap()),
        "float" => Value::from(text.parse::<f64>().unwrap()),
        "decimal" => Value::from_object(DecimalValue(Decimal::parse(text).unwrap())),
        "duration" => Value::from_object(DurationValue(inner.as_i64().unwrap())),
        "tuple" => Value::from(Tuple::new(
            items().map(|item| recorded_value(item, zone)).collect(),
        )),
        "map" => Value::from_pairs(items().map(|pair| {
            (
                recorded_value(&pair[0], zone),
                recorded_value(&pair[1], zone),
            )
        })),
        "ago" => Value::from_object(TemporalValue(ZonedTime::moment(
            ago(inner.as_i64().unwrap()),
            zone,
        ))),
        "moment" | "day" | "time" => {
            Value::from_object(TemporalValue(ZonedTime::parse(text, zone).unwrap()))
        }
        "undefined" => Value::UNDEFINED,
        other => panic!("no tag `{other}`"),
    }
}

/// A moment so many seconds before now: half a second more, so that the time of a test does not count.
fn ago(seconds: i64) -> Moment {
    let span = Duration::from_secs(seconds.unsigned_abs());
    let half = Duration::from_millis(500);
    if seconds < 0 {
        clock::now().after(span).before(half)
    } else {
        clock::now().before(span).before(half)
    }
}
