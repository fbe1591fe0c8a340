//! Moments, days and times of day, printed by Django's formats and in the zone of the project.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{DynObject, Object, ObjectRepr, Value};

use crate::clock::Moment;
use crate::templates::date_format::{self, Letters};
use crate::templates::value::{Error, State, unknown_method};
use crate::templates::zoned_time::ZonedTime;

/// A moment, a day or a time of day.
#[derive(Clone, Debug)]
pub struct TemporalValue(pub ZonedTime);

impl Object for TemporalValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.0.part(key).map(Value::from)
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        _: &[Value],
    ) -> Result<Value, Error> {
        let time = &self.0;
        let object = |found: ZonedTime| Value::from_object(Self(found));
        let found = match method {
            "isoformat" => Some(Value::from(time.isoformat())),
            "date" if time.moment.is_some() => time.date().map(object),
            "time" if time.moment.is_some() => time.time_of_day().map(object),
            "weekday" if time.local.has_day() => Some(Value::from(time.local.weekday() - 1)),
            "isoweekday" if time.local.has_day() => Some(Value::from(time.local.weekday())),
            "timestamp" => {
                let micros = time.moment.map(Moment::unix_microseconds).map(Value::from);
                let micros = micros.map(f64::try_from).transpose()?;
                micros.map(|micros| Value::from(micros / 1e6))
            }
            _ => None,
        };
        found.ok_or_else(|| unknown_method("date", method))
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        Some(self.0.order(&other.downcast_ref::<Self>()?.0))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = date_format::default_format(&self.0);
        let written = date_format::write(&self.0, format, Letters::Date);
        f.write_str(&written.unwrap_or_default())
    }
}
