//! Parts and beginnings of dates (`django.db.models.functions.datetime`).

use crate::clock::Zone;
use crate::db::sql::{DatePart, SqlExpression, SqlExtract, SqlFunction, Temporal};
use crate::models::expression::{DateComponent, Expression};
use crate::models::{AutoNow, FieldKind, ModelSet as _};
use crate::query::QueryError;
use crate::query::compiler::{JoinScope, QueryCompiler};
use crate::query::transform::temporal;
use crate::query::typed_sql::{OutputKind, TypedSql, ValueOrigin};

impl QueryCompiler<'_> {
    /// A part of a date, a time or a moment, which is looked at in `zone`.
    pub(super) fn extract(
        &mut self,
        of: &Expression,
        part: DateComponent,
        zone: Option<&str>,
        scope: &mut JoinScope,
    ) -> Result<TypedSql, QueryError> {
        let (of, part) = (self.expression(of, scope)?, date_part(part));
        let kind = of.known_kind()?;
        let wrong = || wrong_argument("Extract", part, kind);
        let temporal = temporal(kind).ok_or_else(wrong)?;
        if !has_part(temporal, part) || (zone.is_some() && temporal != Temporal::Moment) {
            return Err(wrong());
        }
        let zone = self.zone(zone)?;
        let sql = SqlExpression::Extract(Box::new(SqlExtract {
            part,
            temporal,
            of: of.sql,
            zone: zone.name().to_owned(),
        }));
        Ok(TypedSql::computed(
            sql,
            OutputKind::Known(FieldKind::Integer),
        ))
    }

    /// The beginning of the `part` that a date, a time or a moment is in, as a value of `output`.
    pub(super) fn truncate(
        &self,
        of: TypedSql,
        part: DateComponent,
        zone: Option<&str>,
        output: Option<&FieldKind>,
    ) -> Result<TypedSql, QueryError> {
        let part = date_part(part);
        let kind = of.known_kind()?.clone();
        let wrong = || wrong_argument("Trunc", part, &kind);
        let from = temporal(&kind).ok_or_else(wrong)?;
        let output = match part {
            DatePart::Date => FieldKind::Date(AutoNow::default()),
            DatePart::Time => FieldKind::Time(AutoNow::default()),
            _ => output.unwrap_or(&kind).clone(),
        };
        let to = temporal(&output).ok_or_else(wrong)?;
        if !has_part(from, part) || (from != to && from != Temporal::Moment) {
            return Err(wrong());
        }
        if zone.is_some() && from != Temporal::Moment {
            return Err(wrong());
        }
        let zone = self.zone(zone)?;
        let sql = if matches!(part, DatePart::Date | DatePart::Time) {
            SqlExpression::Extract(Box::new(SqlExtract {
                part,
                temporal: Temporal::Moment,
                of: of.sql,
                zone: zone.name().to_owned(),
            }))
        } else {
            let function = match to {
                Temporal::Date => SqlFunction::TruncateDate,
                Temporal::Time => SqlFunction::TruncateTime,
                Temporal::Moment => SqlFunction::TruncateMoment,
            };
            let name = match from {
                Temporal::Moment => SqlExpression::value(zone.name()),
                _ => SqlExpression::Null,
            };
            let part = SqlExpression::value(part.name());
            SqlExpression::Function(function, vec![part, of.sql, name])
        };
        let mut value = TypedSql::computed(sql, OutputKind::Known(output));
        if to == Temporal::Moment {
            value.origin = ValueOrigin::LocalMoment(zone);
        }
        Ok(value)
    }

    fn zone(&self, name: Option<&str>) -> Result<Zone, QueryError> {
        match name {
            None => Ok(self.registry.time_zone().clone()),
            Some(name) => Zone::named(name).ok_or_else(|| QueryError::UnknownZone(name.to_owned())),
        }
    }
}

/// Whether what is of `temporal` has this part.
fn has_part(temporal: Temporal, part: DatePart) -> bool {
    let is_of_times = matches!(
        part,
        DatePart::Hour | DatePart::Minute | DatePart::Second | DatePart::Time
    );
    match temporal {
        Temporal::Moment => true,
        Temporal::Date => !is_of_times && part != DatePart::Date,
        Temporal::Time => is_of_times && part != DatePart::Time,
    }
}

fn wrong_argument(function: &str, part: DatePart, kind: &FieldKind) -> QueryError {
    QueryError::WrongArgument {
        function: format!("{function} of the {}", part.name()),
        kind: kind.class_name(),
    }
}

fn date_part(part: DateComponent) -> DatePart {
    match part {
        DateComponent::Date => DatePart::Date,
        DateComponent::Time => DatePart::Time,
        DateComponent::Year => DatePart::Year,
        DateComponent::IsoYear => DatePart::IsoYear,
        DateComponent::Quarter => DatePart::Quarter,
        DateComponent::Month => DatePart::Month,
        DateComponent::Week => DatePart::Week,
        DateComponent::WeekDay => DatePart::WeekDay,
        DateComponent::IsoWeekDay => DatePart::IsoWeekDay,
        DateComponent::Day => DatePart::Day,
        DateComponent::Hour => DatePart::Hour,
        DateComponent::Minute => DatePart::Minute,
        DateComponent::Second => DatePart::Second,
    }
}
