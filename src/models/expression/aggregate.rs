//! The aggregates, and the parts of dates.

/// A function of the rows of a group, by Django's name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the variants are Django's aggregates")]
pub enum AggregateFunction {
    Avg,
    Count,
    Max,
    Min,
    StdDev,
    /// Of the whole that the values are a sample of.
    StdDevSample,
    Sum,
    Variance,
    /// Of the whole that the values are a sample of.
    VarianceSample,
}

impl AggregateFunction {
    /// Those that have a name.
    pub const ALL: [Self; 7] = [
        Self::Avg,
        Self::Count,
        Self::Max,
        Self::Min,
        Self::StdDev,
        Self::Sum,
        Self::Variance,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Avg => "Avg",
            Self::Count => "Count",
            Self::Max => "Max",
            Self::Min => "Min",
            Self::StdDev | Self::StdDevSample => "StdDev",
            Self::Sum => "Sum",
            Self::Variance | Self::VarianceSample => "Variance",
        }
    }

    /// The same of the whole that the values are a sample of, where that makes a difference.
    #[must_use]
    pub fn of_sample(self) -> Self {
        match self {
            Self::StdDev => Self::StdDevSample,
            Self::Variance => Self::VarianceSample,
            other => other,
        }
    }

    /// Whether the values are a sample.
    pub fn is_of_sample(self) -> bool {
        matches!(self, Self::StdDevSample | Self::VarianceSample)
    }
}

/// A part of a date, a time or a moment, by the name of Django's lookup.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the variants are Django's lookups")]
pub enum DateComponent {
    Date,
    Time,
    Year,
    IsoYear,
    Quarter,
    Month,
    Week,
    WeekDay,
    IsoWeekDay,
    Day,
    Hour,
    Minute,
    Second,
}

impl DateComponent {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 13] = [
        ("date", Self::Date),
        ("time", Self::Time),
        ("year", Self::Year),
        ("iso_year", Self::IsoYear),
        ("quarter", Self::Quarter),
        ("month", Self::Month),
        ("week", Self::Week),
        ("week_day", Self::WeekDay),
        ("iso_week_day", Self::IsoWeekDay),
        ("day", Self::Day),
        ("hour", Self::Hour),
        ("minute", Self::Minute),
        ("second", Self::Second),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(_, part)| *part == self)
            .map_or("date", |(name, _)| name)
    }
}
