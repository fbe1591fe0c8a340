//! Days, times and moments as Django reads them (`django.utils.dateparse`): ISO 8601 or, where that fails, with
//! leading zeros left out.

use jiff::civil;

use crate::clock::SECOND;
use crate::clock::digit_scanner::DigitScanner;
use crate::clock::iso_format::{self, DateTimeWithOffset};

/// A day.
pub(super) fn date(text: &str) -> Option<civil::Date> {
    iso_format::date(text).or_else(|| whole(text, DigitScanner::date))
}

/// A time, for which an offset does not count.
pub(super) fn time(text: &str) -> Option<civil::Time> {
    iso_format::time(text).or_else(|| whole(text, DigitScanner::time))
}

/// A day with a time, with an offset or without; a day alone stands for its midnight.
pub(super) fn date_time(text: &str) -> Option<DateTimeWithOffset> {
    let found = iso_format::date_time(text);
    found
        .or_else(|| whole(text, DigitScanner::date_time))
        .or_else(|| {
            let naive = date(text)?.at(0, 0, 0, 0);
            Some(DateTimeWithOffset {
                naive,
                offset: None,
            })
        })
}

/// What `read` makes of all of `text`; one line end after it does not count.
fn whole<'t, T>(text: &'t str, read: impl Fn(&mut DigitScanner<'t>) -> Option<T>) -> Option<T> {
    let mut scan = DigitScanner(text.as_bytes());
    let found = read(&mut scan)?;
    matches!(scan.0, [] | [b'\n']).then_some(found)
}

impl DigitScanner<'_> {
    fn small(&mut self, least: usize) -> Option<i8> {
        i8::try_from(self.number(least, 2)?).ok()
    }

    fn date(&mut self) -> Option<civil::Date> {
        let year = i16::try_from(self.number(4, 4)?).ok()?;
        let month = self.take(b'-').then(|| self.small(1))??;
        let day = self.take(b'-').then(|| self.small(1))??;
        civil::Date::new(year, month, day).ok().filter(|_| year > 0)
    }

    fn date_time(&mut self) -> Option<DateTimeWithOffset> {
        let date = self.date()?;
        if !self.take(b'T') && !self.take(b' ') {
            return None;
        }
        let naive = date.to_datetime(self.time()?);
        while self.0.first().is_some_and(u8::is_ascii_whitespace) {
            self.0 = &self.0[1..];
        }
        let offset = match self.0 {
            [] => None,
            _ => Some(self.offset()?),
        };
        Some(DateTimeWithOffset { naive, offset })
    }

    fn time(&mut self) -> Option<civil::Time> {
        let hour = self.small(1)?;
        let minute = self.take(b':').then(|| self.small(1))??;
        let (mut second, mut nanos) = (0, 0);
        if self.take(b':') {
            second = self.small(1)?;
            if self.take(b'.') || self.take(b',') {
                nanos = self.microseconds(1)? * 1000;
            }
        }
        civil::Time::new(hour, minute, second, nanos).ok()
    }

    /// The microseconds of an offset, which is less than a day.
    fn offset(&mut self) -> Option<i64> {
        if self.take(b'Z') {
            return Some(0);
        }
        let sign = match (self.take(b'+'), self.take(b'-')) {
            (true, _) => 1,
            (_, true) => -1,
            _ => return None,
        };
        let mut minutes = 60 * i64::from(self.number(2, 2)?);
        if !self.0.is_empty() {
            self.take(b':');
            minutes += i64::from(self.number(2, 2)?);
        }
        (minutes < 24 * 60).then_some(sign * minutes * 60 * SECOND)
    }
}
