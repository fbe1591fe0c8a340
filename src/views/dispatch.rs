//! Answers a request with the view of its path.

use crate::clock;
use crate::http::Response;
use crate::views::{HttpError, Request, access, error_response};

/// Answers `request` with the view of its path.
///
/// 1. A path without a pattern gives 404.
/// 2. A request that is forged is refused; an API says so itself.
/// 3. A method that the pattern does not have gives 405.
/// 4. A page for users: visitors are redirected to the login, and users without the right get 403. An API says so itself.
/// 5. A page that is kept is the answer, to one who may see it.
/// 6. The view answers, and the pattern says what caches are told.
pub fn dispatch(request: &Request<'_>) -> Result<Response, HttpError> {
    let Some(found) = request.resolved() else {
        return Err(HttpError::NotFound(request.path.clone()));
    };
    let pattern = found.pattern;
    let forgery = request.csrf.as_ref().and_then(|csrf| csrf.forgery());
    if let Some(reason) = forgery.filter(|_| !pattern.view.is_api()) {
        return Err(HttpError::Csrf(reason));
    }
    if !pattern.answers(&request.method) {
        return Err(HttpError::MethodNotAllowed {
            allow: pattern.allow(),
        });
    }
    // An API finds out by itself who asks: of one that asks for rights nothing that is kept is handed out before.
    let asks_itself = pattern.view.is_api() && access::is_guarded(pattern, &request.method);
    if !asks_itself {
        if let Some(redirect) = access::check_access(request, pattern)? {
            return Ok(redirect);
        }
        if let Some(page) = request.page.as_ref().and_then(|page| page.kept()) {
            return Ok(page);
        }
    }
    let response = pattern.view.respond(request)?;
    let mut response = with_page(request, response);
    if pattern.caching.has_headers() {
        let now = clock::now().into();
        pattern.caching.apply(&mut response.headers, now);
    }
    Ok(response)
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
