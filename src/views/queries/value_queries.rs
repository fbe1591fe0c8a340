//! Queries of values instead of rows: `values`, `values_list`, `dates`, `datetimes`, `aggregate`.

use crate::document::TableReader;
use crate::models::expression::read::{self, BareString};
use crate::models::expression::{DateComponent, RowQuery};
use crate::models::read::one_of;
use crate::query::{NamedExpression, Query};
use crate::views::queries::query_checker::reference;
use crate::views::queries::query_reader::QueryReader;
use crate::views::queries::request_parameters::SOURCES;

/// Whether a date or a moment is cut off.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum DateQuery {
    Dates,
    DateTimes,
}

/// Beginnings of which days and moments can be cut off to; days to the first four.
const UNITS: [(&str, DateComponent); 7] = [
    ("year", DateComponent::Year),
    ("month", DateComponent::Month),
    ("week", DateComponent::Week),
    ("day", DateComponent::Day),
    ("hour", DateComponent::Hour),
    ("minute", DateComponent::Minute),
    ("second", DateComponent::Second),
];

/// How many of them are of days.
const DAY_UNITS: usize = 4;

/// The directions of an order, and whether the latest is first.
const DIRECTIONS: [(&str, bool); 2] = [("ASC", false), ("DESC", true)];

impl QueryReader<'_> {
    /// The days or moments of `query` that `dates` or `datetimes` ask for; none where the keys have neither.
    ///
    /// With a mistake, which is reported, it is the query itself.
    pub(super) fn dates(&self, keys: &TableReader<'_>, query: &Query) -> Option<Query> {
        let (key, kind) = [
            ("dates", DateQuery::Dates),
            ("datetimes", DateQuery::DateTimes),
        ]
        .into_iter()
        .find(|(key, _)| keys.source().get(key).is_some())?;
        let found = self.cut_off(keys, key, kind, query);
        Some(found.unwrap_or_else(|| query.clone()))
    }

    fn cut_off(
        &self,
        keys: &TableReader<'_>,
        key: &'static str,
        kind: DateQuery,
        query: &Query,
    ) -> Option<Query> {
        let item = keys.source().get(key)?;
        let parts = keys.table(key)?;
        let units = match kind {
            DateQuery::Dates => &UNITS[..DAY_UNITS],
            DateQuery::DateTimes => &UNITS,
        };
        let field: Option<String> = parts.required("field");
        let has_unit = parts.required::<String>("kind").is_some();
        let unit = one_of(&parts, "kind", units).filter(|_| has_unit);
        let is_descending = match parts.source().get("order") {
            Some(_) => one_of(&parts, "order", &DIRECTIONS),
            None => Some(false),
        };
        parts.finish();
        let (field, unit, is_descending) = (field?, unit?, is_descending?);
        let named = item.as_table()?.get("field")?;
        let fields = [reference(&field, named)];
        if !self.checker().has_fields(query.rows(), &fields) {
            return None;
        }
        let found = match kind {
            DateQuery::Dates => query.clone().dates(&field, unit, is_descending),
            DateQuery::DateTimes => query.clone().datetimes(&field, unit, is_descending),
        };
        let outcome = self.checker().check(found.clone());
        let outcome = outcome.map_err(|error| self.checker().report(&error, &named.origin));
        outcome.ok().map(|()| found)
    }

    /// What `aggregate` asks of all rows of `query` together; none where the keys do not have it.
    ///
    /// It is a query that has the aggregates as annotations, so that they are bound as all others.
    pub(super) fn aggregates(&self, keys: &TableReader<'_>, query: &Query) -> Option<RowQuery> {
        let names = keys.table("aggregate")?;
        let mut found = RowQuery::of(self.model);
        for entry in names.source().entries() {
            names.item(&entry.key);
            let checker = self.checker();
            let context = self.context(SOURCES).checking(&checker);
            let expression = read::expression(&context, &entry.item, BareString::Field);
            let fields = context.take_own_fields(0);
            let Some(expression) = expression.filter(|_| checker.has_fields(query.rows(), &fields))
            else {
                continue;
            };
            let aggregate = NamedExpression {
                name: entry.key.clone(),
                expression,
            };
            let set = query.clone().on(self.registry);
            let outcome =
                set.and_then(|set| set.check_aggregates(std::slice::from_ref(&aggregate)));
            match outcome {
                Ok(()) => found = found.annotate(aggregate.name, aggregate.expression),
                Err(error) => checker.report(&error, &entry.origin),
            }
        }
        names.finish();
        Some(found)
    }
}
