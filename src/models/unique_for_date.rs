//! Values that differ within a part of the day that another field holds: `unique_for_date`, `unique_for_month`,
//! `unique_for_year`.

use crate::models::Field;
use crate::models::expression::DateComponent;

/// A field whose values differ within a part of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct UniqueForDate {
    /// The field.
    pub field: String,
    /// The field that holds the day.
    pub unique_for: String,
    /// The part.
    pub period: UniquePeriod,
}

/// The part of a day within which values differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UniquePeriod {
    /// The whole day.
    Day,
    /// The month, of any year, as in Django.
    Month,
    /// The year.
    Year,
}

impl UniquePeriod {
    /// What messages call it: Django's `lookup_type`.
    pub fn lookup_type(self) -> &'static str {
        match self {
            Self::Day => "date",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// What two days have in common.
    pub fn parts(self) -> &'static [DateComponent] {
        match self {
            Self::Day => &[
                DateComponent::Year,
                DateComponent::Month,
                DateComponent::Day,
            ],
            Self::Month => &[DateComponent::Month],
            Self::Year => &[DateComponent::Year],
        }
    }

    /// The same of a day as `2026-11-30`.
    pub fn part_of(self, day: &str) -> Option<&str> {
        match self {
            Self::Day => Some(day),
            Self::Month => day.get(5..7),
            Self::Year => day.get(..4),
        }
    }
}

impl Field {
    /// What it says of days.
    pub fn unique_for_dates(&self) -> impl Iterator<Item = UniqueForDate> {
        let declared = [
            (UniquePeriod::Day, &self.unique_for_date),
            (UniquePeriod::Month, &self.unique_for_month),
            (UniquePeriod::Year, &self.unique_for_year),
        ];
        declared.into_iter().filter_map(|(period, date)| {
            Some(UniqueForDate {
                field: self.name.clone(),
                unique_for: date.clone()?,
                period,
            })
        })
    }
}
