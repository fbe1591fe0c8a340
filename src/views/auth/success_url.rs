//! Where a form leads once it is done, and the message that says so there.

use crate::messages::{Message, level};
use crate::views::ViewEntry;
use crate::views::{HttpError, NextPage, Request, resolve_url};

/// `success_url`: the name of a url, or a path.
#[derive(Debug)]
pub(super) struct SuccessUrl {
    url: String,
    /// Whether it leads to the page that says what was done.
    is_done_page: bool,
}

impl SuccessUrl {
    /// Reads `success_url` of an entry; `done_page` is the url of a page that says what was done.
    pub(super) fn build(entry: &ViewEntry<'_, '_>, done_page: &str) -> Self {
        let url = entry.fields.optional::<String>("success_url");
        Self {
            is_done_page: url.is_none(),
            url: url.unwrap_or_else(|| done_page.to_owned()),
        }
    }

    /// Its path.
    pub(super) fn resolve(&self, request: &Request<'_>) -> Result<String, HttpError> {
        resolve_url::resolve_url(request, &self.url)
    }

    /// `message`, unless the page it leads to says the same.
    pub(super) fn message(&self, message: &str) -> Option<String> {
        (!self.is_done_page).then(|| message.to_owned())
    }

    /// The same for the check that it can be opened.
    pub(super) fn next_page(&self) -> NextPage<'_> {
        NextPage {
            target: &self.url,
            setting: None,
        }
    }

    /// The name of the url, if it is one.
    pub(super) fn pattern_name(&self) -> Option<&str> {
        Some(self.url.as_str()).filter(|url| !resolve_url::is_path_or_url(url))
    }
}

/// Has the next page say that something was done; a site without messages says nothing.
pub(super) fn add_success_message(request: &Request<'_>, message: &str) {
    if let Some(messages) = &request.messages {
        messages.add(Message::new(level::SUCCESS, message));
    }
}
