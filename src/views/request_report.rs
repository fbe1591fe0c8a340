//! A request as a mail to the admins tells it, and the settings of the site: without cookies, and without what is called like
//! a secret.

use std::fmt::Write as _;

use crate::http::{QueryDict, UploadedFiles, parse_cookies};
use crate::settings::is_secret_name;
use crate::text;
use crate::views::Request;

/// What stands in the place of a secret.
pub(super) const MASK: &str = "********";

/// Letters of a value at most.
const LONGEST: usize = 500;

/// Parts of the names of headers that are secrets or hold some.
const SECRET_HEADERS: [&str; 2] = ["cookie", "auth"];

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
    for section in sections(request) {
        write_fields(&mut report, section.title, &section.fields);
    }
    write_fields(&mut report, "headers", &headers(request));
    write_fields(&mut report, "settings", &settings(request));
    report
}

/// A part of what a request sent.
pub(super) struct ReportSection {
    /// Its name in Django.
    pub(super) title: &'static str,
    pub(super) fields: Vec<ShownField>,
}

/// The cookies of `request`, their values masked.
pub(super) fn cookies(request: &Request<'_>) -> ReportSection {
    let cookies = request.headers.get_all("Cookie").flat_map(parse_cookies);
    let fields = cookies.map(|(name, value)| masked(&name, &value, true));
    ReportSection {
        title: "COOKIES",
        fields: fields.collect(),
    }
}

/// What `request` sent: its parameters, form and files, as far as there are any.
pub(super) fn sections(request: &Request<'_>) -> Vec<ReportSection> {
    let query = request.get().unwrap_or_default();
    let form = request.form_data().unwrap_or_default();
    let sections = [
        ("GET", fields(&query)),
        ("POST", fields(&form.fields)),
        ("FILES", files(&form.files)),
    ];
    let sections = sections
        .into_iter()
        .filter(|(_, fields)| !fields.is_empty());
    sections
        .map(|(title, fields)| ReportSection { title, fields })
        .collect()
}

/// The settings that say something else than the default, secrets masked.
pub(super) fn settings(request: &Request<'_>) -> Vec<ShownField> {
    let settings = request.state.settings.all().into_iter();
    let set = settings.filter(|setting| setting.differs() || !setting.known);
    set.map(|setting| ShownField {
        name: setting.path,
        value: setting.value.unwrap_or_default(),
    })
    .collect()
}

/// The names and sizes of files that were sent.
fn files(files: &UploadedFiles) -> Vec<ShownField> {
    let files = files.iter();
    files
        .map(|(field, file)| ShownField {
            name: shown(field),
            value: format!("{} ({} bytes)", shown(file.name()), file.size()),
        })
        .collect()
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
    SECRET_HEADERS.iter().any(|part| name.contains(part)) || is_secret_name(&name)
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

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::is_secret_header;

    const GOLDEN: &str = include_str!("../../tests/parity/golden/errors.json");

    #[test]
    fn what_django_masks_is_masked() {
        let golden: Value = serde_json::from_str(GOLDEN).unwrap();
        for (name, is_masked) in golden["masked"].as_object().unwrap() {
            let header = name.trim_start_matches("HTTP_").replace('_', "-");
            assert_eq!(
                is_secret_header(&header),
                is_masked.as_bool().unwrap(),
                "{name}"
            );
        }
    }
}
