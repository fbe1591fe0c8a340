//! `robots`: what search engines may look at, as `robots.txt` (RFC 9309).

use std::fmt::Write as _;

use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::views::absolute_url::absolute_url;
use crate::views::resolve_url::{is_path_or_url, resolve_url};
use crate::views::{HttpError, Request, View, ViewEntry};

/// The line that the rules for all robots stand below.
const ALL_ROBOTS: &str = "User-agent: *\n";

#[derive(Debug)]
struct RobotsView {
    /// The lines for all robots.
    rules: String,
    sitemaps: Vec<String>,
}

/// Reads the options of `robots`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let mut rules = ALL_ROBOTS.to_owned();
    for (key, word) in [("allow", "Allow"), ("disallow", "Disallow")] {
        for path in entry.fields.or(key, Vec::<String>::new()) {
            if !path.starts_with(['/', '*']) || path.contains(char::is_control) {
                let item = entry.fields.item(key).unwrap_or(entry.view);
                let message = format!("`{}` is not a path", path.escape_default());
                return Err(item
                    .error("wrong-value", message)
                    .hint("paths begin with `/`"));
            }
            writeln!(rules, "{word}: {path}").ok();
        }
    }
    if rules == ALL_ROBOTS {
        // Nothing is disallowed: a group needs a rule.
        rules.push_str("Disallow:\n");
    }
    Ok(Box::new(RobotsView {
        rules,
        sitemaps: entry.fields.or("sitemaps", Vec::new()),
    }))
}

impl View for RobotsView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        match request.method {
            Method::Get | Method::Head => {
                let mut text = self.rules.clone();
                for sitemap in &self.sitemaps {
                    let url = absolute_url(request, &resolve_url(request, sitemap)?)?;
                    writeln!(text, "Sitemap: {url}").ok();
                }
                Ok(Response::text(200, text))
            }
            Method::Options => Ok(Response::options(self.allowed())),
            _ => Ok(Response::method_not_allowed(self.allowed())),
        }
    }

    fn pattern_names(&self) -> Vec<&str> {
        let names = self.sitemaps.iter().filter(|name| !is_path_or_url(name));
        names.map(String::as_str).collect()
    }
}
