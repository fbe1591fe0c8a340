//! Reads the body of a request (`rest_framework.parsers`).

use crate::api::answer::ApiError;
use crate::api::python;
use crate::api::request_data::RequestData;
use crate::http::FormError;
use crate::json::{Json, JsonReader};
use crate::views::Request;

/// The types of bodies that are read, in the order in which they are told.
pub(super) const MEDIA_TYPES: [&str; 3] = [
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
];

/// Fields of the page for people that hold a document and the method it is meant for.
pub(super) const CONTENT_FIELD: &str = "_content";

/// The deepest that arrays and objects of a body may lie in each other: who goes through them goes as deep, on the stack
/// of a thread that answers requests, and nobody writes them deeper.
const MAX_DEPTH: usize = 500;

/// What `request` sent.
pub(super) fn read(request: &Request<'_>) -> Result<RequestData, ApiError> {
    let content_type = request.headers.get("Content-Type").unwrap_or_default();
    let media_type = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    let is_form = MEDIA_TYPES[1..].contains(&media_type.as_str());
    let body = request.body.as_bytes();
    if body.is_empty() && !is_form {
        return Ok(RequestData::Json(Json::Object(Vec::new())));
    }
    if is_form {
        let form = request.form_data();
        let form = form.map_err(|error| match error {
            FormError::NotStored(_) => ApiError::from(error),
            error => ApiError::new(400, format!("Multipart form parse error - {error}")),
        })?;
        return match form.fields.get(CONTENT_FIELD) {
            Some(document) => Ok(RequestData::Page {
                document: parse(document.as_bytes())?,
                files: form.files,
            }),
            None => Ok(RequestData::Form(form)),
        };
    }
    if media_type == MEDIA_TYPES[0] {
        return parse(body).map(RequestData::Json);
    }
    let detail = format!("Unsupported media type \"{content_type}\" in request.");
    Err(ApiError::new(415, detail))
}

fn parse(body: &[u8]) -> Result<Json, ApiError> {
    let wrong = |problem: String| ApiError::new(400, format!("JSON parse error - {problem}"));
    if std::str::from_utf8(body).is_err() {
        return Err(wrong("the document is not UTF-8".to_owned()));
    }
    if body.starts_with("\u{feff}".as_bytes()) {
        return Err(wrong(
            "the document begins with a byte order mark".to_owned(),
        ));
    }
    let mut reader = JsonReader::new(body).max_depth(MAX_DEPTH);
    let document = reader.value().map_err(|error| wrong(error.to_string()))?;
    if !reader
        .is_at_end()
        .map_err(|error| wrong(error.to_string()))?
    {
        return Err(wrong(format!(
            "more follows the document in line {}",
            reader.line()
        )));
    }
    match unknown_number(&document) {
        Some(number) => Err(wrong(format!("`{number}` is not a number of JSON"))),
        None => Ok(document),
    }
}

/// `NaN` and its like, which Python knows and JSON does not.
fn unknown_number(document: &Json) -> Option<&str> {
    match document {
        Json::Number(text)
            if !python::is_whole(text) && !text.contains(|c: char| c.is_ascii_digit()) =>
        {
            Some(text)
        }
        Json::Array(items) => items.iter().find_map(unknown_number),
        Json::Object(pairs) => pairs.iter().find_map(|(_, value)| unknown_number(value)),
        _ => None,
    }
}
