//! Days and times by the patterns of Python's `strptime` and `strftime`, as forms read and write them.

use std::fmt::Write as _;

use jiff::civil;

use crate::clock::{LocalDateTime, MONTHS, WEEKDAYS};

/// What has been read so far.
#[derive(Clone, Copy, Debug)]
struct Parts {
    year: i16,
    month: i8,
    day: i8,
    hour: i8,
    minute: i8,
    second: i8,
    microsecond: i32,
    is_afternoon: Option<bool>,
}

/// One way to read a directive: so many bytes, and what is known then.
struct Reading {
    length: usize,
    parts: Parts,
}

impl LocalDateTime {
    /// Reads `text` by `format`, as Python's `datetime.strptime` does: the whole text, in any case.
    ///
    /// Days without a year are of 1900. Directives: `%Y %y %m %d %b %B %a %A %H %I %p %M %S %f %%`.
    pub fn strptime(text: &str, format: &str) -> Option<Self> {
        let start = Parts {
            year: 1900,
            month: 1,
            day: 1,
            hour: 0,
            minute: 0,
            second: 0,
            microsecond: 0,
            is_afternoon: None,
        };
        read(text, format, start)?.finish()
    }

    /// Writes it by `format`, as Python's `strftime` does; a directive that is not known stays as it is.
    pub fn strftime(self, format: &str) -> String {
        let mut written = String::new();
        let mut characters = format.chars();
        while let Some(character) = characters.next() {
            if character != '%' {
                written.push(character);
                continue;
            }
            match characters.next() {
                Some(directive) => self.write_directive(&mut written, directive),
                None => written.push('%'),
            }
        }
        written
    }

    /// Its week of the year, where weeks begin on this day, counted from Monday as 1; the days before the first are of week 0.
    fn week_that_begins_on(self, weekday: i8) -> i16 {
        let days_before = i16::from((self.weekday() - weekday).rem_euclid(7));
        (self.day_of_year() + 6 - days_before) / 7
    }

    fn write_directive(self, out: &mut String, directive: char) {
        let month = MONTHS[usize::try_from(self.month() - 1).unwrap_or(0) % 12];
        let weekday = WEEKDAYS[usize::try_from(self.weekday() - 1).unwrap_or(0) % 7];
        let hour = self.hour();
        // Writing to a `String` cannot fail.
        let _ = match directive {
            'Y' => write!(out, "{:04}", self.year()),
            'y' => write!(out, "{:02}", self.year().rem_euclid(100)),
            'm' => write!(out, "{:02}", self.month()),
            'd' => write!(out, "{:02}", self.day()),
            'H' => write!(out, "{hour:02}"),
            'I' => write!(out, "{:02}", (hour + 11) % 12 + 1),
            'p' => write!(out, "{}", if hour < 12 { "AM" } else { "PM" }),
            'M' => write!(out, "{:02}", self.minute()),
            'S' => write!(out, "{:02}", self.second()),
            'f' => write!(out, "{:06}", self.microsecond()),
            'B' => write!(out, "{month}"),
            'b' => write!(out, "{}", &month[..3]),
            'A' => write!(out, "{weekday}"),
            'a' => write!(out, "{}", &weekday[..3]),
            'j' => write!(out, "{:03}", self.day_of_year()),
            'u' => write!(out, "{}", self.weekday()),
            'w' => write!(out, "{}", self.weekday() % 7),
            'U' => write!(out, "{:02}", self.week_that_begins_on(7)),
            'W' => write!(out, "{:02}", self.week_that_begins_on(1)),
            '%' => write!(out, "%"),
            other => write!(out, "%{other}"),
        };
    }
}

/// Reads all of `text`, trying the readings of each directive in the order of Python's pattern.
fn read(text: &str, format: &str, parts: Parts) -> Option<Parts> {
    let mut rest = format.chars();
    match rest.next() {
        None => text.is_empty().then_some(parts),
        Some('%') => {
            let directive = rest.next()?;
            let readings = readings(text, directive, parts).into_iter();
            let mut found = readings
                .filter_map(|reading| read(&text[reading.length..], rest.as_str(), reading.parts));
            found.next()
        }
        Some(space) if space.is_whitespace() => {
            let trimmed = text.trim_start();
            (trimmed.len() < text.len()).then(|| read(trimmed, format.trim_start(), parts))?
        }
        Some(expected) => {
            let mut text = text.chars();
            let found = text.next()?;
            let same = found.to_lowercase().eq(expected.to_lowercase());
            same.then(|| read(text.as_str(), rest.as_str(), parts))?
        }
    }
}

/// The ways to read a directive at the beginning of `text`, the longest first.
fn readings(text: &str, directive: char, parts: Parts) -> Vec<Reading> {
    match directive {
        'Y' => numbers(text, 4..=4, 0..=9999, |year| Parts {
            year: i16::try_from(year).unwrap_or(i16::MAX),
            ..parts
        }),
        'y' => numbers(text, 2..=2, 0..=99, |year| Parts {
            year: i16::try_from(if year < 69 { 2000 + year } else { 1900 + year }).unwrap_or(0),
            ..parts
        }),
        'm' => numbers(text, 1..=2, 1..=12, |month| Parts {
            month: small(month),
            ..parts
        }),
        'd' => numbers(text, 1..=2, 1..=31, |day| Parts {
            day: small(day),
            ..parts
        }),
        'H' => numbers(text, 1..=2, 0..=23, |hour| Parts {
            hour: small(hour),
            ..parts
        }),
        'I' => numbers(text, 1..=2, 1..=12, |hour| Parts {
            hour: small(hour % 12),
            is_afternoon: Some(parts.is_afternoon.unwrap_or(false)),
            ..parts
        }),
        'M' => numbers(text, 1..=2, 0..=59, |minute| Parts {
            minute: small(minute),
            ..parts
        }),
        // Python reads leap seconds, and has no time for them.
        'S' => numbers(text, 1..=2, 0..=61, |second| Parts {
            second: small(second),
            ..parts
        }),
        'f' => fractions(text, parts),
        'p' => names(text, &["AM", "PM"], |index| Parts {
            is_afternoon: Some(index == 1),
            ..parts
        }),
        'B' => names(text, &MONTHS, |index| Parts {
            month: small(index + 1),
            ..parts
        }),
        'b' => names(text, &MONTHS.map(|name| &name[..3]), |index| Parts {
            month: small(index + 1),
            ..parts
        }),
        'A' => names(text, &WEEKDAYS, |_| parts),
        'a' => names(text, &WEEKDAYS.map(|name| &name[..3]), |_| parts),
        '%' if text.starts_with('%') => vec![Reading { length: 1, parts }],
        _ => Vec::new(),
    }
}

fn small(number: u32) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}

/// How many digits `text` begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn numbers(
    text: &str,
    lengths: std::ops::RangeInclusive<usize>,
    range: std::ops::RangeInclusive<u32>,
    parts: impl Fn(u32) -> Parts,
) -> Vec<Reading> {
    let present = digits(text);
    let lengths = lengths.rev().filter(|length| *length <= present);
    let readings = lengths.filter_map(|length| {
        let number = text[..length].parse().ok()?;
        range.contains(&number).then(|| Reading {
            length,
            parts: parts(number),
        })
    });
    readings.collect()
}

fn fractions(text: &str, parts: Parts) -> Vec<Reading> {
    let present = digits(text).min(6);
    let readings = (1..=present).rev().filter_map(|length| {
        let microsecond = format!("{:0<6}", &text[..length]).parse().ok()?;
        Some(Reading {
            length,
            parts: Parts {
                microsecond,
                ..parts
            },
        })
    });
    readings.collect()
}

fn names(text: &str, names: &[&str], parts: impl Fn(u32) -> Parts) -> Vec<Reading> {
    let found = (0_u32..).zip(names).filter(|(_, name)| {
        let start = text.get(..name.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(name))
    });
    let mut readings: Vec<_> = found
        .map(|(index, name)| Reading {
            length: name.len(),
            parts: parts(index),
        })
        .collect();
    readings.sort_by_key(|reading| std::cmp::Reverse(reading.length));
    readings
}

impl Parts {
    fn finish(self) -> Option<LocalDateTime> {
        let hour = self.hour
            + if self.is_afternoon == Some(true) {
                12
            } else {
                0
            };
        let hour = if self.is_afternoon.is_some() {
            hour % 24
        } else {
            self.hour
        };
        let date = civil::Date::new(self.year, self.month, self.day).ok();
        let date = date.filter(|_| self.year > 0)?;
        let nanosecond = self.microsecond * 1000;
        let time = civil::Time::new(hour, self.minute, self.second, nanosecond).ok()?;
        Some(LocalDateTime::of(date.to_datetime(time)))
    }
}

#[cfg(test)]
mod tests {
    use crate::clock::LocalDateTime;

    /// The right sides are what Python's `datetime.strptime` makes of it.
    #[test]
    fn reads_as_python() {
        for (text, format, found) in [
            ("2026-01-02", "%Y-%m-%d", Some("2026-01-02 00:00:00")),
            ("1/2/26", "%m/%d/%y", Some("2026-01-02 00:00:00")),
            ("1/2/70", "%m/%d/%y", Some("1970-01-02 00:00:00")),
            ("oct 25 2006", "%b %d %Y", Some("2006-10-25 00:00:00")),
            (
                "OCTOBER  25,  2006",
                "%B %d, %Y",
                Some("2006-10-25 00:00:00"),
            ),
            ("25 Oct, 2006", "%d %b, %Y", Some("2006-10-25 00:00:00")),
            ("202611", "%Y%m%d", Some("2026-01-01 00:00:00")),
            ("2026-02-30", "%Y-%m-%d", None),
            ("0000-01-01", "%Y-%m-%d", None),
            ("2026-1-2 ", "%Y-%m-%d", None),
            (
                "14:30:59.12",
                "%H:%M:%S.%f",
                Some("1900-01-01 14:30:59.120000"),
            ),
            ("14:30:60", "%H:%M:%S", None),
            ("2:05 pm", "%I:%M %p", Some("1900-01-01 14:05:00")),
            ("12:05 AM", "%I:%M %p", Some("1900-01-01 00:05:00")),
            ("12:05", "%I:%M", Some("1900-01-01 00:05:00")),
            ("é", "%Y", None),
            ("", "%Y", None),
            ("5%", "%d%%", Some("1900-01-05 00:00:00")),
        ] {
            let read = LocalDateTime::strptime(text, format);
            let read = read.map(|read| read.to_string());
            assert_eq!(read.as_deref(), found, "{text} {format}");
        }
    }

    #[test]
    fn writes_as_python() {
        let moment = LocalDateTime::parse("2026-03-04 15:06:07.000008").unwrap();
        let written = moment.strftime("%d.%m.%y %I:%M:%S.%f %p, %A %a %B %b 100%% %q");
        assert_eq!(
            written,
            "04.03.26 03:06:07.000008 PM, Wednesday Wed March Mar 100% %q"
        );
    }
}
