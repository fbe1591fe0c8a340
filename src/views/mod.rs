//! Views, and what they work with.
//!
//! * [`AppState`] is everything that answers, read once; [`Request`] is a request on its way through it.
//! * [`LazySession`], [`LazyUser`], [`Messages`] and [`Csrf`] are read when a view or a template asks for them, which marks them as read.
//! * [`build`] makes the [`View`] that an entry of `urls.toml` names; [`respond`] runs the one of a request.
//! * An [`HttpError`] becomes a page in [`error_response`]: with `debug` one that shows where, without it one that tells nothing.

mod access;
mod app_state;
mod auth;
mod background_tasks;
mod context;
mod csrf;
mod debug;
mod error_pages;
mod http_error;
mod log;
mod messages;
mod permissions;
mod redirect;
mod registry;
mod request;
mod session;
mod template;
mod user;

pub(crate) use access::is_path_or_url;
pub(crate) use app_state::template_value;
pub use app_state::{AppState, UrlPatterns};
pub use background_tasks::BackgroundTasks;
pub use csrf::{Csrf, FIELD as CSRF_FIELD};
pub use debug::findings_page;
pub use error_pages::{bad_request, error_response};
pub use http_error::{HttpError, InternalError};
pub use log::{Log, Record};
pub use messages::Messages;
pub use registry::build;
pub use request::Request;
pub use session::LazySession;
pub use user::LazyUser;

use std::fmt;

use crate::http::Response;

/// What answers the requests of a pattern.
pub trait View: fmt::Debug + Send + Sync {
    /// Answers a request.
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError>;

    /// The names of the patterns it leads to, for the check of the project.
    fn pattern_names(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// Answers `request` with the view of its path.
///
/// 1. No pattern: 404. 2. A method that the pattern does not have: 405.
/// 3. A page for users: others go to the login, and users without the right get 403. 4. The view.
pub fn respond(request: &Request<'_>) -> Result<Response, HttpError> {
    let Some(found) = request.resolved() else {
        return Err(HttpError::NotFound(request.path.clone()));
    };
    let pattern = found.pattern;
    if !pattern.answers(&request.method) {
        return Ok(Response::method_not_allowed(&pattern.allow()));
    }
    let redirect = access::check_access(request, &pattern.access)?;
    redirect.map_or_else(|| pattern.view.respond(request), Ok)
}

/// The answer to OPTIONS.
fn answer_options(allowed: &str) -> Response {
    let mut response = Response::html(200, "");
    response.headers.append("Allow", allowed);
    response.headers.append("Content-Length", "0");
    response
}
