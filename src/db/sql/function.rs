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
    /// Without its sign.
    Abs,
    /// The greatest of several.
    Greatest,
    /// The least of several.
    Least,
    /// Without blanks at its beginning.
    LTrim,
    /// Without blanks at its end.
    RTrim,
    /// Without blanks at both ends.
    Trim,
    /// `NULL` where both are the same, the first otherwise.
    NullIf,
    /// A text with another in the place of a third.
    Replace,
    /// Rounded to so many digits.
    Round,
    /// The moment.
    Now,
    /// A number between 0 and 1.
    Random,
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

/// What a value can be cast to.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum SqlCastType {
    /// Bytes.
    Binary,
    /// A day.
    Date,
    /// A moment.
    DateTime,
    /// A number with a fraction, in decimal.
    Decimal,
    /// A number with a fraction, in binary.
    Float,
    /// A whole number.
    Integer,
    /// Text.
    Text,
    /// A time of day.
    Time,
}

/// What a part is taken of.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Temporal {
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A moment, looked at in some time zone.
    Moment,
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

impl DatePart {
    /// Its name in Django.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Time => "time",
            Self::Year => "year",
            Self::IsoYear => "iso_year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
            Self::WeekDay => "week_day",
            Self::IsoWeekDay => "iso_week_day",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
        }
    }
}
