//! Durations, as Python's `str` writes a `timedelta`.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{DynObject, Object, ObjectRepr, Value};

use crate::templates::value::{Error, State, unknown_method};

/// Microseconds of a second and seconds of a day.
const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400;

/// A duration in microseconds.
#[derive(Clone, Copy, Debug)]
pub struct DurationValue(pub i64);

impl DurationValue {
    fn days(self) -> i64 {
        self.0.div_euclid(SECOND * DAY)
    }

    /// Seconds beyond its whole days.
    fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND).rem_euclid(DAY)
    }

    fn microseconds(self) -> i64 {
        self.0.rem_euclid(SECOND)
    }

    /// As Python writes it in a list.
    pub(in crate::templates) fn python_repr(self) -> String {
        let parts = [
            ("days", self.days()),
            ("seconds", self.seconds()),
            ("microseconds", self.microseconds()),
        ];
        let parts = parts.into_iter().filter(|(_, number)| *number != 0);
        let parts: Vec<_> = parts
            .map(|(name, number)| format!("{name}={number}"))
            .collect();
        if parts.is_empty() {
            return "datetime.timedelta(0)".to_owned();
        }
        format!("datetime.timedelta({})", parts.join(", "))
    }
}

impl fmt::Display for DurationValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, seconds) = (self.days(), self.seconds());
        if days != 0 {
            let plural = if days.abs() == 1 { "" } else { "s" };
            write!(f, "{days} day{plural}, ")?;
        }
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{hours}:{minutes:02}:{seconds:02}")?;
        match self.microseconds() {
            0 => Ok(()),
            fraction => write!(f, ".{fraction:06}"),
        }
    }
}

impl Object for DurationValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(Value::from(match key.as_str()? {
            "days" => self.days(),
            "seconds" => self.seconds(),
            "microseconds" => self.microseconds(),
            _ => return None,
        }))
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        _: &[Value],
    ) -> Result<Value, Error> {
        if method != "total_seconds" {
            return Err(unknown_method("duration", method));
        }
        let fraction = f64::from(i32::try_from(self.microseconds()).unwrap_or_default());
        let whole = Value::from(self.0.div_euclid(SECOND));
        Ok(Value::from(f64::try_from(whole)? + fraction / 1e6))
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.0 != 0
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        Some(self.0.cmp(&other.downcast_ref::<Self>()?.0))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::DurationValue;

    #[test]
    fn writes_what_python_writes() {
        for (microseconds, text) in [
            (0, "0:00:00"),
            (1, "0:00:00.000001"),
            (-1, "-1 day, 23:59:59.999999"),
            (86_400_000_000, "1 day, 0:00:00"),
            (180_122_000_000, "2 days, 2:02:02"),
        ] {
            assert_eq!(DurationValue(microseconds).to_string(), text);
        }
        let repr = DurationValue(86_400_000_001).python_repr();
        assert_eq!(repr, "datetime.timedelta(days=1, microseconds=1)");
    }
}
