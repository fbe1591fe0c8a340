//! Where a form leads once it is done.

use crate::http::Response;
use crate::messages::{Message, level};
use crate::views::ViewEntry;
use crate::views::{HttpError, Request, access};

/// `success_url`: the name of a url, or a path.
#[derive(Debug)]
pub(super) struct Target {
    url: String,
    /// Whether it is the page that says what was done.
    says_so: bool,
}

impl Target {
    /// Reads `success_url` of an entry; `default` is the url of a page that says what was done.
    pub(super) fn build(entry: &ViewEntry<'_, '_>, default: &str) -> Self {
        let url = entry.fields.optional::<String>("success_url");
        Self {
            says_so: url.is_none(),
            url: url.unwrap_or_else(|| default.to_owned()),
        }
    }

    /// Leads there; where that page says nothing of it, a message does.
    pub(super) fn lead(&self, request: &Request<'_>, done: &str) -> Result<Response, HttpError> {
        let path = access::resolve_url(request, &self.url)?;
        if !self.says_so {
            say(request, done);
        }
        Ok(Response::redirect(&path, false))
    }

    /// The name of the url, if it is one.
    pub(super) fn pattern_name(&self) -> Option<&str> {
        Some(self.url.as_str()).filter(|url| !access::is_path_or_url(url))
    }
}

/// Has the next page say that something was done; a site without messages says nothing.
pub(super) fn say(request: &Request<'_>, done: &str) {
    if let Some(messages) = &request.messages {
        messages.add(Message::new(level::SUCCESS, done));
    }
}
