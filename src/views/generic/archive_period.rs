//! The periods of an archive: years, months, weeks and days, as paths name them.

use crate::clock::Date;

/// What an archive shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ArchivePeriod {
    /// The newest rows, and the years that have some.
    Index,
    /// A year, and the months that have some.
    Year,
    /// A month, and the days that have some.
    Month,
    /// A week.
    Week(WeekFormat),
    /// A day.
    Day,
    /// The present day.
    Today,
    /// One row of a day.
    Date,
}

/// How weeks are numbered, in the letters of `strftime`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum WeekFormat {
    /// `%U`: a week begins on Sunday; the days before the first one are week 0.
    Sunday,
    /// `%W`: the same with Monday.
    Monday,
    /// `%V`: those of ISO 8601.
    Iso,
}

impl WeekFormat {
    /// All of them, by name.
    pub(super) const ALL: [(&'static str, Self); 3] = [
        ("%U", Self::Sunday),
        ("%W", Self::Monday),
        ("%V", Self::Iso),
    ];

    /// The first day of week `number` of `year`, as Python's `strptime` has it; none for a number above 53.
    fn start(self, year: i16, number: i8) -> Option<Date> {
        if !(0..=53).contains(&number) {
            return None;
        }
        // The fourth of January is always in week 1 of ISO 8601.
        let first = Date::new(year, 1, if self == Self::Iso { 4 } else { 1 })?;
        let begins = if self == Self::Sunday { 7 } else { 1 };
        let into_week = (i64::from(first.weekday()) - begins).rem_euclid(7);
        let weeks = i64::from(number) - 1;
        match (self, number) {
            (Self::Iso, _) => first.plus_days(7 * weeks - into_week),
            (_, 0) => first.plus_days(-into_week),
            _ => first.plus_days((7 - into_week) % 7 + 7 * weeks),
        }
    }

    /// The first day of the week that `day` is in.
    fn start_of(self, day: Date) -> Option<Date> {
        let weekday = i64::from(day.weekday());
        let back = if self == Self::Sunday {
            weekday % 7
        } else {
            weekday - 1
        };
        day.plus_days(-back)
    }
}

impl ArchivePeriod {
    /// All of them, by the name that `period` has for them.
    pub(super) const ALL: [(&'static str, Self); 7] = [
        ("index", Self::Index),
        ("year", Self::Year),
        ("month", Self::Month),
        ("week", Self::Week(WeekFormat::Sunday)),
        ("day", Self::Day),
        ("today", Self::Today),
        ("date", Self::Date),
    ];

    /// The names that its path captures.
    pub(super) fn captured_names(self) -> &'static [&'static str] {
        match self {
            Self::Index | Self::Today => &[],
            Self::Year => &["year"],
            Self::Month => &["year", "month"],
            Self::Week(_) => &["year", "week"],
            Self::Day | Self::Date => &["year", "month", "day"],
        }
    }

    /// What stands behind the name of the model in that of the template.
    pub(super) fn template_suffix(self) -> &'static str {
        match self {
            Self::Index => "_archive",
            Self::Year => "_archive_year",
            Self::Month => "_archive_month",
            Self::Week(_) => "_archive_week",
            Self::Day | Self::Today => "_archive_day",
            Self::Date => "_detail",
        }
    }

    /// The first day of the period that `captured` names; none where there is no such day.
    pub(super) fn start(self, captured: impl Fn(&str) -> Option<String>) -> Option<Date> {
        let year = captured("year")?;
        // `%Y` of Python reads four digits and no others.
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let year: i16 = is_year.then(|| year.parse().ok())??;
        match self {
            Self::Week(format) => format.start(year, number(&captured("week")?)?),
            Self::Month => Date::new(year, month(&captured("month")?)?, 1),
            Self::Day | Self::Date => Date::new(
                year,
                month(&captured("month")?)?,
                number(&captured("day")?)?,
            ),
            _ => Date::new(year, 1, 1),
        }
    }

    /// The first day of the period that `day` is in.
    pub(super) fn start_of(self, day: Date) -> Option<Date> {
        match self {
            Self::Week(format) => format.start_of(day),
            Self::Month => Date::new(day.year(), day.month(), 1),
            Self::Day | Self::Today | Self::Date => Some(day),
            Self::Index | Self::Year => Date::new(day.year(), 1, 1),
        }
    }

    /// The first day of the period behind the one that `start` begins.
    pub(super) fn next(self, start: Date) -> Option<Date> {
        match self {
            Self::Week(_) => start.plus_days(7),
            Self::Month if start.month() == 12 => Date::new(start.year() + 1, 1, 1),
            Self::Month => Date::new(start.year(), start.month() + 1, 1),
            Self::Day | Self::Today | Self::Date => start.plus_days(1),
            Self::Index | Self::Year => Date::new(start.year() + 1, 1, 1),
        }
    }
}

/// One or two digits.
fn number(text: &str) -> Option<i8> {
    let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

/// The months as paths name them: `%b` of `strftime`.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A month by its number or by its short name, in any case.
fn month(text: &str) -> Option<i8> {
    let named = MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(text));
    match named {
        Some(place) => i8::try_from(place + 1).ok(),
        None => number(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{ArchivePeriod, WeekFormat};

    fn start(period: ArchivePeriod, values: &[(&str, &str)]) -> Option<String> {
        let captured = |name: &str| {
            let found = values.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        period.start(captured).map(|date| date.to_string())
    }

    /// What `datetime.strptime` reads.
    #[test]
    fn weeks_begin_where_python_has_them_begin() {
        for (year, week, sunday, monday, iso) in [
            (
                "2026",
                "0",
                Some("2025-12-28"),
                Some("2025-12-29"),
                Some("2025-12-22"),
            ),
            (
                "2026",
                "1",
                Some("2026-01-04"),
                Some("2026-01-05"),
                Some("2025-12-29"),
            ),
            (
                "2026",
                "9",
                Some("2026-03-01"),
                Some("2026-03-02"),
                Some("2026-02-23"),
            ),
            (
                "2026",
                "53",
                Some("2027-01-03"),
                Some("2027-01-04"),
                Some("2026-12-28"),
            ),
            (
                "2023",
                "0",
                Some("2023-01-01"),
                Some("2022-12-26"),
                Some("2022-12-26"),
            ),
            (
                "2023",
                "1",
                Some("2023-01-01"),
                Some("2023-01-02"),
                Some("2023-01-02"),
            ),
            (
                "2023",
                "9",
                Some("2023-02-26"),
                Some("2023-02-27"),
                Some("2023-02-27"),
            ),
            (
                "2023",
                "53",
                Some("2023-12-31"),
                Some("2024-01-01"),
                Some("2024-01-01"),
            ),
            (
                "2024",
                "0",
                Some("2023-12-31"),
                Some("2024-01-01"),
                Some("2023-12-25"),
            ),
            (
                "2024",
                "1",
                Some("2024-01-07"),
                Some("2024-01-01"),
                Some("2024-01-01"),
            ),
            (
                "2024",
                "9",
                Some("2024-03-03"),
                Some("2024-02-26"),
                Some("2024-02-26"),
            ),
            (
                "2024",
                "53",
                Some("2025-01-05"),
                Some("2024-12-30"),
                Some("2024-12-30"),
            ),
            ("2024", "54", None, None, None),
            ("2024", "-1", None, None, None),
            ("24", "1", None, None, None),
        ] {
            let values = [("year", year), ("week", week)];
            for (format, expected) in [
                (WeekFormat::Sunday, sunday),
                (WeekFormat::Monday, monday),
                (WeekFormat::Iso, iso),
            ] {
                let found = start(ArchivePeriod::Week(format), &values);
                assert_eq!(found.as_deref(), expected, "{format:?} {values:?}");
            }
        }
    }

    #[test]
    fn days_that_are_not_there_are_none() {
        for (year, month, day, expected) in [
            ("2024", "feb", "29", Some("2024-02-29")),
            ("2024", "2", "1", Some("2024-02-01")),
            ("2024", "FEB", "01", Some("2024-02-01")),
            ("2023", "2", "29", None),
            ("2024", "0", "1", None),
            ("2024", "13", "1", None),
            ("2024", "february", "1", None),
            ("2024", "1", "0", None),
            ("2024", "1", "001", None),
            ("0000", "1", "1", None),
            ("99999", "1", "1", None),
            ("-2024", "1", "1", None),
        ] {
            let values = [("year", year), ("month", month), ("day", day)];
            let found = start(ArchivePeriod::Day, &values);
            assert_eq!(found.as_deref(), expected, "{values:?}");
        }
    }
}
