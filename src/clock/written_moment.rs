//! A day with a time as it was written.

use crate::clock::{LocalDateTime, Moment, date_parse};

/// A day with a time as it was written: on the clocks of some place, or with an offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WrittenMoment {
    /// Without an offset.
    Local(LocalDateTime),
    /// With one.
    Fixed(Moment),
}

impl WrittenMoment {
    /// Reads what [`Moment::parse`] reads, whatever the zone.
    pub fn parse(text: &str) -> Option<Self> {
        let parsed = date_parse::date_time(text)?;
        Some(match parsed.offset {
            None => Self::Local(LocalDateTime::of(parsed.naive)),
            Some(offset) => Self::Fixed(Moment::from_civil(parsed.naive, offset)?),
        })
    }
}
