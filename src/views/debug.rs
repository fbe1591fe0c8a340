//! The pages that `debug = true` shows: what is wrong, where, and what to do.
//!
//! Values of cookies, and of fields and names that are called like a secret, are masked.

use crate::diagnostic::{Findings, Location};
use crate::http::{Response, reason_phrase};
use crate::templates::value::{Value, map};
use crate::templates::{Context, Excerpt, render_page};
use crate::urls::UrlPattern;
use crate::views::error_page::{PageForm, json_error};
use crate::views::request_report::{ReportSection, cookies, sections};
use crate::views::{HttpError, InternalError, Request, TracedCall, View};

const PAGE: &str = include_str!("pages/debug.html");

/// What a page shows.
#[derive(Debug, Default)]
struct DebugReport {
    status: u16,
    title: String,
    causes: Vec<String>,
    hints: Vec<String>,
    place: String,
    lines: Vec<Value>,
    findings: Vec<Value>,
    /// The calls that led there, with what the names of each stood for.
    traceback: Vec<Value>,
    /// The same as text, to be copied.
    copied: String,
    /// What the request sent, by parts.
    sent: Vec<Value>,
    /// The patterns, where none matches.
    tried: Vec<Value>,
    /// The pattern that matches, where its view found nothing.
    found: Option<Value>,
    facts: Vec<Value>,
    /// The way home, where it is not `/`.
    home: Option<String>,
}

impl DebugReport {
    fn new(status: u16, title: impl Into<String>) -> Self {
        Self {
            status,
            title: title.into(),
            ..Self::default()
        }
    }

    fn page(self) -> Response {
        let context = Context::default()
            .with("status", self.status)
            .with("reason", reason_phrase(self.status))
            .with("title", self.title)
            .with("causes", self.causes)
            .with("hints", self.hints)
            .with("place", self.place)
            .with("lines", self.lines)
            .with("findings", self.findings)
            .with("traceback", self.traceback)
            .with("copied", self.copied)
            .with("sent", self.sent)
            .with("tried", self.tried)
            .with("found", self.found)
            .with("facts", self.facts)
            .with("home", self.home.unwrap_or_else(|| "/".to_owned()));
        match render_page(PAGE, context) {
            Ok(page) => Response::html(self.status, page),
            Err(error) => Response::text(self.status, error.to_string()),
        }
    }

    fn text(&self) -> String {
        let parts = [&[self.title.clone()][..], &self.causes, &self.hints];
        parts.concat().join("\n") + "\n" + &self.copied
    }
}

/// The page that says why `request` failed.
pub(super) fn page(request: &Request<'_>, error: &HttpError) -> Response {
    let mut report = report(request, error);
    match PageForm::accepted_by(request) {
        PageForm::Html => {}
        PageForm::Json => {
            let detail = [&[report.title.clone()][..], &report.causes].concat();
            return json_error(report.status, &detail.join(": "), &report.hints);
        }
        PageForm::Text => return Response::text(report.status, report.text()),
    }
    report.facts = facts(request);
    let cookies = Some(cookies(request)).filter(|cookies| !cookies.fields.is_empty());
    report.sent = sections(request)
        .iter()
        .chain(&cookies)
        .map(section)
        .collect();
    report.home = request.urls.reverse("home", &[], &[]).ok();
    report.page()
}

/// The page for a project that was changed and cannot be used until it is mended.
pub fn findings_page(findings: &Findings) -> Response {
    let mut report = DebugReport::new(500, "The project has mistakes in it");
    let findings = findings.clone().into_inner();
    report.findings = findings
        .into_iter()
        .map(|finding| {
            let place = finding.location.as_ref().map(Location::to_string);
            let excerpt = finding
                .location
                .as_ref()
                .filter(|place| may_be_shown(place));
            let excerpt = excerpt.and_then(Excerpt::read);
            let pairs = [
                (
                    "lines",
                    Value::from(excerpt.as_ref().map(lines).unwrap_or_default()),
                ),
                ("place", Value::from(place.unwrap_or_default())),
                ("message", Value::from(finding.message)),
                ("hints", Value::from(finding.hints)),
            ];
            map(pairs)
        })
        .collect();
    report.page()
}

/// Whether the lines of a file may be shown: settings and the environment may hold secret keys.
fn may_be_shown(location: &Location) -> bool {
    let is_page = location
        .path
        .components()
        .any(|part| part.as_os_str() == "templates");
    let is_python = location.path.extension().is_some_and(|kind| kind == "py");
    is_page || is_python || location.path.ends_with("urls.toml")
}

fn report(request: &Request<'_>, error: &HttpError) -> DebugReport {
    let status = error.status();
    match error {
        HttpError::NotFound(message) => {
            let mut report =
                DebugReport::new(status, format!("Page not found at {}", request.path));
            if *message != request.path {
                report.causes.push(message.clone());
            }
            match request.resolved() {
                Some(found) => report.found = Some(tried(found.pattern)),
                None => report.tried = request.urls.patterns().iter().map(tried).collect(),
            }
            report
        }
        HttpError::Csrf(message) => {
            let mut report = DebugReport::new(status, message.clone());
            report.causes.push(CSRF_CAUSE.to_owned());
            report.hints = csrf_hints(request, message);
            report
        }
        HttpError::BadRequest(message)
        | HttpError::DisallowedHost(message)
        | HttpError::Forbidden(message) => DebugReport::new(status, message.clone()),
        HttpError::MethodNotAllowed { .. }
        | HttpError::ContentTooLarge { .. }
        | HttpError::TooManyRequests { .. } => DebugReport::new(status, error.messages().concat()),
        HttpError::ServiceUnavailable(message) => DebugReport::new(status, *message),
        HttpError::Template(error) => {
            let mut report = DebugReport::new(status, error.message.clone());
            report.hints.clone_from(&error.hints);
            if let Some(excerpt) = &error.excerpt {
                report.place = excerpt.location.to_string();
                report.lines = lines(excerpt);
            }
            report
        }
        HttpError::Internal(problem) => {
            let mut messages = problem.messages.iter().cloned();
            let mut report = DebugReport::new(status, messages.next().unwrap_or_default());
            report.causes = messages.collect();
            report.hints.clone_from(&problem.hints);
            report.traceback = problem.traceback.iter().map(call).collect();
            report.copied = copied(problem);
            if let Some(excerpt) = &problem.excerpt {
                report.place = excerpt.location.to_string();
                report.lines = lines(excerpt);
            }
            report
        }
    }
}

fn call(call: &TracedCall) -> Value {
    let locals = call.locals.iter();
    let locals: Vec<_> = locals.map(|(name, value)| fact(name, value)).collect();
    map([
        ("text", Value::from(call.text.as_str())),
        ("locals", Value::from(locals)),
    ])
}

/// What is wrong and the calls that led there, without what names stood for.
fn copied(problem: &InternalError) -> String {
    if problem.traceback.is_empty() {
        return String::new();
    }
    let calls = problem.traceback.iter().map(|call| call.text.clone());
    let lines: Vec<_> = calls.chain(problem.messages.iter().cloned()).collect();
    lines.join("\n") + "\n"
}

fn section(section: &ReportSection) -> Value {
    let fields = section.fields.iter();
    let fields: Vec<_> = fields
        .map(|field| fact(&field.name, &field.value))
        .collect();
    map([
        ("title", Value::from(section.title)),
        ("fields", Value::from(fields)),
    ])
}

fn fact(name: &str, value: &str) -> Value {
    map([("name", name), ("value", value)])
}

fn lines(excerpt: &Excerpt) -> Vec<Value> {
    let line = |(number, text): &(usize, String)| {
        let here = *number == excerpt.location.line;
        let caret = here.then(|| caret(text, excerpt.location.column));
        let pairs = [
            ("number", Value::from(*number)),
            ("text", Value::from(text.as_str())),
            ("here", Value::from(here)),
            ("caret", Value::from(caret.unwrap_or_default())),
        ];
        map(pairs)
    };
    excerpt.lines.iter().map(line).collect()
}

/// A line with `^` below the character of this number, from 1 on; empty where the whole line is meant.
fn caret(text: &str, column: usize) -> String {
    let Some(before) = column.checked_sub(1) else {
        return String::new();
    };
    // A tab is as wide below as above.
    let blanks = text
        .chars()
        .take(before)
        .map(|c| if c == '\t' { c } else { ' ' });
    blanks.chain(['^']).collect()
}

const CSRF_CAUSE: &str = "A form is taken from this site's own pages alone: the browser sends a cookie, the form the \
                          same secret in a field.";

/// What to do about a form that was refused for `reason`.
fn csrf_hints(request: &Request<'_>, reason: &str) -> Vec<String> {
    let of_origin = reason.starts_with("Origin") || reason.starts_with("Referer");
    let hints: &[&str] = if of_origin {
        &[
            "if a proxy in front ends HTTPS, name it in `trusted_proxies` of `[security]` and have it send `X-Forwarded-Proto`",
            "if the form stands on another site of yours, name that in `trusted_origins` of `[csrf]`, as \"https://example.com\"",
        ]
    } else {
        &[
            "write `{{ csrf_input }}` into the form, after `<form method=\"post\">`",
            "a script sends the cookie's value in the header `X-CSRFToken`",
            "a login in another tab makes a new secret: load the page with the form again",
        ]
    };
    let mut hints: Vec<_> = hints.iter().map(|hint| (*hint).to_owned()).collect();
    if request.state.settings.csrf.cookie.secure && !request.https {
        hints.insert(
            0,
            "`cookie_secure` of `[csrf]` is on and this page came over plain HTTP: the browser keeps the cookie back"
                .to_owned(),
        );
    }
    hints
}

fn tried(pattern: &UrlPattern<Box<dyn View>>) -> Value {
    let name = pattern.name.clone().unwrap_or_default();
    map([("route", pattern.trail.join(" ")), ("name", name)])
}

fn facts(request: &Request<'_>) -> Vec<Value> {
    let header = |name: &str| request.headers.get(name).unwrap_or_default().to_owned();
    let facts = [
        ("Method", request.method.as_str().to_owned()),
        ("Path", request.path.clone()),
        ("Host", request.host.clone()),
        ("Scheme", request.scheme().to_owned()),
        ("Client", request.peer.to_string()),
        ("User agent", header("User-Agent")),
        ("Version", format!("djr {}", env!("CARGO_PKG_VERSION"))),
    ];
    let told = facts.into_iter().filter(|(_, value)| !value.is_empty());
    told.map(|(name, value)| map([("name", name.to_owned()), ("value", value)]))
        .collect()
}
