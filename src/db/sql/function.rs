//! Functions, aggregates and parts of dates (`django.db.models.functions`).

/// A function of expressions.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum SqlFunction {
    /// The first that is not `NULL`.
    Coalesce,
    /// One text behind the other; `NULL` counts as empty.
    Concat,
    /// How many characters a text has.
    Length,
    /// In lower case.
    Lower,
    /// In upper case.
    Upper,
    /// A part of a text: from which character, counted from 1, and how many.
    Substr,
    /// Whether a text has a character that is not printable ASCII.
    HasNonAscii,
}

/// A function of all rows of a group.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Aggregate {
    /// The mean.
    Avg,
    /// How many values are not `NULL`.
    Count,
    /// The greatest.
    Max,
    /// The least.
    Min,
    /// The sum.
    Sum,
}

impl Aggregate {
    /// Its name, which is the same in every database.
    pub(in crate::db) fn name(self) -> &'static str {
        match self {
            Self::Avg => "avg",
            Self::Count => "count",
            Self::Max => "max",
            Self::Min => "min",
            Self::Sum => "sum",
        }
    }
}

/// What is taken from a date, a time of day or a moment (`Extract`, and the lookups of that name).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum DatePart {
    /// The day.
    Date,
    /// The time of day.
    Time,
    /// The year.
    Year,
    /// The year of the week (ISO 8601).
    IsoYear,
    /// The quarter, 1 to 4.
    Quarter,
    /// The month, 1 to 12.
    Month,
    /// The week of the year (ISO 8601), 1 to 53.
    Week,
    /// The day of the week, 1 (Sunday) to 7.
    WeekDay,
    /// The day of the week (ISO 8601), 1 (Monday) to 7.
    IsoWeekDay,
    /// The day of the month.
    Day,
    /// The hour, 0 to 23.
    Hour,
    /// The minute.
    Minute,
    /// The second.
    Second,
}
