//! The view `redirect`: redirects to a `url` or to the url of a pattern.

use crate::diagnostic::Finding;
use crate::http::{Method, Response};
use crate::settings::AuthSettings;
use crate::urls::UrlArgument;
use crate::views::ViewEntry;
use crate::views::{Client, GetResponse, HttpError, NextPage, Request, View};

const ALLOWED: &str = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

#[derive(Debug)]
struct RedirectView {
    target: RedirectTarget,
    permanent: bool,
    query_string: bool,
}

#[derive(Debug)]
enum RedirectTarget {
    /// A URL; `%(name)s` stands for a captured value, as in Django.
    Url(String),
    /// The name of a pattern that takes the captured values.
    Pattern(String),
}

/// Reads the options of `redirect`.
pub(super) fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let (url, pattern) = (
        entry.fields.optional::<String>("url"),
        entry.fields.optional::<String>("pattern_name"),
    );
    let target = match (url, pattern) {
        (Some(url), None) => RedirectTarget::Url(url),
        (None, Some(name)) => RedirectTarget::Pattern(name),
        _ => {
            let message = "the view `redirect` needs a `url` or a `pattern_name`";
            return Err(entry.view.error("missing-key", message));
        }
    };
    Ok(Box::new(RedirectView {
        target,
        permanent: entry.fields.or("permanent", false),
        query_string: entry.fields.or("query_string", false),
    }))
}

impl View for RedirectView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        if request.method == Method::Options {
            return Ok(Response::options(self.allowed()));
        }
        let mut location = match &self.target {
            RedirectTarget::Url(url) => fill(url, request.kwargs()),
            RedirectTarget::Pattern(name) => {
                let kwargs = request.kwargs().iter();
                let kwargs: Vec<_> = kwargs
                    .map(|(name, value)| (name.clone(), value.to_string()))
                    .collect();
                request.urls.reverse(name, &[], &kwargs)?
            }
        };
        if self.query_string && !request.query.is_empty() {
            location = format!("{location}?{}", request.query);
        }
        Ok(Response::redirect(&location, self.permanent))
    }

    fn allowed(&self) -> &str {
        ALLOWED
    }

    fn pattern_names(&self) -> Vec<&str> {
        match &self.target {
            RedirectTarget::Pattern(name) => vec![name],
            RedirectTarget::Url(_) => Vec::new(),
        }
    }

    fn get_response<'v>(&'v self, _: Client, _: &'v AuthSettings) -> GetResponse<'v> {
        let (RedirectTarget::Url(target) | RedirectTarget::Pattern(target)) = &self.target;
        GetResponse::Redirect(NextPage {
            target,
            setting: None,
        })
    }
}

/// Puts captured values in; a value cannot begin another host or leave the path it stands in.
fn fill(url: &str, kwargs: &[(String, UrlArgument)]) -> String {
    let mut filled = url.to_owned();
    for (name, value) in kwargs {
        let value =
            crate::http::percent::encode(&value.to_string(), crate::http::percent::safe::SLASH);
        let value = if filled.starts_with("%(") {
            value.trim_start_matches('/').to_owned()
        } else {
            value
        };
        filled = filled.replace(&format!("%({name})s"), &value);
    }
    let filled = filled.replace("%%", "%");
    if url.starts_with("/%(") && filled.starts_with("//") {
        return format!("/{}", filled.trim_start_matches('/'));
    }
    filled
}
