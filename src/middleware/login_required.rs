//! `login_required`: every page is for users, but for those that are open (Django's `LoginRequiredMiddleware`).
//!
//! What it asks is added to each pattern where the site is composed: so pages that are kept, APIs and checks know of it as they know of
//! the `login_required` of an entry. On the way of a request nothing is left to do.

use crate::diagnostic::Location;
use crate::http::Response;
use crate::urls::{AccessRequirement, AccessRight};
use crate::views::{HttpError, Request, UrlPatterns};

use super::chain::Next;

/// Its name in the settings.
pub const NAME: &str = "login_required";

/// Hands the request on.
#[expect(clippy::unnecessary_wraps, reason = "all middleware has one type")]
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
    Ok(next.run(request))
}

/// Has all of `urls` ask for a login, as the settings say at `location`, but those that are open.
pub fn ask_everywhere(urls: &mut UrlPatterns, location: Option<&Location>) {
    for pattern in urls.patterns_mut() {
        if pattern.access.is_open || pattern.view.marks().is_open {
            continue;
        }
        pattern.access.requirements.push(AccessRequirement {
            right: AccessRight::Login,
            methods: Vec::new(),
            location: location.unwrap_or(&pattern.location).clone(),
        });
    }
}
