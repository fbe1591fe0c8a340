//! What a path makes of a value: parts of dates, keys of JSON documents (`RegisterLookupMixin.get_transform`).

use crate::db::sql::{DatePart, SqlExpression, SqlExtract, SqlFunction, Temporal};
use crate::models::expression::Lookup;
use crate::models::{AutoNow, FieldKind};
use crate::query::QueryError;
use crate::query::json_path;
use crate::query::typed_sql::ValueOrigin;

/// What a name behind a value makes of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Transform {
    /// A part of a date.
    DatePart {
        /// Which.
        part: DatePart,
        /// Of what.
        of: Temporal,
    },
    /// What a JSON document has under a key, or at a place of a list.
    JsonKey(String),
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
    /// The transform `name` of a value of `kind`, which is that of `field`.
    ///
    /// Fails with [`QueryError::UnknownTransform`], which knows what might have been meant.
    pub(super) fn named(name: &str, kind: &FieldKind, field: &str) -> Result<Self, QueryError> {
        if matches!(kind, FieldKind::Json) {
            return Ok(Self::JsonKey(name.to_owned()));
        }
        let found = temporal(kind).and_then(|of| {
            let mut parts = parts_of(of);
            let part = parts.find(|part| part.name() == name)?;
            Some(Self::DatePart { part, of })
        });
        found.ok_or_else(|| QueryError::UnknownTransform {
            field: field.to_owned(),
            name: name.to_owned(),
            choices: names(kind),
        })
    }

    /// Whether it is a year, which is compared as a range of days.
    pub(super) fn is_year(&self) -> bool {
        matches!(self, Self::DatePart { part, .. } if part.is_year())
    }

    /// The kind of its values.
    pub(super) fn output_kind(&self) -> FieldKind {
        match self {
            Self::DatePart { part, .. } => match part {
                DatePart::Date => FieldKind::Date(AutoNow::default()),
                DatePart::Time => FieldKind::Time(AutoNow::default()),
                _ => FieldKind::Integer,
            },
            Self::JsonKey(_) => FieldKind::Json,
        }
    }

    /// How its values are read.
    pub(super) fn origin(&self) -> ValueOrigin {
        match self {
            Self::DatePart { .. } => ValueOrigin::Computed,
            Self::JsonKey(_) => ValueOrigin::JsonKey,
        }
    }

    /// What it makes of `value`; a moment is looked at in the time zone `zone`.
    pub(super) fn of(&self, value: SqlExpression, zone: &str) -> Result<SqlExpression, QueryError> {
        Ok(match self {
            Self::DatePart { part, of } => SqlExpression::Extract(Box::new(SqlExtract {
                part: *part,
                temporal: *of,
                of: value,
                zone: zone.to_owned(),
            })),
            Self::JsonKey(key) => {
                let (document, path) = json_path::of(value);
                let path = json_path::behind(&path, key)?;
                let parts = vec![document, SqlExpression::value(path)];
                SqlExpression::Function(SqlFunction::JsonKey, parts)
            }
        })
    }
}

/// What may stand behind a value of `kind`, which is not a JSON document: parts of it, and lookups.
pub(super) fn names(kind: &FieldKind) -> Vec<&'static str> {
    let parts = temporal(kind).into_iter().flat_map(parts_of);
    let lookups = Lookup::ALL.iter();
    let lookups = lookups.filter(|(_, lookup)| !lookup.is_of_json());
    let lookups = lookups.map(|(name, _)| *name);
    parts.map(DatePart::name).chain(lookups).collect()
}

/// The parts that `of` has.
fn parts_of(of: Temporal) -> impl Iterator<Item = DatePart> {
    let parts = PARTS.iter().filter(move |(_, has)| has.contains(&of));
    parts.map(|(part, _)| *part)
}

/// What of time a value of `kind` is.
pub(super) fn temporal(kind: &FieldKind) -> Option<Temporal> {
    match kind {
        FieldKind::Date(_) => Some(Temporal::Date),
        FieldKind::Time(_) => Some(Temporal::Time),
        FieldKind::DateTime(_) => Some(Temporal::Moment),
        _ => None,
    }
}
