//! Days and times of day without a zone, and how Django reads them (`django.utils.dateparse`).

use std::fmt;

use jiff::civil;
use jiff::tz::AmbiguousOffset;

use crate::clock::{Moment, Zone};

/// A day of the calendar.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Date(pub(super) civil::Date);

impl Date {
    /// Reads `2026-11-20`; leading zeros of month and day may be missing.
    pub fn parse(text: &str) -> Option<Self> {
        let mut scan = Scan(text.as_bytes());
        let date = scan.date()?;
        scan.0.is_empty().then_some(Self(date))
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
    /// Reads `17:22`, `17:22:29` and `17:22:29.000001`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut scan = Scan(text.as_bytes());
        let time = scan.time()?;
        scan.0.is_empty().then_some(Self(time))
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

/// A day with a time, and the seconds of its offset if it has one.
pub(super) struct Parsed {
    pub(super) naive: civil::DateTime,
    pub(super) offset: Option<i64>,
}

/// Reads a date and a time with `T` or a space between, with an offset or without.
pub(super) fn parse_moment(text: &str) -> Option<Parsed> {
    let mut scan = Scan(text.as_bytes());
    let date = scan.date()?;
    if scan.0.is_empty() {
        let naive = date.at(0, 0, 0, 0);
        return Some(Parsed {
            naive,
            offset: None,
        });
    }
    if !scan.take(b'T') && !scan.take(b't') && !scan.take(b' ') {
        return None;
    }
    let naive = date.to_datetime(scan.time()?);
    while scan.take(b' ') {}
    let offset = if scan.0.is_empty() {
        None
    } else {
        Some(scan.offset()?)
    };
    scan.0.is_empty().then_some(Parsed { naive, offset })
}

impl Moment {
    /// Reads a date and a time with `T` or a space between; without an offset it is a time of `zone`.
    ///
    /// A day stands for its midnight. None where it is not one, or lies outside of the years 1 to 9999.
    pub fn parse(text: &str, zone: &Zone) -> Option<Self> {
        let parsed = parse_moment(text)?;
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
    Moment::from_civil(naive, offset.seconds().into())
}

/// What is left of a text that is being read.
struct Scan<'t>(&'t [u8]);

impl Scan<'_> {
    fn take(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    /// A number of at least `least` and at most `most` digits.
    fn number(&mut self, least: usize, most: usize) -> Option<i32> {
        let digits = self.0.iter().take(most).take_while(|b| b.is_ascii_digit());
        let length = digits.count();
        if length < least {
            return None;
        }
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        let value = |value, digit: &u8| value * 10 + i32::from(digit - b'0');
        Some(digits.iter().fold(0, value))
    }

    fn small(&mut self, least: usize) -> Option<i8> {
        i8::try_from(self.number(least, 2)?).ok()
    }

    fn date(&mut self) -> Option<civil::Date> {
        let year = i16::try_from(self.number(4, 4)?).ok()?;
        let month = self.take(b'-').then(|| self.small(1))??;
        let day = self.take(b'-').then(|| self.small(1))??;
        civil::Date::new(year, month, day).ok().filter(|_| year > 0)
    }

    fn time(&mut self) -> Option<civil::Time> {
        let hour = self.small(1)?;
        let minute = self.take(b':').then(|| self.small(1))??;
        let (mut second, mut nanos) = (0, 0);
        if self.take(b':') {
            second = self.small(1)?;
            if self.take(b'.') || self.take(b',') {
                nanos = self.micros()? * 1000;
            }
        }
        civil::Time::new(hour, minute, second, nanos).ok()
    }

    /// Up to six digits that count; more are passed over.
    fn micros(&mut self) -> Option<i32> {
        let before = self.0.len();
        let value = self.number(1, 6)?;
        let missing = 6_usize.saturating_sub(before - self.0.len());
        while self.0.first().is_some_and(u8::is_ascii_digit) {
            self.0 = &self.0[1..];
        }
        Some((0..missing).fold(value, |value, _| value * 10))
    }

    /// The seconds of an offset, which is less than a day.
    fn offset(&mut self) -> Option<i64> {
        if self.take(b'Z') || self.take(b'z') {
            return Some(0);
        }
        let sign = match (self.take(b'+'), self.take(b'-')) {
            (true, _) => 1,
            (_, true) => -1,
            _ => return None,
        };
        let mut seconds = 3600 * i64::from(self.number(2, 2)?);
        for unit in [60, 1] {
            if self.0.is_empty() {
                break;
            }
            self.take(b':');
            seconds += unit * i64::from(self.number(2, 2)?);
        }
        (seconds < 24 * 3600).then_some(sign * seconds)
    }
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
