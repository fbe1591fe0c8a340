//! What a path makes of a value: parts of dates (`django.db.models.functions`).

use crate::db::sql::{DatePart, SqlExpression, SqlExtract, Temporal};
use crate::models::{AutoNow, FieldKind};

/// A part of a date, by Django's name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Transform {
    part: DatePart,
    of: Temporal,
}

/// What has a year.
const DAYS: &[Temporal] = &[Temporal::Date, Temporal::Moment];

/// What has an hour.
const TIMES: &[Temporal] = &[Temporal::Time, Temporal::Moment];

/// The parts, and what has them.
const PARTS: &[(DatePart, &[Temporal])] = &[
    (DatePart::Date, &[Temporal::Moment]),
    (DatePart::Time, &[Temporal::Moment]),
    (DatePart::Year, DAYS),
    (DatePart::IsoYear, DAYS),
    (DatePart::Quarter, DAYS),
    (DatePart::Month, DAYS),
    (DatePart::Week, DAYS),
    (DatePart::WeekDay, DAYS),
    (DatePart::IsoWeekDay, DAYS),
    (DatePart::Day, DAYS),
    (DatePart::Hour, TIMES),
    (DatePart::Minute, TIMES),
    (DatePart::Second, TIMES),
];

impl Transform {
    /// The transform `name` of a value of `kind`.
    pub(super) fn named(name: &str, kind: &FieldKind) -> Option<Self> {
        let of = temporal(kind)?;
        let is_meant =
            |(part, has): &&(DatePart, &[Temporal])| part.name() == name && has.contains(&of);
        let (part, _) = PARTS.iter().find(is_meant)?;
        Some(Self { part: *part, of })
    }

    /// The kind of its values.
    pub(super) fn output_kind(self) -> FieldKind {
        match self.part {
            DatePart::Date => FieldKind::Date(AutoNow::default()),
            DatePart::Time => FieldKind::Time(AutoNow::default()),
            _ => FieldKind::Integer,
        }
    }

    /// What it makes of `value`; a moment is looked at in the time zone `zone`.
    pub(super) fn of(self, value: SqlExpression, zone: &str) -> SqlExpression {
        SqlExpression::Extract(Box::new(SqlExtract {
            part: self.part,
            temporal: self.of,
            of: value,
            zone: zone.to_owned(),
        }))
    }
}

fn temporal(kind: &FieldKind) -> Option<Temporal> {
    match kind {
        FieldKind::Date(_) => Some(Temporal::Date),
        FieldKind::Time(_) => Some(Temporal::Time),
        FieldKind::DateTime(_) => Some(Temporal::Moment),
        _ => None,
    }
}
