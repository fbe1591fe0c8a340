//! What stands in the panel.

use std::time::Duration;

use crate::http::{Response, parse_cookies};
use crate::logging::CapturedRecord;
use crate::settings::is_secret_name;
use crate::templates::value::{Value, map};
use crate::templates::{Context, TemplateError, render_page};
use crate::views::Request;
use crate::views::debug_panel::queries::{duplicates, queries, repeated};
use crate::views::debug_panel::trace::{RenderedTemplate, RequestTrace};
use crate::views::request_report::{MASK, ShownField, headers, settings, shown};

const PANEL: &str = include_str!("../pages/debug_panel.html");

/// The panel for the response to `request`.
pub(super) fn panel(
    request: &Request<'_>,
    response: &Response,
    trace: &RequestTrace,
    records: &[CapturedRecord],
    style_sheet: &str,
) -> Result<String, TemplateError> {
    let elapsed = trace.elapsed();
    let noted = trace.noted();
    let secrets = secrets(request, response);
    let of_database: Duration = noted
        .statements
        .iter()
        .map(|statement| statement.duration)
        .sum();
    let names = noted
        .templates
        .iter()
        .map(|template| 1 + template.used.len());
    let context = Context::default()
        .with("style_sheet", style_sheet)
        .with("milliseconds", milliseconds(elapsed))
        .with("database_milliseconds", milliseconds(of_database))
        .with(
            "query_count",
            noted.statements.len() + noted.more_statements,
        )
        .with("more_queries", noted.more_statements)
        .with("duplicates", duplicates(&noted))
        .with("repeated", repeated(&noted))
        .with("queries", queries(request, &noted, &secrets))
        .with(
            "templates",
            noted.templates.iter().map(template).collect::<Vec<_>>(),
        )
        .with("template_count", names.sum::<usize>())
        .with("records", records.iter().map(record).collect::<Vec<_>>())
        .with("request", pairs(&request_facts(request, response)))
        .with("session", session(request))
        .with("request_headers", pairs(&headers(request)))
        .with("response_headers", pairs(&response_headers(response)))
        .with("settings", pairs(&settings(request)));
    render_page(PANEL, context)
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.1}", duration.as_secs_f64() * 1000.0)
}

fn template(rendered: &RenderedTemplate) -> Value {
    map([
        ("name", Value::from(rendered.name.as_str())),
        ("used", Value::from(counted(&rendered.used))),
        ("context", Value::from(rendered.context.join(", "))),
        ("milliseconds", Value::from(milliseconds(rendered.duration))),
    ])
}

/// Each of `names` once, in order, with the times it stands there.
fn counted(names: &[String]) -> Vec<Value> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for name in names {
        match counts.iter_mut().find(|(known, _)| known == name) {
            Some((_, times)) => *times += 1,
            None => counts.push((name, 1)),
        }
    }
    let counted = counts
        .into_iter()
        .map(|(name, times)| map([("name", Value::from(name)), ("times", Value::from(times))]));
    counted.collect()
}

/// Texts that no part of the panel may show: those of cookies, and what forms call a secret.
fn secrets(request: &Request<'_>, response: &Response) -> Vec<String> {
    let cookies = request.headers.get_all("Cookie").flat_map(parse_cookies);
    let cookies = cookies.map(|(_, value)| value);
    let set = response.cookies().iter().map(|cookie| cookie.value.clone());
    let form = request
        .post()
        .map(|form| (*form).clone())
        .unwrap_or_default();
    let fields = form
        .iter()
        .filter(|(name, _)| is_secret_name(name) || name.contains("csrf"));
    let fields = fields.map(|(_, value)| value.to_owned());
    cookies.chain(set).chain(fields).collect::<Vec<_>>()
}

fn field(name: &str, value: impl Into<String>) -> ShownField {
    ShownField {
        name: name.to_owned(),
        value: value.into(),
    }
}

fn pairs(fields: &[ShownField]) -> Vec<Value> {
    let fields = fields.iter();
    let pair = |field: &ShownField| {
        map([
            ("name", field.name.as_str()),
            ("value", field.value.as_str()),
        ])
    };
    fields.map(pair).collect()
}

fn request_facts(request: &Request<'_>, response: &Response) -> Vec<ShownField> {
    let mut facts = vec![
        field("method", request.method.as_str()),
        field("path", shown(&request.path)),
        field("status", response.status.to_string()),
        field("client", request.peer.to_string()),
    ];
    if let Some(found) = request.resolved() {
        let pattern = found.pattern;
        facts.push(field("url", pattern.trail.join(" ")));
        facts.extend(
            pattern
                .name
                .as_ref()
                .map(|name| field("named", name.as_str())),
        );
        let kwargs = found.kwargs.iter();
        let kwargs: Vec<_> = kwargs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !kwargs.is_empty() {
            facts.push(field("captured", shown(&kwargs.join(", "))));
        }
    }
    let user = request.user.as_ref().and_then(|user| user.name_if_known());
    facts.extend(user.map(|name| field("user", shown(&name))));
    facts
}

/// The names in the session, where somebody has asked for it: the panel reads nothing.
fn session(request: &Request<'_>) -> Vec<String> {
    let Some(session) = request
        .session
        .as_ref()
        .filter(|session| session.is_accessed())
    else {
        return Vec::new();
    };
    let names = session.with(|session| session.data().names());
    names
        .unwrap_or_default()
        .iter()
        .map(|name| shown(name))
        .collect()
}

fn response_headers(response: &Response) -> Vec<ShownField> {
    let headers = response
        .headers
        .iter()
        .map(|(name, value)| field(name, shown(value)));
    let cookies = response.cookies().iter();
    let cookies = cookies.map(|cookie| field("Set-Cookie", format!("{}={MASK}", cookie.name)));
    headers.chain(cookies).collect()
}

fn record(record: &CapturedRecord) -> Value {
    map([
        ("level", record.level.name().to_owned()),
        ("logger", record.logger.clone()),
        ("message", shown(&record.message)),
    ])
}
