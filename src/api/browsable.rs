//! The API as pages for people: what was answered, and boxes to send something (`BrowsableAPIRenderer`).
//!
//! It works without JavaScript: a form says in `_method` which method is meant, and holds a document in `_content`.

use std::sync::Arc;

use crate::api::answer::{ApiAnswer, ApiError};
use crate::api::body::CONTENT_FIELD;
use crate::api::exchange::Exchange;
use crate::api::json_response::indented;
use crate::api::metadata;
use crate::api::negotiation::ApiRenderer;
use crate::api::place::EntryPlace;
use crate::api::serializer::{Serializer, SerializerKind};
use crate::auth::User;
use crate::http::{Method, Response, url};
use crate::json::{Json, JsonStyle, JsonWriter};
use crate::templates::value::{Value, map};
use crate::templates::{Context, render_page};
use crate::text::escape_html;
use crate::views::{HttpError, Request};

const PAGE: &str = include_str!("pages/browsable.html");

/// The field of a form that says which method is meant.
const METHOD_FIELD: &str = "_method";

/// Spaces of a level of the document on a page.
const INDENT: usize = 4;

/// The method of `request`; a form of a page may mean another one than `POST`.
pub(super) fn method(request: &Request<'_>, renderer: ApiRenderer) -> Method {
    if renderer != ApiRenderer::Html || request.method != Method::Post {
        return request.method.clone();
    }
    let named = request
        .post()
        .ok()
        .and_then(|form| form.get(METHOD_FIELD).map(Method::from_name));
    match named {
        Some(method @ (Method::Put | Method::Patch | Method::Delete)) => method,
        _ => Method::Post,
    }
}

/// The page with `answer`.
pub(super) fn page(
    exchange: &Exchange<'_, '_>,
    method: &Method,
    answer: ApiAnswer,
    allow: &str,
) -> Result<Response, HttpError> {
    let request = exchange.request;
    let shown = shown(&answer);
    let user = user(request)?;
    let may_read = answer.status != 401 && answer.status != 403 && answer.status != 404;
    let may = |method: &Method| {
        let is_allowed = may_read && allow.split(", ").any(|known| known == method.as_str());
        Ok::<bool, HttpError>(
            is_allowed && asked(metadata::may_send(exchange, user.as_deref(), method))?,
        )
    };
    let (post, put, delete) = match exchange.place {
        EntryPlace::List => (may(&Method::Post)?, false, false),
        EntryPlace::Detail => (false, may(&Method::Put)?, may(&Method::Delete)?),
    };
    let serializer = &exchange.model.serializer;
    let document = Json::parse(&shown).unwrap_or(Json::Null);
    let is_row =
        exchange.place == EntryPlace::Detail && answer.status == 200 && *method != Method::Options;
    let new_row = || serializer.new_row(&request.state.models);
    let known = is_row.then(|| document.clone()).or_else(new_row);
    let template = template(serializer, known.as_ref());
    let list = exchange.place == EntryPlace::Detail;
    let list = list
        .then(|| {
            request
                .urls
                .reverse(&format!("{}-list", exchange.model.basename), &[], &[])
                .ok()
        })
        .flatten();
    let context = context(request, method, &answer, &shown, allow)?
        .with("title", metadata::name(exchange))
        .with("template", template)
        .with("files", file_inputs(serializer))
        .with("post", post)
        .with("put", put)
        .with("delete", delete)
        .with("list", list.unwrap_or_default())
        .with("next", address(&document, "next"))
        .with("previous", address(&document, "previous"))
        .with("content_field", CONTENT_FIELD)
        .with("method_field", METHOD_FIELD)
        .with("csrf_input", csrf_input(request));
    rendered(context, answer)
}

/// The page with `answer` of a place called `title` where nothing can be sent.
pub(super) fn page_to_read(
    request: &Request<'_>,
    title: &str,
    answer: ApiAnswer,
    allow: &str,
) -> Result<Response, HttpError> {
    let shown = shown(&answer);
    let context = context(request, &request.method, &answer, &shown, allow)?;
    let mut context = context.with("title", title);
    for name in ["list", "next", "previous"] {
        context.set(name, "");
    }
    for name in ["post", "put", "delete"] {
        context.set(name, false);
    }
    rendered(context, answer)
}

fn user(request: &Request<'_>) -> Result<Option<Arc<User>>, HttpError> {
    match &request.user {
        Some(user) => user.get(),
        None => Ok(None),
    }
}

/// The document of `answer` as people read it.
fn shown(answer: &ApiAnswer) -> String {
    indented(answer.body.clone().unwrap_or_default(), Some(INDENT))
}

/// What every page shows.
fn context(
    request: &Request<'_>,
    method: &Method,
    answer: &ApiAnswer,
    shown: &str,
    allow: &str,
) -> Result<Context, HttpError> {
    let headers = answer.headers.iter();
    let headers = headers.map(|(name, value)| format!("{name}: {value}"));
    let user = user(request)?;
    let username = user.map(|user| user.username.clone());
    Ok(Context::default()
        .with("method", method.as_str())
        .with("address", request.full_path())
        .with("path", request.path.as_str())
        .with("status", answer.status)
        .with("headers", Value::from(headers.collect::<Vec<_>>()))
        .with("allow", allow)
        .with("body", Value::from_safe_string(linked(shown)))
        .with("username", username.unwrap_or_default()))
}

fn rendered(context: Context, answer: ApiAnswer) -> Result<Response, HttpError> {
    let page = render_page(PAGE, context)?;
    // A browser shows no page for what has no content.
    let status = if answer.status == 204 {
        200
    } else {
        answer.status
    };
    let mut response = Response::html(status, page);
    for (name, value) in answer.headers {
        response.headers.set(name, value);
    }
    Ok(response)
}

fn asked(allowed: Result<bool, ApiError>) -> Result<bool, HttpError> {
    match allowed {
        Ok(allowed) => Ok(allowed),
        Err(ApiError::Refused(_)) => Ok(false),
        Err(ApiError::Failed(error)) => Err(error),
    }
}

fn csrf_input(request: &Request<'_>) -> Value {
    request
        .csrf
        .as_ref()
        .map_or_else(|| Value::from(""), |csrf| csrf.input())
}

fn address(document: &Json, name: &str) -> String {
    let found = document.get(name).and_then(Json::as_str);
    found
        .filter(|_| document.get("results").is_some())
        .unwrap_or_default()
        .to_owned()
}

/// What is beside the document: a field for each file.
fn file_inputs(serializer: &Serializer) -> Value {
    let fields = serializer.fields.iter().filter(|field| !field.read_only);
    let inputs = fields.filter_map(|field| match &field.kind {
        SerializerKind::File(file) => Some(map([
            ("name", field.name.as_str()),
            ("label", field.label.as_str()),
            ("accept", if file.is_image { "image/*" } else { "" }),
        ])),
        _ => None,
    });
    inputs.collect()
}

/// A document to begin with: what the row has, or a new one, or nothing for each field.
fn template(serializer: &Serializer, row: Option<&Json>) -> String {
    let fields = serializer.fields.iter().filter(|field| !field.read_only);
    // A document holds no files.
    let fields = fields.filter(|field| !matches!(field.kind, SerializerKind::File(_)));
    let pairs = fields.map(|field| {
        let known = row.and_then(|row| row.get(&field.name)).cloned();
        let known = known.filter(|known| *known != Json::Null || field.allow_null);
        let empty = || match field.kind {
            SerializerKind::ManyRelated { .. } => Json::Array(Vec::new()),
            SerializerKind::Boolean => Json::from(false),
            _ if field.kind.is_text() => Json::from(""),
            _ => Json::Null,
        };
        (field.name.clone(), known.unwrap_or_else(empty))
    });
    let mut writer = JsonWriter::new(JsonStyle {
        indent: Some(INDENT),
        comma: ",",
        colon: ": ",
        ascii: false,
    });
    writer.object(&pairs.collect::<Vec<_>>());
    writer.into_text()
}

/// `document` as HTML, its addresses of the web as links.
fn linked(document: &str) -> String {
    let mut html = String::with_capacity(document.len());
    for line in document.split_inclusive('\n') {
        match web_address(line) {
            Some(address) => {
                let (before, behind) = line.split_once(address).unwrap_or((line, ""));
                html.push_str(&escape_html(before));
                html.push_str("<a rel=\"nofollow\" href=\"");
                html.push_str(&escape_html(address));
                html.push_str("\">");
                html.push_str(&escape_html(address));
                html.push_str("</a>");
                html.push_str(&escape_html(behind));
            }
            None => html.push_str(&escape_html(line)),
        }
    }
    html
}

/// The address that is the value of a line, if it is one of the web.
fn web_address(line: &str) -> Option<&str> {
    let value = line.trim().trim_end_matches(',');
    let value = value.rsplit_once("\": ").map_or(value, |(_, value)| value);
    let address = value.strip_prefix('"')?.strip_suffix('"')?;
    let scheme = url::split(address)?.scheme;
    let is_plain = !address.contains(['"', '\\', ' ', '<', '>']);
    (is_plain && (scheme == "http" || scheme == "https")).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn only_addresses_of_the_web_become_links_and_all_is_escaped() {
        let document = "{\n    \"url\": \"https://a.de/?x=1&y=2\",\n    \"evil\": \"javascript:alert(1)\",\n    \"text\": \"<script>\"\n}";
        let html = linked(document);
        assert!(
            html.contains("<a rel=\"nofollow\" href=\"https://a.de/?x=1&amp;y=2\">"),
            "{html}"
        );
        assert!(
            !html.contains("<script>") && !html.contains("href=\"javascript"),
            "{html}"
        );
        let broken = linked("\"https://a.de/\\\" onmouseover=alert(1) x=\\\"\"");
        assert!(!broken.contains("<a "), "{broken}");
    }
}
