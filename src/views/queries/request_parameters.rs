//! What conditions in `urls.toml` take from a request: `{ request = "user" }`, `{ captured = "slug" }`, `{ query = "tag" }`.

use crate::json::Json;
use crate::urls::UrlArgument;
use crate::values::FieldValue;
use crate::views::rows::key_value;
use crate::views::{HttpError, Request};

/// What parameters may be taken from.
pub(crate) const SOURCES: &[&str] = &["request", "captured", "query"];

/// The same for conditions that guard something: a visitor writes the query of an address as they like.
pub(crate) const GUARDING_SOURCES: &[&str] = &["request", "captured"];

/// Behind the name of a parameter of a query that stands beside `in`: all its values are meant.
pub(crate) const LIST: &str = "[]";

/// What a parameter is in a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ParameterValue {
    /// It has a value.
    Value(FieldValue),
    /// The visitor did not ask for anything: conditions on it are left out.
    NotAsked,
    /// There is no such thing, as the user of one who is not logged in: no row fits.
    Missing,
}

/// What the parameter `name`, such as `request.user`, is in `request`.
pub(crate) fn parameter(request: &Request<'_>, name: &str) -> Result<ParameterValue, HttpError> {
    let (source, name) = name.split_once('.').unwrap_or(("", name));
    match source {
        "request" => of_request(request, name),
        "captured" => Ok(captured(request, name)),
        _ => of_query(request, name),
    }
}

fn of_request(request: &Request<'_>, name: &str) -> Result<ParameterValue, HttpError> {
    let user = request.user()?;
    let Some(found) = user.get()? else {
        return Ok(ParameterValue::Missing);
    };
    let value = match name.split_once('.') {
        None | Some((_, "pk")) => Some(key_value(&found.pk)),
        Some((_, field)) => {
            let row = user.row()?;
            row.and_then(|row| row.instance()?.get(field).cloned())
        }
    };
    Ok(match value {
        None | Some(FieldValue::Null) => ParameterValue::Missing,
        Some(value) => ParameterValue::Value(value),
    })
}

fn captured(request: &Request<'_>, name: &str) -> ParameterValue {
    let found = request.kwargs().iter().find(|(key, _)| key == name);
    found.map_or(ParameterValue::Missing, |(_, argument)| {
        ParameterValue::Value(argument_value(argument))
    })
}

/// A captured value, as conditions compare it.
pub(crate) fn argument_value(argument: &UrlArgument) -> FieldValue {
    match argument {
        UrlArgument::Integer(number) => i64::try_from(*number).map_or_else(
            |_| FieldValue::Text(number.to_string()),
            FieldValue::Integer,
        ),
        UrlArgument::Text(text) => FieldValue::Text(text.clone()),
        UrlArgument::Boolean(value) => FieldValue::Boolean(*value),
    }
}

fn of_query(request: &Request<'_>, name: &str) -> Result<ParameterValue, HttpError> {
    let fields = request.get()?;
    let list = name.strip_suffix(LIST);
    let asked = fields.get_all(list.unwrap_or(name));
    let mut asked: Vec<_> = asked
        .into_iter()
        .filter(|value| !value.is_empty())
        .collect();
    let Some(value) = asked.pop() else {
        return Ok(ParameterValue::NotAsked);
    };
    if list.is_none() {
        return Ok(ParameterValue::Value(FieldValue::Text(value.to_owned())));
    }
    asked.push(value);
    let items = asked
        .into_iter()
        .map(|value| Json::String(value.to_owned()));
    Ok(ParameterValue::Value(FieldValue::Json(Json::Array(
        items.collect(),
    ))))
}
