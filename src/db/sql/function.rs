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
    /// The angle of a cosine.
    ACos,
    /// The angle of a sine.
    ASin,
    /// The angle of a tangent.
    ATan,
    /// The angle of a point.
    ATan2,
    /// The next whole number above.
    Ceil,
    /// The cosine.
    Cos,
    /// The cotangent.
    Cot,
    /// An angle in degrees.
    Degrees,
    /// The exponential.
    Exp,
    /// The next whole number below.
    Floor,
    /// The natural logarithm.
    Ln,
    /// The logarithm to a base, which is first.
    Log,
    /// The rest of a division.
    Mod,
    /// Pi.
    Pi,
    /// A power.
    Power,
    /// An angle in radians.
    Radians,
    /// -1, 0 or 1.
    Sign,
    /// The sine.
    Sin,
    /// The square root.
    Sqrt,
    /// The tangent.
    Tan,
    /// The bits that one of two numbers has.
    BitXor,
    /// The character of a number.
    Chr,
    /// The number of a character.
    Ord,
    /// A text filled up at its beginning.
    LPad,
    /// A text filled up at its end.
    RPad,
    /// A text several times.
    Repeat,
    /// A text from its end to its beginning.
    Reverse,
    /// Where a text has another.
    StrIndex,
    /// The digest of a text.
    Md5,
    /// The digest of a text.
    Sha1,
    /// The digest of a text.
    Sha224,
    /// The digest of a text.
    Sha256,
    /// The digest of a text.
    Sha384,
    /// The digest of a text.
    Sha512,
    /// A list of JSON.
    JsonArray,
    /// An object of JSON: names and values in turn.
    JsonObject,
    /// What is at a path of a document; truth values and null as JSON writes them.
    JsonKey,
    /// The type of what is at a path of a document; `NULL` where there is nothing.
    JsonType,
    /// A document as [`SqlFunction::JsonKey`] makes a value of it.
    JsonDocument,
    /// The beginning of a part of a day: the part, the day, a zone.
    TruncateDate,
    /// The beginning of a part of a time of day: the part, the time, a zone.
    TruncateTime,
    /// The beginning of a part of a moment: the part, the moment, a zone.
    TruncateMoment,
    /// A moment and a duration, or two durations.
    DurationAdd,
    /// A moment less a duration, or a duration less another.
    DurationSubtract,
    /// A duration several times.
    DurationMultiply,
    /// A part of a duration.
    DurationDivide,
    /// The duration between two times of day.
    TimeDifference,
    /// The duration between two days or moments.
    MomentDifference,
    /// How many rows of a window are not behind, as a fraction.
    CumeDist,
    /// The place of a row in its window, without gaps.
    DenseRank,
    /// The value of the first row of a window.
    FirstValue,
    /// The value of a row before.
    Lag,
    /// The value of the last row of a window.
    LastValue,
    /// The value of a row behind.
    Lead,
    /// The value of the nth row of a window.
    NthValue,
    /// The bucket of a row, of so many.
    Ntile,
    /// The place of a row in its window, as a fraction.
    PercentRank,
    /// The place of a row in its window.
    Rank,
    /// The number of a row in its window.
    RowNumber,
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
    /// The standard deviation of all values.
    StdDev,
    /// The standard deviation of the whole that the values are a sample of.
    StdDevSample,
    /// The sum.
    Sum,
    /// The variance of all values.
    Variance,
    /// The variance of the whole that the values are a sample of.
    VarianceSample,
}

impl Aggregate {
    /// Its name, which is the same in every database.
    pub(in crate::db) fn name(self) -> &'static str {
        match self {
            Self::Avg => "avg",
            Self::Count => "count",
            Self::Max => "max",
            Self::Min => "min",
            Self::StdDev => "STDDEV_POP",
            Self::StdDevSample => "STDDEV_SAMP",
            Self::Sum => "sum",
            Self::Variance => "VAR_POP",
            Self::VarianceSample => "VAR_SAMP",
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
    /// Whether it is a year, of the calendar or of the weeks.
    pub fn is_year(self) -> bool {
        matches!(self, Self::Year | Self::IsoYear)
    }

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
