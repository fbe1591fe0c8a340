//! ISO 8601 as Python reads it: `fromisoformat` of `date`, `time` and `datetime` since 3.11.
//!
//! Python takes more than it writes: days without hyphens (`20240102`), days of a week (`2024-W05-2`), any one
//! character between day and time, times without colons, fractions of any length and offsets to the microsecond.

use jiff::civil;
use jiff::civil::{ISOWeekDate, Weekday};

use crate::clock::SECOND;
use crate::clock::digit_scanner::DigitScanner;

/// The least bytes of a day, which a week without its day has: `2024W05`.
const SHORTEST_DAY: usize = 7;

/// A time and its offset, in microseconds, if it has one.
pub(super) struct TimeWithOffset {
    pub(super) time: civil::Time,
    pub(super) offset: Option<i64>,
}

/// A day with a time, and the microseconds of its offset if it has one.
pub(super) struct DateTimeWithOffset {
    pub(super) naive: civil::DateTime,
    pub(super) offset: Option<i64>,
}

/// A day.
pub(super) fn date(text: &str) -> Option<civil::Date> {
    // Python asks for the length first.
    matches!(text.len(), 7 | 8 | 10).then(|| day(text.as_bytes()))?
}

/// A time, for which an offset does not count; a `T` may stand before it.
pub(super) fn time(text: &str) -> Option<civil::Time> {
    let text = text.strip_prefix('T').unwrap_or(text);
    Some(time_with_offset(text.as_bytes())?.time)
}

/// A day with a time; a day alone stands for its midnight.
pub(super) fn date_time(text: &str) -> Option<DateTimeWithOffset> {
    let bytes = text.as_bytes();
    if bytes.len() < SHORTEST_DAY {
        return None;
    }
    let end = end_of_day(bytes)?;
    let day = day(bytes.get(..end)?)?;
    // One character, whatever it is, parts the two.
    let rest = text.get(end..)?;
    let Some(separator) = rest.chars().next() else {
        let naive = day.at(0, 0, 0, 0);
        return Some(DateTimeWithOffset {
            naive,
            offset: None,
        });
    };
    let time = &rest.as_bytes()[separator.len_utf8()..];
    let TimeWithOffset { time, offset } = time_with_offset(time)?;
    Some(DateTimeWithOffset {
        naive: day.to_datetime(time),
        offset,
    })
}

/// Where the day at the start of a text ends: what the separator may be is open, so its place must tell.
fn end_of_day(text: &[u8]) -> Option<usize> {
    if text.len() == SHORTEST_DAY {
        return Some(SHORTEST_DAY);
    }
    let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    match (text[4], text[5]) {
        // `2024-W05-2` or, where two digits follow the hyphen, `2024-W05` with a time after it.
        (b'-', b'W') => match text.get(8) {
            Some(b'-') if text.len() == 9 => None,
            Some(b'-') if is_digit(10) => Some(8),
            Some(b'-') => Some(10),
            _ => Some(8),
        },
        (b'-', _) => Some(10),
        // `2024W052` or `2024W05`: parts of a time are pairs of digits, so an odd one is the day of the week.
        (b'W', _) => {
            let more = text[SHORTEST_DAY..].iter();
            let digits = more.take_while(|byte| byte.is_ascii_digit());
            Some(match SHORTEST_DAY + digits.count() {
                end @ (7 | 8) => end,
                end if end % 2 == 0 => 7,
                _ => 8,
            })
        }
        _ => Some(8),
    }
}

/// All of `text` as a day: `2024-01-02`, `20240102`, `2024-W05-2`, `2024W052`, and weeks without their day.
fn day(text: &[u8]) -> Option<civil::Date> {
    let mut rest = DigitScanner(text);
    let year = i16::try_from(rest.digits(4)?)
        .ok()
        .filter(|year| *year > 0)?;
    let hyphens = rest.take(b'-');
    if rest.take(b'W') {
        let week = i8::try_from(rest.digits(2)?).ok()?;
        let weekday = if rest.0.is_empty() {
            1
        } else if hyphens && !rest.take(b'-') {
            return None;
        } else {
            i8::try_from(rest.digits(1)?).ok()?
        };
        let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
        let date = ISOWeekDate::new(year, week, weekday).ok()?.date();
        return Some(date).filter(|date| (1..=9999).contains(&date.year()));
    }
    let month = i8::try_from(rest.digits(2)?).ok()?;
    if hyphens && !rest.take(b'-') {
        return None;
    }
    let day = i8::try_from(rest.digits(2)?).ok()?;
    civil::Date::new(year, month, day)
        .ok()
        .filter(|_| rest.0.is_empty())
}

/// All of `text` as a time, with an offset or without.
fn time_with_offset(text: &[u8]) -> Option<TimeWithOffset> {
    let is_zone = |byte: &u8| matches!(byte, b'+' | b'-' | b'Z');
    let end = text.iter().position(is_zone).unwrap_or(text.len());
    let (clock, zone) = text.split_at(end);
    let clock = Clock::read(clock, !zone.is_empty())?;
    let time = civil::Time::new(
        i8::try_from(clock.hours).ok()?,
        i8::try_from(clock.minutes).ok()?,
        i8::try_from(clock.seconds).ok()?,
        clock.microseconds.checked_mul(1000)?,
    );
    let offset = match zone {
        [] => None,
        [b'Z'] => Some(0),
        [b'Z', ..] => return None,
        [sign, offset @ ..] => {
            let micros = Clock::read(offset, false)?.in_microseconds();
            // An offset is less than a day.
            let micros = Some(micros).filter(|micros| *micros < 24 * 3600 * SECOND)?;
            Some(if *sign == b'-' { -micros } else { micros })
        }
    };
    let time = time.ok()?;
    Some(TimeWithOffset { time, offset })
}

/// Hours, minutes, seconds and microseconds as they were written, in no range.
#[derive(Default)]
struct Clock {
    hours: i32,
    minutes: i32,
    seconds: i32,
    microseconds: i32,
}

impl Clock {
    /// Reads `12`, `12:34`, `1234`, `12:34:56` or `123456`, and a fraction after any of them.
    ///
    /// Before a zone, one character that is out of place at the end goes unseen, as it does in Python.
    fn read(text: &[u8], before_zone: bool) -> Option<Self> {
        let mut rest = DigitScanner(text);
        let mut clock = Self::default();
        let mut colons = true;
        for part in 0..3 {
            let value = rest.digits(2)?;
            match part {
                0 => clock.hours = value,
                1 => clock.minutes = value,
                _ => clock.seconds = value,
            }
            let Some((next, after)) = rest.0.split_first() else {
                return Some(clock);
            };
            if part == 0 {
                colons = *next == b':';
            }
            match next {
                _ if after.is_empty() => return before_zone.then_some(clock),
                b':' if colons => rest.0 = after,
                b'.' | b',' => {
                    rest.0 = after;
                    break;
                }
                _ if colons => return None,
                _ => {}
            }
        }
        clock.microseconds = rest.microseconds(rest.0.len().min(6))?;
        (rest.0.is_empty() || before_zone).then_some(clock)
    }

    fn in_microseconds(&self) -> i64 {
        let minutes = i64::from(self.hours) * 60 + i64::from(self.minutes);
        (minutes * 60 + i64::from(self.seconds)) * SECOND + i64::from(self.microseconds)
    }
}
