//! Dates and times by Django's format letters (`Y-m-d H:i`).

use std::fmt::Write as _;

use crate::clock::{MONTHS, Moment, WEEKDAYS, ZoneOffset};
use crate::templates::zoned_time::ZonedTime;

/// Django's formats of English: how a value prints where nothing else is said.
pub(super) const DATE_TIME: &str = "N j, Y, P";
pub(super) const DATE: &str = "N j, Y";
pub(super) const TIME: &str = "P";

/// Django's names of formats.
const NAMED: [(&str, &str); 7] = [
    ("DATE_FORMAT", DATE),
    ("DATETIME_FORMAT", DATE_TIME),
    ("TIME_FORMAT", TIME),
    ("YEAR_MONTH_FORMAT", "F Y"),
    ("MONTH_DAY_FORMAT", "F j"),
    ("SHORT_DATE_FORMAT", "m/d/Y"),
    ("SHORT_DATETIME_FORMAT", "m/d/Y P"),
];

const DATE_LETTERS: &str = "bcdDEFIjlLmMnNorStUwWyYz";
const TIME_LETTERS: &str = "aAefgGhHiOPsTuZ";

/// Which letters stand for something.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Letters {
    /// Those of dates and times: Django's filter `date`.
    Date,
    /// Those of times: Django's filter `time`.
    Time,
}

/// Why a value cannot be written by a format.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FormatError {
    /// A day has no such part of a time.
    DayWithoutTime(char),
    /// The value has no such part, or the filter does not know it.
    UnknownPart,
}

/// How `value` prints where nothing else is said.
pub(super) fn default_format(value: &ZonedTime) -> &'static str {
    match (value.local.has_day(), value.local.has_time()) {
        (true, true) => DATE_TIME,
        (true, false) => DATE,
        _ => TIME,
    }
}

/// The format that `name` stands for; anything else is a format itself.
pub(super) fn named(name: &str) -> &str {
    let found = NAMED.iter().find(|(known, _)| *known == name);
    found.map_or(name, |(_, format)| format)
}

/// Writes `value`; a letter behind a backslash stands for itself.
pub(super) fn write(
    value: &ZonedTime,
    format: &str,
    letters: Letters,
) -> Result<String, FormatError> {
    let writer = Writer {
        value,
        offset: value.offset(),
    };
    let (mut out, mut literal, mut previous) = (String::new(), String::new(), None);
    for c in format.chars() {
        let is_letter = DATE_LETTERS.contains(c) || TIME_LETTERS.contains(c);
        if is_letter && previous != Some('\\') {
            push_literal(&mut out, &mut literal);
            writer.letter(&mut out, c, letters)?;
        } else {
            literal.push(c);
        }
        previous = Some(c);
    }
    push_literal(&mut out, &mut literal);
    Ok(out)
}

fn push_literal(out: &mut String, literal: &mut String) {
    let mut chars = literal.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(next)) if *next != '\n' => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    literal.clear();
}

struct Writer<'v> {
    value: &'v ZonedTime,
    offset: Option<ZoneOffset>,
}

impl Writer<'_> {
    fn letter(&self, out: &mut String, c: char, letters: Letters) -> Result<(), FormatError> {
        let local = self.value.local;
        let of_time = TIME_LETTERS.contains(c);
        if of_time && !local.has_time() {
            return Err(FormatError::DayWithoutTime(c));
        }
        let needs_day = !of_time && !matches!(c, 'c' | 'I');
        if !of_time && letters == Letters::Time || needs_day && !local.has_day() {
            return Err(FormatError::UnknownPart);
        }
        // Writing to memory cannot fail.
        if of_time {
            self.time(out, c).ok();
        } else {
            self.day(out, c).ok();
        }
        Ok(())
    }

    fn day(&self, out: &mut String, c: char) -> std::fmt::Result {
        let local = self.value.local;
        let (year, month, day) = (local.year(), local.month(), local.day());
        match c {
            'd' => write!(out, "{day:02}"),
            'j' => write!(out, "{day}"),
            'S' => out.write_str(suffix(day)),
            'D' => out.write_str(&self.weekday()[..3]),
            'l' => out.write_str(self.weekday()),
            'w' => write!(out, "{}", local.weekday() % 7),
            'z' => write!(out, "{}", local.day_of_year()),
            'W' => write!(out, "{}", local.iso_week().0),
            'o' => write!(out, "{}", local.iso_week().1),
            'm' => write!(out, "{month:02}"),
            'n' => write!(out, "{month}"),
            'M' => out.write_str(&self.month()[..3]),
            'b' => out.write_str(&self.month()[..3].to_lowercase()),
            'E' | 'F' => out.write_str(self.month()),
            'N' => out.write_str(&ap_month(self.month())),
            't' => write!(out, "{}", local.days_in_month()),
            'L' => out.write_str(if local.is_in_leap_year() {
                "True"
            } else {
                "False"
            }),
            'y' => write!(out, "{:02}", year % 100),
            'Y' => write!(out, "{year:04}"),
            'I' => out.write_str(match &self.offset {
                Some(offset) if offset.is_daylight => "1",
                Some(_) => "0",
                None => "",
            }),
            'c' => out.write_str(&self.value.isoformat()),
            'r' => self.rfc5322(out),
            _ => {
                // Whole seconds, rounded towards zero as in Python.
                let micros = self.value.as_moment().map(Moment::unix_microseconds);
                let seconds = micros.unwrap_or_default() / 1_000_000;
                write!(out, "{seconds}")
            }
        }
    }

    fn time(&self, out: &mut String, c: char) -> std::fmt::Result {
        let local = self.value.local;
        let (hour, minute) = (local.hour(), local.minute());
        let twelve = (hour + 11) % 12 + 1;
        match c {
            'a' => out.write_str(half_of_day(hour)),
            'A' => out.write_str(if hour > 11 { "PM" } else { "AM" }),
            'f' => out.write_str(&twelve_hours(twelve, minute)),
            'g' => write!(out, "{twelve}"),
            'G' => write!(out, "{hour}"),
            'h' => write!(out, "{twelve:02}"),
            'H' => write!(out, "{hour:02}"),
            'i' => write!(out, "{minute:02}"),
            's' => write!(out, "{:02}", local.second()),
            'u' => write!(out, "{:06}", local.microsecond()),
            'P' => match (hour, minute) {
                (0, 0) => out.write_str("midnight"),
                (12, 0) => out.write_str("noon"),
                _ => {
                    let time = twelve_hours(twelve, minute);
                    write!(out, "{time} {}", half_of_day(hour))
                }
            },
            _ => self.zone(out, c),
        }
    }

    /// The zone; a time of day has none.
    fn zone(&self, out: &mut String, c: char) -> std::fmt::Result {
        match (&self.offset, c) {
            (None, _) => Ok(()),
            (Some(offset), 'e' | 'T') => out.write_str(&offset.abbreviation),
            (Some(offset), 'O') => out.write_str(&short_offset(offset.seconds)),
            (Some(offset), _) => write!(out, "{}", offset.seconds),
        }
    }

    fn rfc5322(&self, out: &mut String) -> std::fmt::Result {
        let local = self.value.local;
        let moment = self.value.as_moment();
        let offset = moment.map(|moment| self.value.zone.offset_at(moment));
        write!(
            out,
            "{}, {:02} {} {:04} {:02}:{:02}:{:02} {}",
            &self.weekday()[..3],
            local.day(),
            &self.month()[..3],
            local.year(),
            local.hour(),
            local.minute(),
            local.second(),
            long_offset(offset.map_or(0, |offset| offset.seconds))
        )
    }

    fn month(&self) -> &'static str {
        let index = usize::try_from(self.value.local.month() - 1);
        index.map_or("", |index| MONTHS[index % 12])
    }

    fn weekday(&self) -> &'static str {
        let index = usize::try_from(self.value.local.weekday() - 1);
        index.map_or("", |index| WEEKDAYS[index % 7])
    }
}

fn suffix(day: i8) -> &'static str {
    match (day % 10, day / 10) {
        (1, 0 | 2 | 3) => "st",
        (2, 0 | 2) => "nd",
        (3, 0 | 2) => "rd",
        _ => "th",
    }
}

/// Months as the Associated Press shortens them.
fn ap_month(name: &str) -> String {
    match name {
        "March" | "April" | "May" | "June" | "July" => name.to_owned(),
        "September" => "Sept.".to_owned(),
        _ => format!("{}.", &name[..3]),
    }
}

fn half_of_day(hour: i8) -> &'static str {
    if hour > 11 { "p.m." } else { "a.m." }
}

fn twelve_hours(twelve: i8, minute: i8) -> String {
    if minute == 0 {
        twelve.to_string()
    } else {
        format!("{twelve}:{minute:02}")
    }
}

/// `+0530`, with seconds where there are any.
fn long_offset(seconds: i32) -> String {
    let offset = short_offset(seconds);
    match seconds.abs() % 60 {
        0 => offset,
        seconds => format!("{offset}{seconds:02}"),
    }
}

/// `+0530`.
fn short_offset(seconds: i32) -> String {
    let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    format!("{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60)
}
