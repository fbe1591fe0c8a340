//! What `OPTIONS` tells (`rest_framework.metadata.SimpleMetadata`).

use crate::api::access;
use crate::api::answer::{ApiAnswer, ApiError};
use crate::api::body::MEDIA_TYPES;
use crate::api::exchange::Exchange;
use crate::api::place::EntryPlace;
use crate::api::serializer::{SerializerField, SerializerKind, choice_json};
use crate::auth::User;
use crate::db::DatabaseAlias;
use crate::http::Method;
use crate::json::Json;
use crate::values::FieldValue;

/// The forms of answers.
const RENDERS: [&str; 2] = ["application/json", "text/html"];

/// Tells what the place of `exchange` is, and what `user` may send there.
pub(super) fn answer(
    exchange: &Exchange<'_, '_>,
    user: Option<&User>,
    methods: &[&Method],
) -> Result<ApiAnswer, ApiError> {
    let mut pairs = description(&name(exchange));
    let method = match exchange.place {
        EntryPlace::List => Method::Post,
        EntryPlace::Detail => Method::Put,
    };
    if methods.contains(&&method) && may_send(exchange, user, &method)? {
        let fields = exchange.model.serializer.fields.iter();
        let fields = fields.map(|field| (field.name.clone(), describe(field)));
        let actions = vec![(method.as_str().to_owned(), Json::Object(fields.collect()))];
        pairs.push(("actions".to_owned(), Json::Object(actions)));
    }
    Ok(ApiAnswer::json(200, &Json::Object(pairs)))
}

/// What every page of an API tells of itself, that called `name`.
pub(super) fn description(name: &str) -> Vec<(String, Json)> {
    let texts = |texts: &[&str]| Json::Array(texts.iter().map(|text| Json::from(*text)).collect());
    vec![
        ("name".to_owned(), Json::from(name)),
        ("description".to_owned(), Json::from("")),
        ("renders".to_owned(), texts(&RENDERS)),
        ("parses".to_owned(), texts(&MEDIA_TYPES)),
    ]
}

/// What people call the place: `Book List`, `Book Instance`.
pub(super) fn name(exchange: &Exchange<'_, '_>) -> String {
    let suffix = match exchange.place {
        EntryPlace::List => "List",
        EntryPlace::Detail => "Instance",
    };
    let words = exchange.model.serializer.model.verbose_name();
    let words = words.split(' ').map(|word| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(chars).collect()
        })
    });
    format!("{} {suffix}", words.collect::<Vec<_>>().join(" "))
}

/// Whether `user` may use `method` here.
pub(super) fn may_send(
    exchange: &Exchange<'_, '_>,
    user: Option<&User>,
    method: &Method,
) -> Result<bool, ApiError> {
    let model = exchange.model;
    let allowed = access::check(
        model.permission,
        exchange.request,
        user,
        method,
        &model.serializer.model,
    );
    let allowed = match (allowed, exchange.place) {
        (Ok(()), EntryPlace::Detail) => {
            let handle = exchange
                .request
                .connections
                .get(&DatabaseAlias::default())?;
            exchange.changeable_row(&handle).map(drop)
        }
        (allowed, _) => allowed,
    };
    match allowed {
        Ok(()) => Ok(true),
        Err(ApiError::Refused(_)) => Ok(false),
        Err(failed) => Err(failed),
    }
}

fn describe(field: &SerializerField) -> Json {
    let mut pairs = vec![
        ("type".to_owned(), Json::from(field.kind.label())),
        ("required".to_owned(), Json::from(field.required)),
        ("read_only".to_owned(), Json::from(field.read_only)),
        ("label".to_owned(), Json::from(field.label.as_str())),
    ];
    if !field.help_text.is_empty() {
        pairs.push(("help_text".to_owned(), Json::from(field.help_text.as_str())));
    }
    let mut limit = |name: &str, value: Option<String>| {
        pairs.extend(value.map(|value| (name.to_owned(), Json::Number(value))));
    };
    limit(
        "min_length",
        field.min_length.map(|limit| limit.to_string()),
    );
    limit(
        "max_length",
        field.max_length.map(|limit| limit.to_string()),
    );
    limit("min_value", number(field.min_value.as_ref()));
    limit("max_value", number(field.max_value.as_ref()));
    if let SerializerKind::Decimal {
        max_digits,
        decimal_places,
    } = field.kind
    {
        limit("max_digits", Some(max_digits.to_string()));
        limit("decimal_places", Some(decimal_places.to_string()));
    }
    if let SerializerKind::Choice(choices) | SerializerKind::FilePath(choices) = &field.kind
        && !field.read_only
    {
        let choices = choices.iter().map(|choice| {
            Json::Object(vec![
                ("value".to_owned(), choice_json(choice)),
                ("display_name".to_owned(), Json::from(choice.label.as_str())),
            ])
        });
        pairs.push(("choices".to_owned(), Json::Array(choices.collect())));
    }
    Json::Object(pairs)
}

fn number(value: Option<&FieldValue>) -> Option<String> {
    match value {
        Some(FieldValue::Integer(number)) => Some(number.to_string()),
        _ => None,
    }
}
