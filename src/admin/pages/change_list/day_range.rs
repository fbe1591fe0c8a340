//! Days in conditions: of a field of moments they last from midnight to midnight in the time zone of the project.

use crate::clock::{Date, Zone};
use crate::models::Literal;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::values::{FieldValue, to_literal};

/// A field that days are compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayField<'f> {
    /// Its path.
    pub(super) path: &'f str,
    /// Whether it holds moments rather than days.
    pub(super) is_moment: bool,
    /// The time zone of the project.
    pub(super) zone: &'f Zone,
}

impl DayField<'_> {
    /// The condition that a row's day is `from` or later; none for a day that does not begin.
    pub(super) fn since(&self, from: Date) -> Option<Condition> {
        Some(compare(
            self.path,
            Lookup::Gte,
            to_literal(&self.start(from)?),
        ))
    }

    /// The condition that a row's day is before `until`; none for a day that does not begin.
    pub(super) fn before(&self, until: Date) -> Option<Condition> {
        Some(compare(
            self.path,
            Lookup::Lt,
            to_literal(&self.start(until)?),
        ))
    }

    /// The condition that a row's day is `from` or later, and before `until`.
    pub(super) fn between(&self, from: Date, until: Date) -> Option<Condition> {
        Some(Condition::All(vec![self.since(from)?, self.before(until)?]))
    }

    /// What the field holds at the beginning of `day`.
    fn start(&self, day: Date) -> Option<FieldValue> {
        if self.is_moment {
            day.midnight_in(self.zone).map(FieldValue::Moment)
        } else {
            Some(FieldValue::Date(day))
        }
    }
}

/// The first day of the month behind that of `day`.
pub(super) fn next_month(day: Date) -> Option<Date> {
    match day.month() {
        12 => Date::new(day.year() + 1, 1, 1),
        month => Date::new(day.year(), month + 1, 1),
    }
}

/// The condition that the field at `path` compares with `value` as `lookup` says.
pub(super) fn compare(path: &str, lookup: Lookup, value: Literal) -> Condition {
    Condition::Compare(Comparison {
        field: path.to_owned(),
        lookup,
        operands: vec![Expression::Value(value)],
    })
}
