//! Days and times of day without a zone.

use std::fmt;

use jiff::civil;
use jiff::tz::AmbiguousOffset;

use crate::clock::{Moment, SECOND, Zone, date_parse};

/// A day of the calendar.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Date(pub(super) civil::Date);

impl Date {
    /// Reads `2026-11-20` and what else Python takes for a day of ISO 8601, such as `20261120` and `2026-W47-5`;
    /// leading zeros of month and day may be missing.
    pub fn parse(text: &str) -> Option<Self> {
        date_parse::date(text).map(Self)
    }

    pub(super) fn civil(self) -> civil::Date {
        self.0
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.0;
        write!(
            f,
            "{:04}-{:02}-{:02}",
            date.year(),
            date.month(),
            date.day()
        )
    }
}

/// A time of day, to the microsecond.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct TimeOfDay(pub(super) civil::Time);

impl TimeOfDay {
    /// Reads `17:22`, `17:22:29`, `17:22:29.000001` and what else Python takes for a time of ISO 8601.
    pub fn parse(text: &str) -> Option<Self> {
        date_parse::time(text).map(Self)
    }

    pub(super) fn civil(self) -> civil::Time {
        self.0
    }
}

impl TimeOfDay {
    /// The same without a fraction of a second.
    #[must_use]
    pub fn without_microseconds(self) -> Self {
        let whole = self.0.with().subsec_nanosecond(0).build();
        Self(whole.unwrap_or(self.0))
    }
}

impl From<civil::Time> for TimeOfDay {
    fn from(time: civil::Time) -> Self {
        Self(time)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_time(f, self.0)
    }
}

impl Moment {
    /// Reads a date and a time with `T` or a space between; without an offset it is a time of `zone`.
    ///
    /// A day stands for its midnight. None where it is not one, or lies outside of the years 1 to 9999.
    pub fn parse(text: &str, zone: &Zone) -> Option<Self> {
        let parsed = date_parse::date_time(text)?;
        match parsed.offset {
            None => local(parsed.naive, zone),
            Some(offset) => Self::from_civil(parsed.naive, offset),
        }
    }
}

impl Moment {
    /// The day that it falls on in `zone`.
    pub fn date_in(self, zone: &Zone) -> Option<Date> {
        Date::parse(&self.format(zone, "%Y-%m-%d"))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = self.civil();
        write!(f, "{} ", Date(civil.date()))?;
        write_time(f, civil.time())
    }
}

/// The fraction is left out when zero, as Python's `isoformat` does.
fn write_time(f: &mut fmt::Formatter<'_>, time: civil::Time) -> fmt::Result {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    write!(f, "{hour:02}:{minute:02}:{second:02}")?;
    match time.subsec_nanosecond() / 1000 {
        0 => Ok(()),
        micros => write!(f, ".{micros:06}"),
    }
}

pub(super) fn local(naive: civil::DateTime, zone: &Zone) -> Option<Moment> {
    let offset = match zone.0.to_ambiguous_timestamp(naive).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset,
        // As Python: the first of two times, and a time that is skipped as if it was not.
        AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
    };
    Moment::from_civil(naive, SECOND * i64::from(offset.seconds()))
}

#[cfg(test)]
mod tests {
    use crate::clock::{Date, Moment, TimeOfDay, Zone};

    #[test]
    fn days_and_times_are_read_and_written() {
        for (given, written) in [
            ("2026-1-2", Some("2026-01-02")),
            ("0999-12-31", Some("0999-12-31")),
            ("0001-01-01", Some("0001-01-01")),
            ("9999-12-31", Some("9999-12-31")),
            ("0000-01-01", None),
            ("10000-01-01", None),
            ("2026-02-30", None),
            ("2026-01-02 ", None),
            ("2026-01-02\n", Some("2026-01-02")),
            ("20260102", Some("2026-01-02")),
            ("2026-W01-5", Some("2026-01-02")),
            ("2026W015", Some("2026-01-02")),
            ("2026-W01", Some("2025-12-29")),
            ("0001-W01-1", Some("0001-01-01")),
            ("9999-W52-5", Some("9999-12-31")),
            ("9999-W52-6", None),
            ("2026-W54-1", None),
            ("2026-W01-0", None),
            ("2026W01-5", None),
            ("2026-0102", None),
            ("202601", None),
            ("2026é1é", None),
        ] {
            let date = Date::parse(given).map(|date| date.to_string());
            assert_eq!(date.as_deref(), written, "{given}");
        }
        for (given, written) in [
            ("7:05", Some("07:05:00")),
            ("23:59:59.5", Some("23:59:59.500000")),
            ("23:59:59.1234567", Some("23:59:59.123456")),
            ("24:00", None),
            ("07:05:", None),
            ("0705", Some("07:05:00")),
            ("T070509,5", Some("07:05:09.500000")),
            ("07", Some("07:00:00")),
            ("07:05+25:00", None),
            ("07:05-01:00:30.5", Some("07:05:00")),
            ("07:0509", None),
            ("0705:09", None),
            ("7", None),
            ("", None),
        ] {
            let time = TimeOfDay::parse(given).map(|time| time.to_string());
            assert_eq!(time.as_deref(), written, "{given}");
        }
    }

    #[test]
    fn a_moment_without_an_offset_is_local() {
        let vienna = Zone::named("Europe/Vienna").unwrap();
        for (given, written) in [
            (
                "2024-01-02T03:04:05.678Z",
                Some("2024-01-02 03:04:05.678000"),
            ),
            ("2024-01-02 03:04:05+05:30", Some("2024-01-01 21:34:05")),
            ("2024-01-02 03:04-0130", Some("2024-01-02 04:34:00")),
            ("2024-07-02 03:04", Some("2024-07-02 01:04:00")),
            ("2024-07-02", Some("2024-07-01 22:00:00")),
            ("2024-07-02T03:04x", None),
            // As Django, tried with its own fields.
            ("0001-01-01T00:00:00Z", Some("0001-01-01 00:00:00")),
            ("0001-01-01T00:00:00", None),
            ("0001-01-01", None),
            ("0001-01-01T00:00:00+05:00", None),
            ("0001-01-01T00:00:00-05:00", Some("0001-01-01 05:00:00")),
            (
                "9999-12-31T23:59:59.999999Z",
                Some("9999-12-31 23:59:59.999999"),
            ),
            ("9999-12-31T23:59:59", Some("9999-12-31 22:59:59")),
            ("9999-12-31T23:59:59-05:00", None),
            ("9999-12-31T23:59:59+23:59", Some("9999-12-31 00:00:59")),
            ("9999-12-31", Some("9999-12-30 23:00:00")),
            ("0000-01-01T00:00:00Z", None),
            ("10000-01-01T00:00:00Z", None),
            ("2026-01-02T03:04:05+24:00", None),
            ("2026-01-02T03:04:05+23:59:59", Some("2026-01-01 03:04:06")),
            ("2026-01-02T03:04:05+05:75", Some("2026-01-01 20:49:05")),
            ("2026-01-02 03:04:05 +0530", Some("2026-01-01 21:34:05")),
            ("2026-01-02 03:04:05,5", Some("2026-01-02 02:04:05.500000")),
            ("2026-01-02T24:00:00Z", None),
            ("2026-01-02T03:04:05z", None),
            ("2026-01-02t03:04:05Z", Some("2026-01-02 03:04:05")),
            ("2026-01-02é03Z", Some("2026-01-02 03:00:00")),
            ("2026-01-02T", None),
            ("20260102T030405.5Z", Some("2026-01-02 03:04:05.500000")),
            ("2026-W01-5T0304Z", Some("2026-01-02 03:04:00")),
            ("2026-W01-0304Z", Some("2025-12-29 03:04:00")),
            ("2026W0150304Z", Some("2025-12-29 03:04:00")),
            ("2026W015T0304Z", Some("2026-01-02 03:04:00")),
            ("2026W01T0304Z", Some("2025-12-29 03:04:00")),
            ("2026-01-02 3:4 +01", Some("2026-01-02 02:04:00")),
            (
                "2026-01-02T03:04:05+00:00:00.000001",
                Some("2026-01-02 03:04:04.999999"),
            ),
            ("2026-01-02T23:59:60Z", None),
            ("2026-03-29T02:30:00", Some("2026-03-29 01:30:00")),
            ("2026-10-25T02:30:00", Some("2026-10-25 00:30:00")),
            ("1800-01-01T00:00:00", Some("1799-12-31 22:54:39")),
        ] {
            let moment = Moment::parse(given, &vienna).map(Moment::to_sql);
            assert_eq!(moment.as_deref(), written, "{given}");
        }
    }
}
