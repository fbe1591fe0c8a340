//! What a client gets where there is no page.
//!
//! With `debug` the page says why. Without it the templates `404.html`, `500.html`, `403.html`, `400.html` and
//! `403_csrf.html` are shown, or a plain page; none of them learns what went wrong inside.

use crate::http::percent::{encode, safe};
use crate::http::{InvalidTarget, Response};
use crate::templates::{Context, render_page};
use crate::views::{AppState, HttpError, Request, debug, render};

const PAGE: &str = include_str!("pages/plain.html");

/// Seconds after which a client that was too many may come back.
const RETRY_AFTER: &str = "5";

const CSRF_MESSAGE: &str = "CSRF verification failed. Request aborted.";

/// The page for a request that failed, which is also logged.
pub fn error_response(request: &Request<'_>, error: &HttpError) -> Response {
    log(request, error);
    let debug = request.state.settings.project.debug;
    match error {
        HttpError::TooManyRequests { retry_after } => {
            let message = "Too many attempts. Please try again later.";
            plain(429, "Too Many Requests", message).too_many_requests(*retry_after)
        }
        HttpError::ServiceUnavailable(_) => busy(),
        HttpError::Csrf(_) if debug && !request.state.templates.has("403_csrf.html") => {
            csrf_help(request, error)
        }
        HttpError::Csrf(_) | HttpError::Forbidden(_) => own_page(request, error),
        _ if debug => debug::page(request, error),
        HttpError::Template(_) | HttpError::Internal(_) => server_error(request.state),
        _ => own_page(request, error),
    }
}

/// The response to a request whose target is not valid.
pub fn bad_request(site: &AppState, error: InvalidTarget) -> Response {
    site.log.warn(format!("Bad Request: {error}"));
    plain(400, "Bad Request (400)", "")
}

fn log(request: &Request<'_>, error: &HttpError) {
    let (log, path) = (&request.state.log, &request.path);
    match error {
        HttpError::NotFound(_) => log.warn(format!("Not Found: {path}")),
        HttpError::Forbidden(reason) | HttpError::Csrf(reason) => {
            log.warn(format!("Forbidden ({reason}): {path}"));
        }
        HttpError::BadRequest(reason) => log.warn(format!("Bad Request ({reason}): {path}")),
        HttpError::TooManyRequests { .. } => log.warn(format!("Too Many Requests: {path}")),
        HttpError::ServiceUnavailable(reason) => {
            log.warn(format!("Service Unavailable ({reason}): {path}"));
        }
        HttpError::Template(error) => log.error(format!("Internal Server Error: {path}: {error}")),
        HttpError::Internal(problem) => {
            let messages = problem.messages.join(": ");
            log.error(format!("Internal Server Error: {path}: {messages}"));
        }
    }
}

/// The project's page for this error, or a plain one.
fn own_page(request: &Request<'_>, error: &HttpError) -> Response {
    let (name, title, message) = match error {
        HttpError::NotFound(_) => (
            "404.html",
            "Not Found",
            "The requested resource was not found on this server.",
        ),
        HttpError::Csrf(_) => ("403_csrf.html", "Forbidden (403)", CSRF_MESSAGE),
        HttpError::Forbidden(_) => ("403.html", "403 Forbidden", ""),
        _ => ("400.html", "Bad Request (400)", ""),
    };
    let status = error.status();
    if !request.state.templates.has(name) {
        return plain(status, title, message);
    }
    let mut context = Context::default();
    if let HttpError::NotFound(message) | HttpError::Forbidden(message) = error {
        context.set("request_path", encode(&request.path, safe::SLASH));
        context.set("exception", message.as_str());
    }
    match render(request, name, context) {
        Ok(page) => Response::html(status, page),
        Err(second) => {
            log(request, &second);
            if request.state.settings.project.debug {
                return debug::page(request, &second);
            }
            server_error(request.state)
        }
    }
}

/// The page for what went wrong inside: without the request, as that may be what is wrong.
fn server_error(site: &AppState) -> Response {
    const NAME: &str = "500.html";
    if site.templates.has(NAME) {
        let context = Context::default().with("site", site.site_settings.clone());
        match site.templates.render(NAME, context) {
            Ok((page, _)) => return Response::html(500, page),
            Err(error) => site
                .log
                .error(format!("Internal Server Error: {NAME}: {error}")),
        }
    }
    plain(500, "Server Error (500)", "")
}

fn csrf_help(request: &Request<'_>, error: &HttpError) -> Response {
    debug::page(request, error)
}

fn busy() -> Response {
    let mut response = plain(
        503,
        "Service Unavailable",
        "Too much is going on here. Try again in a few seconds.",
    );
    response.headers.append("Retry-After", RETRY_AFTER);
    response
}

fn plain(status: u16, title: &str, message: &str) -> Response {
    let context = Context::default()
        .with("title", title)
        .with("message", message);
    match render_page(PAGE, context) {
        Ok(page) => Response::html(status, page),
        Err(_) => Response::text(status, title),
    }
}
