//! References to other rows, as they are sent (`rest_framework.relations`).

use crate::api::addresses::{self, WrongAddress};
use crate::api::python;
use crate::api::serializer::context::SerializerContext;
use crate::api::serializer::field::RelatedTarget;
use crate::json::Json;
use crate::models::expression::{Comparison, Condition, Expression, Lookup};
use crate::models::{FieldKind, ModelSet as _};
use crate::query::{Query, QueryError};
use crate::values::{self, FieldValue};
use crate::views::HttpError;

/// Why a reference leads nowhere: a sentence for whoever sent it, or a failure of ours.
pub(super) enum RelationError {
    Invalid(String),
    Failed(HttpError),
}

impl From<HttpError> for RelationError {
    fn from(error: HttpError) -> Self {
        Self::Failed(error)
    }
}

impl From<QueryError> for RelationError {
    fn from(error: QueryError) -> Self {
        Self::Failed(error.into())
    }
}

fn invalid<T>(message: impl Into<String>) -> Result<T, RelationError> {
    Err(RelationError::Invalid(message.into()))
}

/// The value of the row that `data` refers to.
pub(super) fn read_one(
    context: &SerializerContext<'_, '_>,
    target: &RelatedTarget,
    data: &Json,
) -> Result<FieldValue, RelationError> {
    match &target.url_name {
        Some(url_name) => read_address(context, target, url_name, data),
        None => read_key(context, target, data),
    }
}

/// The values of the rows that the list `data` refers to.
pub(super) fn read_many(
    context: &SerializerContext<'_, '_>,
    target: &RelatedTarget,
    allow_empty: bool,
    data: &Json,
) -> Result<Vec<FieldValue>, RelationError> {
    let Json::Array(items) = data else {
        let found = python::type_name(data);
        return invalid(format!(
            "Expected a list of items but got type \"{found}\"."
        ));
    };
    if items.is_empty() && !allow_empty {
        return invalid("This list may not be empty.");
    }
    items
        .iter()
        .map(|item| read_one(context, target, item))
        .collect()
}

fn read_key(
    context: &SerializerContext<'_, '_>,
    target: &RelatedTarget,
    data: &Json,
) -> Result<FieldValue, RelationError> {
    let incorrect_type = || {
        let found = python::type_name(data);
        invalid(format!(
            "Incorrect type. Expected pk value, received {found}."
        ))
    };
    let kind = context
        .registry
        .value_kind(&target.field)
        .map_err(QueryError::from)?;
    let value = match key_value(context, kind, data) {
        KeyValue::Of(value) => value,
        KeyValue::WrongType => return incorrect_type(),
        KeyValue::OfNone => FieldValue::Null,
    };
    if value != FieldValue::Null && exists(context, target, &value)? {
        return Ok(value);
    }
    let written = python::text(data);
    if target.field.primary_key {
        return invalid(format!("Invalid pk \"{written}\" - object does not exist."));
    }
    let name = &target.field.name;
    invalid(format!("Object with {name}={written} does not exist."))
}

/// What JSON means as the key of a row.
enum KeyValue {
    Of(FieldValue),
    /// It cannot be a key.
    WrongType,
    /// No row has it for a key.
    OfNone,
}

fn key_value(context: &SerializerContext<'_, '_>, kind: &FieldKind, data: &Json) -> KeyValue {
    let is_half = matches!(data, Json::Utf16(_));
    if matches!(data, Json::Boolean(_)) || is_half {
        return KeyValue::WrongType;
    }
    if *data == Json::Null {
        return KeyValue::OfNone;
    }
    if kind.allows_empty_strings() {
        return KeyValue::Of(FieldValue::Text(python::text(data)));
    }
    if !is_integer(kind) {
        let read = values::from_json(kind, data, context.zone);
        return read.map_or(KeyValue::WrongType, KeyValue::Of);
    }
    let number = match data {
        Json::String(text) => python::int(text),
        Json::Number(text) if python::is_whole(text) => python::int(text),
        Json::Number(text) => text.parse().ok().and_then(truncated),
        _ => None,
    };
    match number {
        None => KeyValue::WrongType,
        Some(number) => match i64::try_from(number) {
            Ok(number) => KeyValue::Of(FieldValue::Integer(number)),
            Err(_) => KeyValue::OfNone,
        },
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a number beyond 128 bits becomes the nearest, which is not a key either"
)]
fn truncated(number: f64) -> Option<i128> {
    number.is_finite().then_some(number.trunc() as i128)
}

/// Whether keys of this kind are whole numbers.
pub(in crate::api) fn is_integer(kind: &FieldKind) -> bool {
    kind.is_auto()
        || matches!(
            kind,
            FieldKind::BigInteger
                | FieldKind::Integer
                | FieldKind::PositiveBigInteger
                | FieldKind::PositiveInteger
                | FieldKind::PositiveSmallInteger
                | FieldKind::SmallInteger
        )
}

fn read_address(
    context: &SerializerContext<'_, '_>,
    target: &RelatedTarget,
    url_name: &str,
    data: &Json,
) -> Result<FieldValue, RelationError> {
    let Some(address) = data.as_str() else {
        let found = python::type_name(data);
        return invalid(format!(
            "Incorrect type. Expected URL string, received {found}."
        ));
    };
    let Some(request) = context.request else {
        return invalid("Invalid hyperlink - No URL match.");
    };
    let key = match addresses::key_of(request, url_name, address) {
        Ok(key) => Json::String(key),
        Err(WrongAddress::NoMatch) => return invalid("Invalid hyperlink - No URL match."),
        Err(WrongAddress::OtherView) => return invalid("Invalid hyperlink - Incorrect URL match."),
    };
    let missing = "Invalid hyperlink - Object does not exist.";
    let by_key = RelatedTarget {
        field: target.model.primary_key().unwrap_or(&target.field).clone(),
        ..target.clone()
    };
    let kind = context
        .registry
        .value_kind(&by_key.field)
        .map_err(QueryError::from)?;
    let KeyValue::Of(value) = key_value(context, kind, &key) else {
        return invalid(missing);
    };
    if !exists(context, &by_key, &value)? {
        return invalid(missing);
    }
    if by_key.field.name == target.field.name {
        return Ok(value);
    }
    let rows = Query::of(&target.model)
        .filter(equals("pk", &value))
        .on(context.registry)?;
    let rows = rows.values_list(context.connection, &[&target.field.name])?;
    rows.into_iter()
        .flatten()
        .next()
        .map_or_else(|| invalid(missing), Ok)
}

fn exists(
    context: &SerializerContext<'_, '_>,
    target: &RelatedTarget,
    value: &FieldValue,
) -> Result<bool, QueryError> {
    let limits = target.limit_choices_to.iter().cloned();
    let query = limits.fold(Query::of(&target.model), Query::filter);
    let query = query.filter(equals(&target.field.name, value));
    query.on(context.registry)?.exists(context.connection)
}

/// The condition that `field` holds `value`.
pub(in crate::api) fn equals(field: &str, value: &FieldValue) -> Condition {
    Condition::Compare(Comparison {
        field: field.to_owned(),
        lookup: Lookup::Exact,
        operands: vec![Expression::Value(values::to_literal(value))],
    })
}
