//! Days counted on and back.

use jiff::{Span, civil};

use crate::clock::{Date, LocalDateTime, Moment, Zone, now};

impl Date {
    /// This day; none where there is no such day in the years 1 to 9999.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        let is_known = (1..=9999).contains(&year);
        let date = civil::Date::new(year, month, day).ok()?;
        is_known.then_some(Self(date))
    }

    /// The day that the clocks of `zone` show now.
    pub fn today_in(zone: &Zone) -> Self {
        let local = LocalDateTime::of_moment(now(), zone);
        Self(civil::date(local.year(), local.month(), local.day()))
    }

    /// Its year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Its month, from 1 on.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Its day within the month, from 1 on.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// Its day of the week: 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }

    /// The day so many days later, or earlier where `days` is negative; none outside of the years 1 to 9999.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let date = self.0.checked_add(Span::new().try_days(days).ok()?).ok()?;
        Self::new(date.year(), date.month(), date.day())
    }

    /// The moment at which it begins on the clocks of `zone`.
    pub fn midnight_in(self, zone: &Zone) -> Option<Moment> {
        LocalDateTime::of_day(self).moment_in(zone)
    }
}
