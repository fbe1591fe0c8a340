//! `generic.archive`: rows by their date (`django.views.generic.dates`).

use crate::clock::{self, Date};
use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::models::read::one_of;
use crate::models::{Field, FieldKind, ModelSet as _};
use crate::query::Query;
use crate::templates::Context;
use crate::templates::value::{Value, from_field};
use crate::text;
use crate::values::{self, FieldValue};
use crate::views::generic::archive_period::{ArchivePeriod, WeekFormat};
use crate::views::generic::list::{ListPages, show_pages};
use crate::views::generic::model_view::{ModelView, ModelViewEntry, NameSuffixes};
use crate::views::generic::single_object::SingleObject;
use crate::views::rows::QueryValue;
use crate::views::{HttpError, Request, ShownTemplate, View, ViewEntry};

/// Rows by their date.
#[derive(Debug)]
struct ArchiveView {
    view: ModelView,
    period: ArchivePeriod,
    date_field: String,
    /// Whether the field holds moments and not days.
    holds_moments: bool,
    allow_future: bool,
    allow_empty: bool,
    make_object_list: bool,
    pages: Option<ListPages>,
    object: SingleObject,
}

/// Reads the options of `generic.archive`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let fields = entry.fields;
    let read = ModelViewEntry::new(entry)?;
    let week_format = one_of(fields, "week_format", &WeekFormat::ALL);
    let period = one_of(fields, "period", &ArchivePeriod::ALL).unwrap_or(ArchivePeriod::Index);
    let period = match (period, week_format) {
        (ArchivePeriod::Week(_), Some(format)) => ArchivePeriod::Week(format),
        (period, _) => period,
    };
    let (date_field, holds_moments) = date_field(entry, &read)?;
    let pages = ListPages::read(&read);
    let object = SingleObject::read(&read);
    let view = read.view(&NameSuffixes {
        template: period.template_suffix(),
        object: match period {
            ArchivePeriod::Date => "",
            _ => "_list",
        },
    })?;
    Ok(Box::new(ArchiveView {
        view: match period {
            ArchivePeriod::Index => view.with_object_name("latest", fields),
            _ => view,
        },
        period,
        date_field,
        holds_moments,
        allow_future: fields.or("allow_future", false),
        allow_empty: fields.or("allow_empty", false),
        make_object_list: fields.or("make_object_list", false),
        pages,
        object,
    }))
}

/// The field that the archive is by, and whether it holds moments.
fn date_field(
    entry: &ViewEntry<'_, '_>,
    read: &ModelViewEntry<'_, '_, '_>,
) -> Result<(String, bool), Finding> {
    let Some(item) = entry.fields.item("date_field") else {
        let message = "the view `generic.archive` needs a `date_field`";
        return Err(entry.view.error("missing-key", message));
    };
    let name = item.as_str().unwrap_or_default();
    let field = read.model.field(name);
    match field.map(Field::value_kind) {
        Some(FieldKind::DateTime(_)) => Ok((name.to_owned(), true)),
        Some(FieldKind::Date(_)) => Ok((name.to_owned(), false)),
        _ => {
            let model = &read.model.name;
            let message = format!("`{name}` is not a field of `{model}` that holds dates");
            let holds_days = |field: &&Field| {
                matches!(
                    field.value_kind(),
                    FieldKind::Date(_) | FieldKind::DateTime(_)
                )
            };
            let days = read.model.fields.iter().filter(holds_days);
            let days: Vec<_> = days.map(|field| field.name.as_str()).collect();
            let all = format!("those that do are {}", text::quoted(days.iter().copied()));
            let finding = item.error("unknown-field", message);
            Err(finding.suggest_or(name, days, all))
        }
    }
}

impl View for ArchiveView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        match request.method {
            Method::Get | Method::Head if self.period == ArchivePeriod::Date => self.one(request),
            Method::Get | Method::Head => self.list(request),
            Method::Options => Ok(Response::options(self.allowed())),
            _ => Ok(Response::method_not_allowed(self.allowed())),
        }
    }

    fn shown(&self) -> Option<ShownTemplate<'_>> {
        Some(self.view.shown(match self.period {
            ArchivePeriod::Date => "object",
            _ => "object_list",
        }))
    }

    fn captured_names(&self) -> Vec<&str> {
        let names = self
            .view
            .captured_names()
            .chain(self.object.captured_names());
        names
            .chain(self.period.captured_names().iter().copied())
            .collect()
    }

    fn key_names(&self) -> Option<[&str; 2]> {
        (self.period == ArchivePeriod::Date).then(|| self.object.key_names())
    }
}

impl ArchiveView {
    /// The page of one row of a day.
    fn one(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let day = self.start(request)?;
        if !self.allow_future && day > today(request) {
            return Err(self.nothing());
        }
        let within = self.within(request, day)?;
        let object = self.object.find_where(&self.view, within, request)?;
        let object = Value::from_object(object);
        self.view
            .render(request, "object", object, Context::default())
    }

    fn list(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let mut context = Context::default();
        let all = self.view.query.bind_whole(request)?;
        let query = all.clone().map(|query| self.until_now(request, query));
        let descending = format!("-{}", self.date_field);
        let mut query = query.map(|query| {
            if query.has_own_order() {
                query
            } else {
                query.order_by([descending])
            }
        });
        if self.period != ArchivePeriod::Index {
            let start = self.start(request)?;
            let within = self.within(request, start)?;
            query = query.map(|query| within.into_iter().fold(query, Query::filter));
            self.add_neighbours(request, all.as_ref(), start, &mut context)?;
        }
        let dates = self.dates(request, query.as_ref())?;
        if !self.allow_empty && !QueryValue::new(&request.state.rows, query.clone()).exists()? {
            return Err(self.nothing());
        }
        if self.period == ArchivePeriod::Year && !self.make_object_list {
            query = None;
        }
        context.set("date_list", dates);
        let rows = QueryValue::new(&request.state.rows, query);
        let rows = show_pages(request, rows, self.pages.as_ref(), &mut context)?;
        let rows = Value::from_dyn_object(rows);
        self.view.render(request, "object_list", rows, context)
    }

    fn nothing(&self) -> HttpError {
        let name = self.view.model.verbose_name_plural();
        HttpError::NotFound(format!("No {name} available"))
    }

    /// The first day of the period that the path names; 404 where there is no such day.
    fn start(&self, request: &Request<'_>) -> Result<Date, HttpError> {
        if self.period == ArchivePeriod::Today {
            return Ok(today(request));
        }
        let captured = |name: &str| {
            let found = request.kwargs().iter().find(|(known, _)| known == name);
            found.map(|(_, argument)| argument.to_string())
        };
        let start = self.period.start(captured);
        start.ok_or_else(|| HttpError::NotFound("the path does not name a date".to_owned()))
    }

    /// A day as the field holds it; none beyond the calendar.
    fn value(&self, request: &Request<'_>, day: Date) -> Option<FieldValue> {
        if !self.holds_moments {
            return Some(FieldValue::Date(day));
        }
        let midnight = day.midnight_in(request.state.models.time_zone());
        midnight.map(FieldValue::Moment)
    }

    fn compare(&self, lookup: Lookup, value: &FieldValue) -> Condition {
        Condition::Compare(Comparison {
            field: self.date_field.clone(),
            lookup,
            operands: vec![Expression::Value(values::to_literal(value))],
        })
    }

    /// The conditions of rows within the period that begins with `start`.
    fn within(&self, request: &Request<'_>, start: Date) -> Result<Vec<Condition>, HttpError> {
        let since = self.value(request, start);
        let since = since.ok_or_else(|| self.nothing())?;
        let end = self.period.next(start);
        let is_day = matches!(self.period, ArchivePeriod::Day | ArchivePeriod::Today);
        if end.is_none() && !is_day {
            // Django does not show a period that ends behind all days.
            return Err(self.nothing());
        }
        let until = end.and_then(|day| self.value(request, day));
        let until = until.map(|until| self.compare(Lookup::Lt, &until));
        Ok([self.compare(Lookup::Gte, &since)]
            .into_iter()
            .chain(until)
            .collect())
    }

    /// The rows of `query` that are not of the future, unless those are allowed.
    fn until_now(&self, request: &Request<'_>, query: Query) -> Query {
        if self.allow_future {
            return query;
        }
        let now = if self.holds_moments {
            FieldValue::Moment(clock::now())
        } else {
            FieldValue::Date(today(request))
        };
        query.filter(self.compare(Lookup::Lte, &now))
    }

    /// Tells the template what the period is, and those beside it.
    fn add_neighbours(
        &self,
        request: &Request<'_>,
        all: Option<&Query>,
        start: Date,
        context: &mut Context,
    ) -> Result<(), HttpError> {
        let zone = request.state.models.time_zone();
        let value = |day: Option<Date>| {
            day.map_or_else(
                || Value::from(()),
                |day| from_field(&FieldValue::Date(day), zone),
            )
        };
        let (name, periods) = match self.period {
            ArchivePeriod::Year => ("year", vec![("year", ArchivePeriod::Year)]),
            ArchivePeriod::Month => ("month", vec![("month", ArchivePeriod::Month)]),
            ArchivePeriod::Week(format) => ("week", vec![("week", ArchivePeriod::Week(format))]),
            _ => (
                "day",
                vec![("day", ArchivePeriod::Day), ("month", ArchivePeriod::Month)],
            ),
        };
        context.set(name, value(Some(start)));
        for (name, period) in periods {
            let next = self.next(request, all, period, start)?;
            let previous = self.previous(request, all, period, start)?;
            context.set(format!("next_{name}"), value(next));
            context.set(format!("previous_{name}"), value(previous));
        }
        Ok(())
    }

    fn next(
        &self,
        request: &Request<'_>,
        all: Option<&Query>,
        period: ArchivePeriod,
        day: Date,
    ) -> Result<Option<Date>, HttpError> {
        let Some(end) = period.start_of(day).and_then(|start| period.next(start)) else {
            return Ok(None);
        };
        if self.allow_empty {
            let is_open = self.allow_future || end <= today(request);
            return Ok(Some(end).filter(|_| is_open));
        }
        let (Some(all), Some(value)) = (all, self.value(request, end)) else {
            return Ok(None);
        };
        let query = all.clone().filter(self.compare(Lookup::Gte, &value));
        let found = self.first_day(request, query, &self.date_field)?;
        Ok(found.and_then(|day| period.start_of(day)))
    }

    fn previous(
        &self,
        request: &Request<'_>,
        all: Option<&Query>,
        period: ArchivePeriod,
        day: Date,
    ) -> Result<Option<Date>, HttpError> {
        let Some(start) = period.start_of(day) else {
            return Ok(None);
        };
        if self.allow_empty {
            let before = start.plus_days(-1).and_then(|day| period.start_of(day));
            let is_open = |day: &Date| self.allow_future || *day <= today(request);
            return Ok(before.filter(is_open));
        }
        let (Some(all), Some(value)) = (all, self.value(request, start)) else {
            return Ok(None);
        };
        let query = all.clone().filter(self.compare(Lookup::Lt, &value));
        let found = self.first_day(request, query, &format!("-{}", self.date_field))?;
        Ok(found.and_then(|day| period.start_of(day)))
    }

    /// The day of the first row of `query` in this order.
    fn first_day(
        &self,
        request: &Request<'_>,
        query: Query,
        order: &str,
    ) -> Result<Option<Date>, HttpError> {
        let query = self
            .until_now(request, query)
            .order_by([order])
            .slice(0, Some(1));
        let rows = request.state.rows.ask(&query, |set, connection| {
            set.values_list(connection, &[&self.date_field])
        })?;
        let zone = request.state.models.time_zone();
        Ok(rows
            .into_iter()
            .flatten()
            .next()
            .and_then(|value| match value {
                FieldValue::Date(day) => Some(day),
                FieldValue::Moment(moment) => moment.date_in(zone),
                _ => None,
            }))
    }

    /// The days that begin the years, months or days in which there are rows; none for other periods.
    fn dates(&self, request: &Request<'_>, query: Option<&Query>) -> Result<Value, HttpError> {
        let parts: &[&str] = match self.period {
            ArchivePeriod::Index => &["year"],
            ArchivePeriod::Year => &["year", "month"],
            ArchivePeriod::Month => &["year", "month", "day"],
            _ => return Ok(Value::from(())),
        };
        let Some(query) = query else {
            return Ok(Value::from(Vec::<Value>::new()));
        };
        let paths: Vec<_> = parts
            .iter()
            .map(|part| format!("{}__{part}", self.date_field))
            .collect();
        let query = query.clone().order_by(paths.clone()).distinct();
        let query = if self.period == ArchivePeriod::Index {
            query.reverse()
        } else {
            query
        };
        let paths: Vec<_> = paths.iter().map(String::as_str).collect();
        let rows = request.state.rows.ask(&query, |set, connection| {
            set.values_list(connection, &paths)
        })?;
        let zone = request.state.models.time_zone();
        let days = rows.iter().filter_map(|row| day_of(row));
        let days = days.filter_map(|day| self.value(request, day));
        Ok(days.map(|day| from_field(&day, zone)).collect())
    }
}

fn today(request: &Request<'_>) -> Date {
    Date::today_in(request.state.models.time_zone())
}

/// The day that begins the period of these parts: year, month, day.
fn day_of(parts: &[FieldValue]) -> Option<Date> {
    let part = |place: usize| match parts.get(place) {
        None => Some(1),
        Some(FieldValue::Integer(number)) => Some(*number),
        Some(_) => None,
    };
    let (year, month, day) = (part(0)?, part(1)?, part(2)?);
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
}
