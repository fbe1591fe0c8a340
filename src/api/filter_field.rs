//! Fields by which a client may filter, as parameters of the address (`django_filters`).

use crate::api::answer::{ApiAnswer, ApiError};
use crate::api::filters::compare;
use crate::api::serializer::equals;
use crate::json::Json;
use crate::models::expression::{Condition, Expression, Lookup};
use crate::models::{
    Choice, Field, FieldAtPath, FieldKind, Literal, Model, ModelSet as _, Registry, field_at_path,
};
use crate::query::Query;
use crate::values::{self, FieldValue};
use crate::views::{HttpError, Request};

/// The most values beside `in`.
const MAX_VALUES: usize = 100;

/// A parameter that filters.
#[derive(Clone, Debug)]
pub(super) struct FilterField {
    /// Its name: `price__gte`.
    pub(super) parameter: String,
    path: String,
    lookup: Lookup,
    kind: FilterKind,
}

/// What a filter takes.
#[derive(Clone, Debug)]
enum FilterKind {
    /// Whether there is a value.
    IsNull,
    /// The key of a row of a model.
    Row {
        model: crate::models::ModelKey,
        kind: FieldKind,
        many: bool,
    },
    /// One of these.
    Choice(Vec<String>),
    /// A value of this kind.
    Value(FieldKind),
}

/// A value that was asked for.
enum Asked {
    Condition(Condition),
    /// Nothing that the filter understands: it is passed over, as in Django.
    Nothing,
    Wrong(String),
}

impl FilterField {
    /// The filter of `path` by `lookup`; none where the path does not lead to a field.
    pub(super) fn new(
        registry: &Registry,
        model: &Model,
        path: &str,
        lookup: &str,
    ) -> Option<Self> {
        let exact = lookup == "exact";
        let parameter = if exact {
            path.to_owned()
        } else {
            format!("{path}__{lookup}")
        };
        let FieldAtPath {
            field,
            is_transformed,
            ..
        } = field_at_path(registry, model, path)?;
        let known = Lookup::named(lookup);
        let is_transformed = is_transformed || known.is_none();
        let path = if known.is_none() {
            parameter.clone()
        } else {
            path.to_owned()
        };
        let lookup = known.unwrap_or(Lookup::Exact);
        let kind = match lookup {
            Lookup::IsNull => FilterKind::IsNull,
            _ if is_transformed => FilterKind::Value(FieldKind::Integer),
            Lookup::Exact => exact_kind(registry, field)?,
            _ if lookup.takes_text() => FilterKind::Value(FieldKind::Text { max_length: None }),
            _ => FilterKind::Value(registry.value_kind(field).ok()?.clone()),
        };
        Some(Self {
            parameter,
            path,
            lookup,
            kind,
        })
    }

    fn asked(&self, request: &Request<'_>, text: &str) -> Result<Asked, HttpError> {
        let wrong = |message: &str| Ok(Asked::Wrong(message.to_owned()));
        if text.contains('\0') {
            return wrong("Null characters are not allowed.");
        }
        let one = |value: Literal| {
            Asked::Condition(compare(
                &self.path,
                self.lookup,
                vec![Expression::Value(value)],
            ))
        };
        match &self.kind {
            FilterKind::IsNull => {
                Ok(truth(text).map_or(Asked::Nothing, |value| one(Literal::Boolean(value))))
            }
            FilterKind::Value(FieldKind::Boolean) => {
                Ok(truth(text).map_or(Asked::Nothing, |value| one(Literal::Boolean(value))))
            }
            FilterKind::Choice(choices) if choices.iter().any(|choice| choice == text) => {
                Ok(one(Literal::String(text.to_owned())))
            }
            FilterKind::Choice(_) => wrong(&format!(
                "Select a valid choice. {text} is not one of the available choices."
            )),
            FilterKind::Row { model, kind, many } => {
                let key = value(request, kind, text);
                let key = key.filter(|_| !text.is_empty());
                if let Some(key) = key
                    && row_exists(request, model, &key)?
                {
                    return Ok(one(values::to_literal(&key)));
                }
                let shown = if *many { text } else { "That choice" };
                wrong(&format!(
                    "Select a valid choice. {shown} is not one of the available choices."
                ))
            }
            FilterKind::Value(kind) if matches!(self.lookup, Lookup::In | Lookup::Range) => {
                let items: Option<Vec<_>> = text
                    .split(',')
                    .take(MAX_VALUES)
                    .map(|item| value(request, kind, item))
                    .collect();
                match items {
                    Some(items) if self.lookup == Lookup::In || items.len() == 2 => {
                        let items = items
                            .iter()
                            .map(|item| Expression::Value(values::to_literal(item)));
                        Ok(Asked::Condition(compare(
                            &self.path,
                            self.lookup,
                            items.collect(),
                        )))
                    }
                    Some(_) => wrong("Range query expects two values."),
                    None => wrong(message(kind)),
                }
            }
            FilterKind::Value(kind) => match value(request, kind, text) {
                Some(value) => Ok(one(values::to_literal(&value))),
                None => wrong(message(kind)),
            },
        }
    }
}

/// Those of the rows of `query` that the parameters of `request` ask for, as far as `filters` allow.
pub(super) fn apply(
    query: Query,
    filters: &[FilterField],
    request: &Request<'_>,
) -> Result<Query, ApiError> {
    if filters.is_empty() || request.query.is_empty() {
        return Ok(query);
    }
    let parameters = request.get()?;
    let (mut query, mut errors, mut crosses) = (query, Vec::new(), false);
    for filter in filters {
        let Some(text) = parameters
            .get(&filter.parameter)
            .filter(|text| !text.is_empty())
        else {
            continue;
        };
        match filter.asked(request, text)? {
            Asked::Condition(condition) => {
                crosses |= filter.path.contains("__")
                    || matches!(filter.kind, FilterKind::Row { many: true, .. });
                query = query.filter(condition);
            }
            Asked::Nothing => {}
            Asked::Wrong(message) => {
                errors.push((filter.parameter.clone(), Json::from(vec![message])));
            }
        }
    }
    if !errors.is_empty() {
        return Err(ApiError::Refused(ApiAnswer::json(
            400,
            &Json::Object(errors),
        )));
    }
    Ok(if crosses { query.distinct() } else { query })
}

fn value(request: &Request<'_>, kind: &FieldKind, text: &str) -> Option<FieldValue> {
    let registry = &request.state.models;
    let text = text.trim();
    if kind.allows_empty_strings() {
        return Some(FieldValue::Text(text.to_owned()));
    }
    values::from_text(kind, text, registry.time_zone()).ok()
}

fn row_exists(
    request: &Request<'_>,
    model: &crate::models::ModelKey,
    key: &FieldValue,
) -> Result<bool, HttpError> {
    let registry = &request.state.models;
    let query = Query::new(model.clone()).filter(equals("pk", key));
    let exists: Result<_, crate::query::QueryError> = request
        .connections
        .with(|connection| query.on(registry)?.exists(connection));
    Ok(exists?)
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "1" | "on" => Some(true),
        "false" | "False" | "0" => Some(false),
        _ => None,
    }
}

fn message(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Date(_) => "Enter a valid date.",
        FieldKind::DateTime(_) => "Enter a valid date/time.",
        FieldKind::Time(_) => "Enter a valid time.",
        FieldKind::Uuid => "Enter a valid UUID.",
        FieldKind::Duration => "Enter a valid duration.",
        _ => "Enter a number.",
    }
}

fn exact_kind(registry: &Registry, field: &Field) -> Option<FilterKind> {
    let row = |to: &crate::models::ModelRef, many| {
        let model = registry.target(to)?;
        let kind = registry.value_kind(model.primary_key()?).ok()?.clone();
        Some(FilterKind::Row {
            model: model.key(),
            kind,
            many,
        })
    };
    if let Some(relation) = field.relation() {
        return row(&relation.to, false);
    }
    if let Some(relation) = field.many_to_many() {
        return row(&relation.to, true);
    }
    if field.choices.is_empty() {
        return Some(FilterKind::Value(field.value_kind().clone()));
    }
    let text = |literal: &Literal| match literal {
        Literal::String(text) => text.clone(),
        Literal::Integer(number) => number.to_string(),
        _ => String::new(),
    };
    let mut choices = Vec::new();
    for choice in &field.choices {
        match choice {
            Choice::Value(value, _) => choices.push(text(value)),
            Choice::Group(_, group) => choices.extend(group.iter().map(|(value, _)| text(value))),
        }
    }
    Some(FilterKind::Choice(choices))
}
