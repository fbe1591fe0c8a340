//! Date and time as Django's SQLite functions see them: without a zone, or with one that goes along.

use std::fmt;

use jiff::tz::AmbiguousOffset;
use jiff::{SignedDuration, civil};

use crate::clock::{Date, Moment, SECOND, TimeOfDay, Zone};

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// A day, a time of day, or both, on the clocks of some place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalDateTime {
    inner: civil::DateTime,
    extent: Extent,
}

/// What was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Extent {
    Day,
    TimeOfDay,
    Both,
}

impl LocalDateTime {
    /// A day with a time.
    pub(super) fn of(inner: civil::DateTime) -> Self {
        Self {
            inner,
            extent: Extent::Both,
        }
    }

    /// `time` on `day`.
    pub fn new(day: Date, time: TimeOfDay) -> Self {
        Self::of(day.civil().to_datetime(time.civil()))
    }

    /// The day.
    pub fn date(self) -> Date {
        self.inner.date().into()
    }

    /// The time of day.
    pub fn time(self) -> TimeOfDay {
        self.inner.time().into()
    }

    /// The same without a fraction of a second.
    #[must_use]
    pub fn without_microseconds(self) -> Self {
        let inner = self.inner.with().subsec_nanosecond(0).build();
        Self {
            inner: inner.unwrap_or(self.inner),
            ..self
        }
    }

    /// The moment at which the clocks of `zone` show it; none where they never do, or do so twice.
    pub fn only_moment_in(self, zone: &Zone) -> Option<Moment> {
        let ambiguous = zone.0.to_ambiguous_timestamp(self.inner);
        match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { offset } => {
                Moment::from_civil(self.inner, SECOND * i64::from(offset.seconds()))
            }
            AmbiguousOffset::Gap { .. } | AmbiguousOffset::Fold { .. } => None,
        }
    }

    /// Reads what a column holds, as Django's `typecast_timestamp`: an offset at the end does not count.
    pub fn parse(text: &str) -> Option<Self> {
        let Some((day, time)) = text.split_once(' ') else {
            let inner = parse_day(text)?.at(0, 0, 0, 0);
            return Some(Self {
                inner,
                extent: Extent::Day,
            });
        };
        let time = time.split(['+', '-']).next()?;
        let inner = parse_day(day)?.to_datetime(parse_time(time)?);
        Some(Self {
            inner,
            extent: Extent::Both,
        })
    }

    /// Reads a time of day, as Django's `typecast_time`.
    pub fn parse_time_of_day(text: &str) -> Option<Self> {
        let inner = civil::Date::constant(1900, 1, 1).to_datetime(parse_time(text)?);
        Some(Self {
            inner,
            extent: Extent::TimeOfDay,
        })
    }

    /// What the clocks of `zone` say at `moment`.
    pub fn of_moment(moment: Moment, zone: &Zone) -> Self {
        let offset = zone.0.to_offset(moment.timestamp()).seconds();
        let inner = moment.civil();
        Self {
            inner: inner.saturating_add(SignedDuration::from_secs(offset.into())),
            extent: Extent::Both,
        }
    }

    /// A day without a time.
    pub fn of_day(day: Date) -> Self {
        Self {
            inner: day.0.at(0, 0, 0, 0),
            extent: Extent::Day,
        }
    }

    /// A time without a day.
    pub fn of_time(time: TimeOfDay) -> Self {
        Self {
            inner: civil::Date::constant(1900, 1, 1).to_datetime(time.0),
            extent: Extent::TimeOfDay,
        }
    }

    /// What the clocks of `to` say when those of `from` say this; `None` beyond the range of dates.
    pub fn moved(self, from: &Zone, to: &Zone) -> Option<Self> {
        let moment = from.0.to_timestamp(self.inner).ok()?;
        Some(Self {
            inner: to.0.to_datetime(moment),
            extent: Extent::Both,
        })
    }

    /// So many microseconds later, or, if negative, earlier; `None` beyond the years 1 to 9999.
    ///
    /// A day moves by whole days, as Python's `date` does.
    pub fn plus_microseconds(self, microseconds: i64) -> Option<Self> {
        let microseconds = if self.has_time() {
            microseconds
        } else {
            whole_days(microseconds)
        };
        let inner = self
            .inner
            .checked_add(SignedDuration::from_micros(microseconds));
        let inner = inner.ok().filter(|inner| inner.year() >= 1)?;
        Some(Self { inner, ..self })
    }

    /// The same in the other direction.
    pub fn minus_microseconds(self, microseconds: i64) -> Option<Self> {
        let microseconds = if self.has_time() {
            microseconds
        } else {
            whole_days(microseconds)
        };
        self.plus_microseconds(microseconds.checked_neg()?)
    }

    /// The Monday of its week, at the same time; `None` beyond the range of dates.
    pub fn monday(self) -> Option<Self> {
        self.plus_microseconds(-i64::from(self.weekday() - 1) * DAY)
    }

    /// How many microseconds lie between `earlier` and this.
    pub fn microseconds_since(self, earlier: Self) -> i64 {
        let difference = self.inner.duration_since(earlier.inner);
        i64::try_from(difference.as_micros()).unwrap_or(i64::MAX)
    }

    /// Whether it has a day: a time of day does not.
    pub fn has_day(self) -> bool {
        self.extent != Extent::TimeOfDay
    }

    /// Whether it has a time: a day does not.
    pub fn has_time(self) -> bool {
        self.extent != Extent::Day
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.inner.year()
    }

    /// The month, from 1.
    pub fn month(self) -> i8 {
        self.inner.month()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> i8 {
        self.inner.day()
    }

    /// The hour, from 0 to 23.
    pub fn hour(self) -> i8 {
        self.inner.hour()
    }

    /// The minute.
    pub fn minute(self) -> i8 {
        self.inner.minute()
    }

    /// The second.
    pub fn second(self) -> i8 {
        self.inner.second()
    }

    /// The microsecond.
    pub fn microsecond(self) -> i32 {
        self.inner.subsec_nanosecond() / 1000
    }

    /// The day of the week, from 1 (Monday) to 7.
    pub fn weekday(self) -> i8 {
        self.inner.weekday().to_monday_one_offset()
    }

    /// The day of the year, from 1.
    pub fn day_of_year(self) -> i16 {
        self.inner.date().day_of_year()
    }

    /// How many days its month has.
    pub fn days_in_month(self) -> i8 {
        self.inner.date().days_in_month()
    }

    /// Whether its year has 366 days.
    pub fn is_in_leap_year(self) -> bool {
        self.inner.date().in_leap_year()
    }

    /// The moment at which clocks of `zone` say this, a day standing for its midnight; `None` beyond the calendar.
    pub fn moment_in(self, zone: &Zone) -> Option<Moment> {
        super::civil::local(self.inner, zone)
    }

    /// The week of the year, and the year that it belongs to (ISO 8601).
    pub fn iso_week(self) -> (i8, i16) {
        let week = self.inner.date().iso_week_date();
        (week.week(), week.year())
    }

    /// The day, as `2026-11-30`.
    pub fn date_text(self) -> String {
        let (year, month, day) = (self.year(), self.month(), self.day());
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The time of day as Python's `isoformat` writes it: without a fraction that is zero.
    pub fn time_text(self) -> String {
        let (hour, minute, second) = (self.hour(), self.minute(), self.second());
        let time = format!("{hour:02}:{minute:02}:{second:02}");
        match self.microsecond() {
            0 => time,
            fraction => format!("{time}.{fraction:06}"),
        }
    }
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.date_text())?;
        if !self.has_time() {
            return Ok(());
        }
        write!(f, " {}", self.time_text())
    }
}

/// The days of a duration, as microseconds: the part that is left is never negative.
fn whole_days(microseconds: i64) -> i64 {
    microseconds - microseconds.rem_euclid(DAY)
}

fn parse_day(text: &str) -> Option<civil::Date> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    let sound = parts.next().is_none() && (1..=9999).contains(&year);
    civil::Date::new(year, month, day).ok().filter(|_| sound)
}

fn parse_time(text: &str) -> Option<civil::Time> {
    let mut parts = text.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let seconds = parts.next()?;
    if parts.next().is_some() {
        return None;
    }
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let microseconds: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let nanoseconds = microseconds.parse::<i32>().ok()? * 1000;
    civil::Time::new(hour, minute, second.parse().ok()?, nanoseconds).ok()
}
