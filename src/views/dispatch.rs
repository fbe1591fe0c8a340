//! Answers a request with the view of its path.

use crate::http::Response;
use crate::views::{HttpError, Request, access};

/// Answers `request` with the view of its path.
///
/// 1. A path without a pattern gives 404.
/// 2. A method that the pattern does not have gives 405.
/// 3. A page for users: visitors are redirected to the login, and users without the right get 403.
/// 4. The view answers.
pub fn dispatch(request: &Request<'_>) -> Result<Response, HttpError> {
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
