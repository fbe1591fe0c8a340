//! The filters beside a list: their choices, which of them is chosen, and the rows that it leaves.
//!
//! A choice is chosen where the address holds its parameters. They are named as Django's (`status__exact=DF`), so that
//! an address that somebody kept works here. Nothing but the choices that are offered filters: an address cannot ask
//! for what the list does not show (`author__password__startswith`).

use crate::admin::options::{ListFilter, ListFilterKind, ModelAdmin};
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_list::list_request::ListRequest;
use crate::clock::Date;
use crate::models::expression::{
    Comparison, Condition, Expression, Lookup, OrderTerm, QueryExpression,
};
use crate::models::{Choice, Field, FieldKind, Literal, ModelSet as _, field_at_path};
use crate::query::{Query, QueryError};
use crate::templates::value::{Value, map};
use crate::values::{FieldValue, to_literal, to_text};
use crate::views::{HttpError, RowBatch, RowValue, equals};

/// How many choices a filter has at most that are read from the database.
const MAX_CHOICES: u64 = 200;

/// A filter with the choices of this moment.
#[derive(Clone, Debug)]
pub(super) struct OpenFilter {
    title: String,
    choices: Vec<OpenChoice>,
    /// The place of the one that the address asks for.
    chosen: Option<usize>,
}

/// A choice of a filter.
#[derive(Clone, Debug)]
struct OpenChoice {
    label: String,
    parameters: Vec<(String, String)>,
    condition: Condition,
}

impl OpenChoice {
    fn new(
        label: impl Into<String>,
        parameter: String,
        value: impl Into<String>,
        condition: Condition,
    ) -> Self {
        Self {
            label: label.into(),
            parameters: vec![(parameter, value.into())],
            condition,
        }
    }
}

impl OpenFilter {
    /// The filters of `admin` as `asked` has them.
    pub(super) fn all(
        request: &AdminRequest<'_, '_>,
        admin: &ModelAdmin,
        asked: &ListRequest,
    ) -> Result<Vec<Self>, HttpError> {
        let open = |filter| Self::open(request, admin, filter, asked);
        admin.list.filters.iter().map(open).collect()
    }

    fn open(
        request: &AdminRequest<'_, '_>,
        admin: &ModelAdmin,
        filter: &ListFilter,
        asked: &ListRequest,
    ) -> Result<Self, HttpError> {
        let choices = choices(request, admin, filter)?;
        let holds = |choice: &OpenChoice| {
            let mut parameters = choice.parameters.iter();
            parameters.all(|(name, value)| asked.get(name) == Some(value))
        };
        // Of two that the address holds, such as today and this year, the more special one is meant.
        let chosen = choices
            .iter()
            .enumerate()
            .filter(|(_, choice)| holds(choice));
        let chosen = chosen.max_by_key(|(_, choice)| choice.parameters.len());
        Ok(Self {
            title: filter.title.clone(),
            chosen: chosen.map(|(at, _)| at),
            choices,
        })
    }

    /// What it asks of rows; none where all are meant.
    pub(super) fn condition(&self) -> Option<&Condition> {
        Some(&self.choices[self.chosen?].condition)
    }

    /// As the template prints it; none where there is nothing to choose.
    pub(super) fn value(&self, asked: &ListRequest) -> Option<Value> {
        if self.choices.is_empty() {
            return None;
        }
        let all = self.names();
        let entry = |label: &str, parameters: &[(String, String)], is_selected: bool| {
            map([
                ("label", Value::from(label)),
                ("query", Value::from(asked.with_all(&all, parameters))),
                ("is_selected", Value::from(is_selected)),
            ])
        };
        let choices = self.choices.iter().enumerate();
        let choices = choices
            .map(|(at, choice)| entry(&choice.label, &choice.parameters, self.chosen == Some(at)));
        let first = entry("All", &[], self.chosen.is_none());
        Some(map([
            ("title", Value::from(self.title.as_str())),
            ("choices", [first].into_iter().chain(choices).collect()),
        ]))
    }

    /// The names of all its parameters.
    pub(super) fn names(&self) -> Vec<&str> {
        let parameters = self.choices.iter().flat_map(|choice| &choice.parameters);
        parameters.map(|(name, _)| name.as_str()).collect()
    }
}

/// What can be chosen of `filter`.
fn choices(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    filter: &ListFilter,
) -> Result<Vec<OpenChoice>, HttpError> {
    let registry = &request.request.state.models;
    let path = &filter.path;
    let field = field_at_path(registry, &admin.model, path).map(|found| found.field);
    Ok(match (&filter.kind, field) {
        (ListFilterKind::Own(choices), _) => {
            let choices = choices.iter().map(|choice| {
                let condition = choice.condition.clone();
                OpenChoice::new(&choice.label, path.clone(), &choice.value, condition)
            });
            choices.collect()
        }
        (ListFilterKind::Boolean, Some(field)) => booleans(path, field),
        (ListFilterKind::Choices, Some(field)) => of_field(path, field),
        (ListFilterKind::Date, Some(field)) => days(request, path, field),
        (ListFilterKind::Empty, Some(field)) => emptiness(path, field),
        (ListFilterKind::AllValues, Some(_)) => values(request, admin, path)?,
        (ListFilterKind::Related { is_only_used }, Some(field)) => {
            related(request, admin, path, field, *is_only_used)?
        }
        (_, None) => Vec::new(),
    })
}

fn compare(path: &str, lookup: Lookup, value: Literal) -> Condition {
    Condition::Compare(Comparison {
        field: path.to_owned(),
        lookup,
        operands: vec![Expression::Value(value)],
    })
}

fn is_null(path: &str, label: &str) -> OpenChoice {
    let condition = compare(path, Lookup::IsNull, Literal::Boolean(true));
    OpenChoice::new(label, format!("{path}__isnull"), "True", condition)
}

fn booleans(path: &str, field: &Field) -> Vec<OpenChoice> {
    let choice = |label, value, is_true| {
        let condition = compare(path, Lookup::Exact, Literal::Boolean(is_true));
        OpenChoice::new(label, format!("{path}__exact"), value, condition)
    };
    let unknown = field.null.then(|| is_null(path, "Unknown"));
    [choice("Yes", "1", true), choice("No", "0", false)]
        .into_iter()
        .chain(unknown)
        .collect()
}

fn of_field(path: &str, field: &Field) -> Vec<OpenChoice> {
    let pairs = field.choices.iter().flat_map(|choice| match choice {
        Choice::Value(value, label) => vec![(value, label)],
        Choice::Group(_, choices) => choices
            .iter()
            .map(|(value, label)| (value, label))
            .collect(),
    });
    let choices = pairs.map(|(value, label)| {
        let text = match value {
            Literal::String(text) => text.clone(),
            Literal::Integer(number) => number.to_string(),
            _ => label.clone(),
        };
        let condition = compare(path, Lookup::Exact, value.clone());
        OpenChoice::new(label, format!("{path}__exact"), text, condition)
    });
    let unknown = field.null.then(|| is_null(path, "None"));
    choices.chain(unknown).collect()
}

fn days(request: &AdminRequest<'_, '_>, path: &str, field: &Field) -> Vec<OpenChoice> {
    let zone = request.request.state.models.time_zone();
    let today = Date::today_in(zone);
    let is_moment = matches!(field.kind, FieldKind::DateTime(_));
    let day = if is_moment {
        format!("{path}__date")
    } else {
        path.to_owned()
    };
    let range = |label: &str, from: Option<Date>, until: Option<Date>| {
        let (from, until) = (FieldValue::Date(from?), FieldValue::Date(until?));
        let bound = |lookup, value| compare(&day, lookup, to_literal(value));
        Some(OpenChoice {
            label: label.to_owned(),
            parameters: vec![
                (format!("{path}__gte"), to_text(&from)),
                (format!("{path}__lt"), to_text(&until)),
            ],
            condition: Condition::All(vec![bound(Lookup::Gte, &from), bound(Lookup::Lt, &until)]),
        })
    };
    let tomorrow = today.plus_days(1);
    let (year, month) = (today.year(), today.month());
    let next_month = match month {
        12 => Date::new(year + 1, 1, 1),
        month => Date::new(year, month + 1, 1),
    };
    let ranges = [
        range("Today", Some(today), tomorrow),
        range("Past 7 days", today.plus_days(-7), tomorrow),
        range("This month", Date::new(year, month, 1), next_month),
        range(
            "This year",
            Date::new(year, 1, 1),
            Date::new(year + 1, 1, 1),
        ),
    ];
    let mut choices: Vec<_> = ranges.into_iter().flatten().collect();
    if field.null {
        let filled = compare(path, Lookup::IsNull, Literal::Boolean(false));
        choices.push(is_null(path, "No date"));
        choices.push(OpenChoice::new(
            "Has date",
            format!("{path}__isnull"),
            "False",
            filled,
        ));
    }
    choices
}

fn emptiness(path: &str, field: &Field) -> Vec<OpenChoice> {
    let mut parts = vec![compare(path, Lookup::IsNull, Literal::Boolean(true))];
    if field.kind.allows_empty_strings() {
        parts.push(compare(path, Lookup::Exact, Literal::String(String::new())));
    }
    let empty = Condition::Any(parts);
    let name = || format!("{path}__isempty");
    let filled = Condition::Not(Box::new(empty.clone()));
    vec![
        OpenChoice::new("Empty", name(), "1", empty),
        OpenChoice::new("Not empty", name(), "0", filled),
    ]
}

/// One choice for each value that there is.
fn values(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    path: &str,
) -> Result<Vec<OpenChoice>, HttpError> {
    let registry = &request.request.state.models;
    let query = Query::of(&admin.model).values([path]).distinct();
    let query = query
        .order_by([OrderTerm::from(path)])
        .slice(0, Some(MAX_CHOICES));
    let found: Result<_, QueryError> = request
        .request
        .connections
        .with(|connection| query.on(registry)?.values(connection));
    let rows = found?.rows.into_iter();
    let choices = rows.filter_map(|row| row.into_iter().next()).map(|value| {
        if value == FieldValue::Null {
            return is_null(path, "None");
        }
        let condition = compare(path, Lookup::Exact, to_literal(&value));
        let text = to_text(&value);
        OpenChoice::new(&text, path.to_owned(), &text, condition)
    });
    Ok(choices.collect())
}

/// One choice for each row that the field refers to, or could.
fn related(
    request: &AdminRequest<'_, '_>,
    admin: &ModelAdmin,
    path: &str,
    field: &Field,
    is_only_used: bool,
) -> Result<Vec<OpenChoice>, HttpError> {
    let registry = &request.request.state.models;
    let to = field.relation().map(|relation| &relation.to);
    let to = to.or_else(|| field.many_to_many().map(|many| &many.to));
    let Some(target) = to.and_then(|to| registry.target(to)) else {
        return Ok(Vec::new());
    };
    let key = target
        .primary_key()
        .map_or("pk", |field| field.name.as_str());
    let mut query = Query::of(target);
    if is_only_used {
        let used = Query::of(&admin.model).values([path]).rows().clone();
        query = query.filter(Condition::Compare(Comparison {
            field: "pk".to_owned(),
            lookup: Lookup::In,
            operands: vec![Expression::Query(Box::new(QueryExpression::Subquery(used)))],
        }));
    }
    let query = query.in_some_order(target).slice(0, Some(MAX_CHOICES));
    let batch = RowBatch::fetch(&request.request.state.rows, &query)?;
    let mut choices = Vec::new();
    for at in 0..batch.len() {
        let row = RowValue::new(std::sync::Arc::clone(&batch), at);
        let Some(instance) = row.instance() else {
            continue;
        };
        let value = instance.key().clone();
        let name = format!("{path}__{key}__exact");
        let condition = equals(path, &value);
        choices.push(OpenChoice::new(
            row.text()?,
            name,
            to_text(&value),
            condition,
        ));
    }
    if field.null {
        choices.push(is_null(path, "Empty"));
    }
    Ok(choices)
}
