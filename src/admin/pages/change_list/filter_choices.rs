//! What can be chosen of the filters beside a list, as the database has it at this moment.

use crate::admin::options::{ListFilter, ListFilterKind, ModelAdmin};
use crate::admin::pages::AdminRequest;
use crate::admin::pages::change_list::day_range::{DayField, compare, next_month};
use crate::clock::Date;
use crate::models::expression::{
    Comparison, Condition, Expression, Lookup, OrderTerm, QueryExpression,
};
use crate::models::{Choice, Field, FieldKind, Literal, ModelSet as _, field_at_path};
use crate::query::{Query, QueryError};
use crate::values::{FieldValue, to_literal, to_text};
use crate::views::{HttpError, RowBatch, RowValue, equals};

/// How many choices a filter has at most that are read from the database.
const MAX_CHOICES: u64 = 200;

/// A choice of a filter.
#[derive(Clone, Debug)]
pub(super) struct OpenChoice {
    pub(super) label: String,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) condition: Condition,
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

/// What can be chosen of `filter`.
pub(super) fn choices(
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
        (ListFilterKind::IsNull, Some(_)) => nullness(path),
        (ListFilterKind::Related { is_only_used }, Some(field)) => {
            related(request, admin, path, field, *is_only_used)?
        }
        (ListFilterKind::Range, _) | (_, None) => Vec::new(),
    })
}

fn is_null(path: &str, label: &str) -> OpenChoice {
    let condition = compare(path, Lookup::IsNull, Literal::Boolean(true));
    OpenChoice::new(label, format!("{path}__isnull"), "True", condition)
}

fn is_not_null(path: &str, label: &str) -> OpenChoice {
    let condition = compare(path, Lookup::IsNull, Literal::Boolean(false));
    OpenChoice::new(label, format!("{path}__isnull"), "False", condition)
}

fn nullness(path: &str) -> Vec<OpenChoice> {
    vec![is_null(path, "Empty"), is_not_null(path, "Not empty")]
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
    let days = DayField {
        path,
        is_moment: matches!(field.kind, FieldKind::DateTime(_)),
        zone,
    };
    let range = |label: &str, from: Option<Date>, until: Option<Date>| {
        let (from, until) = (from?, until?);
        Some(OpenChoice {
            label: label.to_owned(),
            parameters: vec![
                (format!("{path}__gte"), from.to_string()),
                (format!("{path}__lt"), until.to_string()),
            ],
            condition: days.between(from, until)?,
        })
    };
    let tomorrow = today.plus_days(1);
    let (year, month) = (today.year(), today.month());
    let ranges = [
        range("Today", Some(today), tomorrow),
        range("Past 7 days", today.plus_days(-7), tomorrow),
        range("This month", Date::new(year, month, 1), next_month(today)),
        range(
            "This year",
            Date::new(year, 1, 1),
            Date::new(year + 1, 1, 1),
        ),
    ];
    let mut choices: Vec<_> = ranges.into_iter().flatten().collect();
    if field.null {
        choices.push(is_null(path, "No date"));
        choices.push(is_not_null(path, "Has date"));
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
