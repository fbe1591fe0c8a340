//! A request as a mail to the admins tells it: without cookies, and without what is called like a secret.

use std::fmt::Write as _;

use crate::http::QueryDict;
use crate::settings::is_secret_name;
use crate::text;
use crate::views::Request;

/// What stands in the place of a secret.
pub(super) const MASK: &str = "********";

/// Letters of a value at most.
const LONGEST: usize = 500;

/// Headers that are secrets or hold some.
const SECRET_HEADERS: [&str; 3] = ["cookie", "authorization", "proxy-authorization"];

/// The request in lines of text.
pub(super) fn request_report(request: &Request<'_>) -> String {
    let mut report = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        report,
        "{} {}://{}{}\nclient: {}",
        request.method.as_str(),
        request.scheme(),
        shown(&request.host),
        shown(&request.path),
        request.peer
    );
    if let Some(name) = request.user.as_ref().and_then(|user| user.name_if_known()) {
        let _ = writeln!(report, "user: {}", shown(&name));
    }
    let query = request.get().unwrap_or_default();
    let form = request.post().map(|form| (*form).clone());
    write_fields(&mut report, "GET", &fields(&query));
    write_fields(&mut report, "POST", &fields(&form.unwrap_or_default()));
    write_fields(&mut report, "headers", &headers(request));
    report
}

/// A name and what is shown of its value.
#[derive(Debug)]
pub(super) struct ShownField {
    pub(super) name: String,
    pub(super) value: String,
}

/// The headers of `request`, secrets masked.
pub(super) fn headers(request: &Request<'_>) -> Vec<ShownField> {
    let headers = request.headers.iter();
    headers
        .map(|(name, value)| masked(name, value, is_secret_header(name)))
        .collect()
}

fn is_secret_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_HEADERS.contains(&name.as_str()) || is_secret_name(&name)
}

fn fields(fields: &QueryDict) -> Vec<ShownField> {
    let is_secret = |name: &str| is_secret_name(name) || name.contains("csrf");
    let fields = fields.iter();
    fields
        .map(|(name, value)| masked(name, value, is_secret(name)))
        .collect()
}

fn masked(name: &str, value: &str, is_secret: bool) -> ShownField {
    let value = if is_secret {
        MASK.to_owned()
    } else {
        shown(value)
    };
    ShownField {
        name: shown(name),
        value,
    }
}

/// `text` on one line and not too long.
pub(super) fn shown(text: &str) -> String {
    let escaped = text::escape_control(text);
    match escaped.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &escaped[..end]),
        None => escaped,
    }
}

fn write_fields(report: &mut String, title: &str, fields: &[ShownField]) {
    if fields.is_empty() {
        return;
    }
    let _ = writeln!(report, "\n{title}:");
    for ShownField { name, value } in fields {
        let _ = writeln!(report, "  {name}: {value}");
    }
}
