//! `date_hierarchy`: years, and within one its months, and within one its days, which lead through the rows.

use crate::admin::options::DateHierarchy;
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_list::day_range::{DayField, next_month};
use crate::admin::pages::change_list::list_error::ListError;
use crate::admin::pages::change_list::list_request::ListRequest;
use crate::clock::{Date, LocalDateTime, MONTHS};
use crate::models::ModelSet as _;
use crate::models::expression::{
    AggregateExpression, AggregateFunction, Condition, DateComponent, Expression, QueryExpression,
};
use crate::query::{NamedExpression, Query, QueryError};
use crate::templates::value::{Value, map};
use crate::values::FieldValue;

/// The year, month and day of an address; each of them stands within the one before.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct ChosenDates {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
}

impl ChosenDates {
    /// What `asked` says of `hierarchy`; fails where a number is none.
    pub(super) fn read(hierarchy: &DateHierarchy, asked: &ListRequest) -> Result<Self, ListError> {
        let number = |part: &str| -> Result<Option<i16>, ListError> {
            let text = asked.get(&parameter(hierarchy, part));
            let number = text.map(|text| text.parse::<i16>());
            number.transpose().map_err(|_| ListError::IncorrectLookup)
        };
        let small = |part: &str| -> Result<Option<i8>, ListError> {
            let number = number(part)?.map(i8::try_from);
            number.transpose().map_err(|_| ListError::IncorrectLookup)
        };
        Ok(Self {
            year: number("year")?,
            month: small("month")?,
            day: small("day")?,
        })
    }

    /// What it asks of rows; none where no year is chosen. Fails where there is no such day.
    pub(super) fn condition(self, field: &DayField<'_>) -> Result<Option<Condition>, ListError> {
        let Some(year) = self.year else {
            return Ok(None);
        };
        let range = || {
            let first = Date::new(year, self.month.unwrap_or(1), self.day.unwrap_or(1))?;
            let until = match (self.month, self.day) {
                (_, Some(_)) => first.plus_days(1)?,
                (Some(_), None) => next_month(first)?,
                (None, None) => Date::new(year.checked_add(1)?, 1, 1)?,
            };
            field.between(first, until)
        };
        range().map(Some).ok_or(ListError::IncorrectLookup)
    }
}

/// The name of the parameter for a part of the date: `published_at__year`.
fn parameter(hierarchy: &DateHierarchy, part: &str) -> String {
    format!("{}__{part}", hierarchy.path)
}

/// The names of all its parameters.
pub(super) fn parameters(hierarchy: &DateHierarchy) -> [String; 3] {
    ["year", "month", "day"].map(|part| parameter(hierarchy, part))
}

/// The links of a hierarchy over the rows of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct HierarchyLinks<'h, 'r, 's> {
    /// The request.
    pub(super) request: &'h AdminRequest<'r, 's>,
    /// The field.
    pub(super) hierarchy: &'h DateHierarchy,
    /// What the address asks for.
    pub(super) asked: &'h ListRequest,
    /// The rows that are found.
    pub(super) query: &'h Query,
}

impl HierarchyLinks<'_, '_, '_> {
    /// The links, as the template prints them; none where no row has a day.
    pub(super) fn value(&self, chosen: ChosenDates) -> Result<Option<Value>, ListError> {
        let shown = match chosen.year {
            Some(_) => chosen,
            None => match self.narrowest()? {
                Some(shown) => shown,
                None => return Ok(None),
            },
        };
        let all = || self.link("All dates", ChosenDates::default(), false);
        let of_year = ChosenDates {
            day: None,
            month: None,
            ..shown
        };
        let of_month = ChosenDates { day: None, ..shown };
        let (back, unit) = match (shown.year, shown.month, shown.day) {
            (Some(_), Some(_), Some(_)) => {
                (Some(self.link(&title(of_month), of_month, false)), None)
            }
            (Some(_), Some(_), None) => (
                Some(self.link(&title(of_year), of_year, false)),
                Some(DateComponent::Day),
            ),
            (Some(_), None, _) => (Some(all()), Some(DateComponent::Month)),
            (None, _, _) => (None, Some(DateComponent::Year)),
        };
        let choices = match unit {
            None => vec![self.link(&day_title(shown), shown, true)],
            Some(unit) => self.choices(unit)?,
        };
        Ok(Some(map([
            ("back", back.unwrap_or_default()),
            ("choices", Value::from(choices)),
        ])))
    }

    /// The days of the first and the last row say what is worth choosing: years, or the months or days of the only one.
    fn narrowest(&self) -> Result<Option<ChosenDates>, ListError> {
        let aggregate = |name: &str, function| NamedExpression {
            name: name.to_owned(),
            expression: Expression::Query(Box::new(QueryExpression::Aggregate(
                AggregateExpression {
                    function,
                    of: Some(Expression::F(self.hierarchy.path.clone())),
                    distinct: false,
                    filter: None,
                    default: None,
                },
            ))),
        };
        let bounds = [
            aggregate("first", AggregateFunction::Min),
            aggregate("last", AggregateFunction::Max),
        ];
        let registry = &self.request.request.state.models;
        let connections = self.request.request.connections;
        let found: Result<Vec<FieldValue>, QueryError> = connections.with(|connection| {
            let query = self.query.clone().order_by::<String>([]);
            query.on(registry)?.aggregate(connection, &bounds)
        });
        let days: Vec<_> = found?.iter().filter_map(|value| self.day(value)).collect();
        let [first, last] = days.as_slice() else {
            return Ok(None);
        };
        let is_one_year = first.year() == last.year();
        let is_one_month = is_one_year && first.month() == last.month();
        Ok(Some(ChosenDates {
            year: is_one_year.then(|| first.year()),
            month: is_one_month.then(|| first.month()),
            day: None,
        }))
    }

    /// The years, months or days at which there are rows.
    fn choices(&self, unit: DateComponent) -> Result<Vec<Value>, ListError> {
        let registry = &self.request.request.state.models;
        let connections = self.request.request.connections;
        let path = &self.hierarchy.path;
        let query = self.query.clone().without_select_related();
        let found: Result<Vec<FieldValue>, QueryError> = connections.with(|connection| {
            let set = query.on(registry)?;
            if self.hierarchy.is_moment {
                set.datetimes(connection, path, unit, false)
            } else {
                set.dates(connection, path, unit, false)
            }
        });
        let days = found?;
        let days = days.iter().filter_map(|value| self.day(value));
        let links = days.map(|day| {
            let chosen = ChosenDates {
                year: Some(day.year()),
                month: (unit != DateComponent::Year).then(|| day.month()),
                day: (unit == DateComponent::Day).then(|| day.day()),
            };
            let title = match unit {
                DateComponent::Day => day_title(chosen),
                _ => title(chosen),
            };
            self.link(&title, chosen, false)
        });
        Ok(links.collect())
    }

    fn day(&self, value: &FieldValue) -> Option<Date> {
        match value {
            FieldValue::Date(day) => Some(*day),
            FieldValue::Moment(moment) => {
                let zone = self.request.request.state.models.time_zone();
                Some(LocalDateTime::of_moment(*moment, zone).date())
            }
            _ => None,
        }
    }

    fn link(&self, title: &str, chosen: ChosenDates, is_current: bool) -> Value {
        let parts = [
            ("year", chosen.year),
            ("month", chosen.month.map(i16::from)),
            ("day", chosen.day.map(i16::from)),
        ];
        let new = parts.into_iter().filter_map(|(part, number)| {
            Some((parameter(self.hierarchy, part), number?.to_string()))
        });
        let new: Vec<_> = new.collect();
        let names = parameters(self.hierarchy);
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        map([
            ("title", Value::from(title)),
            ("query", Value::from(self.asked.with_all(&names, &new))),
            ("is_current", Value::from(is_current)),
        ])
    }
}

/// A year, or a month with its year.
fn title(chosen: ChosenDates) -> String {
    let year = chosen.year.unwrap_or_default();
    match chosen.month {
        Some(month) => format!("{} {year}", month_name(month)),
        None => year.to_string(),
    }
}

/// A day with its month.
fn day_title(chosen: ChosenDates) -> String {
    let month = month_name(chosen.month.unwrap_or_default());
    format!("{month} {}", chosen.day.unwrap_or_default())
}

fn month_name(month: i8) -> &'static str {
    let place = usize::try_from(month).unwrap_or_default();
    MONTHS
        .get(place.wrapping_sub(1))
        .copied()
        .unwrap_or_default()
}
