//! Answers a request with the view of its path.

use crate::http::Response;
use crate::views::{HttpError, Request, access, error_response};

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
        return Err(HttpError::MethodNotAllowed {
            allow: pattern.allow(),
        });
    }
    let redirect = access::check_access(request, &pattern.access)?;
    let response = redirect.map_or_else(|| pattern.view.respond(request), Ok)?;
    Ok(with_page(request, response))
}

/// The response of a view; one that says no more than that the method is not allowed gets a page.
fn with_page(request: &Request<'_>, response: Response) -> Response {
    let allow = response.headers.get("Allow").filter(|_| {
        response.status == 405 && response.body.as_bytes().is_some_and(<[u8]>::is_empty)
    });
    let Some(allow) = allow else {
        return response;
    };
    let error = HttpError::MethodNotAllowed {
        allow: allow.to_owned(),
    };
    let mut page = error_response(request, &error);
    for (name, value) in response.headers.iter() {
        page.headers.set_default(name, value);
    }
    page
}
