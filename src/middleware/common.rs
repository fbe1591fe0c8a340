//! `common`: hosts that are not this site's, slashes that were left out, and the length of the body.

use crate::http::host::Host;
use crate::http::{Method, Response};
use crate::views::{HttpError, Request, error_response};

use super::chain::Next;

/// Its name in `[project] middleware`.
pub(super) const NAME: &str = "common";

/// 1. Refuses other hosts. 2. Sends `/a` to `/a/` where only that exists. 3. Says how long the body is.
pub(super) fn run(request: &mut Request<'_>, next: Next<'_>) -> Result<Response, HttpError> {
    if !request.is_for_this_host() {
        return Err(wrong_host(request));
    }
    // Django makes the page for a 404 first and throws it away; no view answers such a path.
    if needs_slash(request) {
        return with_slash(request);
    }
    let mut response = next.run(request);
    if let Some(size) = response.body.size() {
        response
            .headers
            .set_default("Content-Length", size.to_string());
    }
    Ok(response)
}

/// The page for a host that is not this site's.
pub(super) fn disallowed_host(request: &Request<'_>) -> Response {
    error_response(request, &wrong_host(request))
}

fn wrong_host(request: &Request<'_>) -> HttpError {
    let host = &request.host;
    let advice = match Host::parse(host) {
        Some(host) => format!("You may need to add '{}' to `allowed_hosts`.", host.domain),
        None => "The domain name provided is not valid according to RFC 1034/1035.".to_owned(),
    };
    HttpError::DisallowedHost(format!("Invalid HTTP_HOST header: '{host}'. {advice}"))
}

/// Whether a slash turns a path that leads nowhere into one that leads somewhere.
fn needs_slash(request: &Request<'_>) -> bool {
    let site = request.state;
    site.settings.project.append_slash
        && !request.path.ends_with('/')
        && request.resolved().is_none()
        && request
            .urls
            .resolve(&format!("{}/", request.path))
            .is_some_and(|found| !found.pattern.view.marks().has_no_slash_added)
}

fn with_slash(request: &Request<'_>) -> Result<Response, HttpError> {
    let location = request.full_path_of(&format!("{}/", request.path));
    let loses_data = matches!(
        request.method,
        Method::Post | Method::Put | Method::Patch | Method::Delete
    );
    if loses_data && request.state.settings.project.debug {
        let method = &request.method;
        let message = format!(
            "a form was sent by {method} to a URL that does not end in a slash, and a redirect would lose its data"
        );
        let host = &request.host;
        let hint =
            format!("have the form point to `{host}{location}`, or set `append_slash = false`");
        return Err(HttpError::internal(message, vec![hint]));
    }
    Ok(Response::redirect(&location, true))
}
