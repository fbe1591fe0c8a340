//! What a client gets where there is no page.
//!
//! With `debug` the page says why. Without it the project's own `400.html`, `403.html`, `403_csrf.html`, `404.html`,
//! `405.html` and `500.html` are shown, or a page that looks like those of a new project; none of them learns what
//! went wrong inside.

use crate::http::percent::{encode, safe};
use crate::http::{InvalidTarget, Response, seconds_rounded_up};
use crate::templates::{Context, render_page};
use crate::text;
use crate::views::{AppState, HttpError, Request, debug, render};

const PAGE: &str = include_str!("pages/plain.html");

/// Seconds after which a client that was too many may come back.
const RETRY_AFTER: &str = "5";

/// Where the way home leads that is known without a request.
const HOME: &str = "/";

/// A page for a kind of error: what happened, and what to do.
struct ErrorPage {
    status: u16,
    /// The template of the project that takes its place.
    template: &'static str,
    title: &'static str,
    message: &'static str,
}

const BAD_REQUEST: ErrorPage = ErrorPage {
    status: 400,
    template: "400.html",
    title: "This request cannot be read",
    message: "Something in it is not as this site expects it. Go back, load the page again and try once more.",
};

const FORBIDDEN: ErrorPage = ErrorPage {
    status: 403,
    template: "403.html",
    title: "You may not see this page",
    message: "Your account does not have the right to. If it should, ask those who run this site.",
};

const CSRF: ErrorPage = ErrorPage {
    status: 403,
    template: "403_csrf.html",
    title: "The form was not accepted",
    message: "Nothing was changed. Go back, load the page with the form again, and send it once more; the browser must take cookies from this site.",
};

const NOT_FOUND: ErrorPage = ErrorPage {
    status: 404,
    template: "404.html",
    title: "There is no such page",
    message: "It may have moved, or the address has a mistake in it.",
};

const METHOD_NOT_ALLOWED: ErrorPage = ErrorPage {
    status: 405,
    template: "405.html",
    title: "This page does not work that way",
    message: "It answers another kind of request. Go back, and use the links and buttons of the site.",
};

const TOO_MANY_REQUESTS: ErrorPage = ErrorPage {
    status: 429,
    template: "429.html",
    title: "Too many attempts",
    message: "Please wait a while, then try again.",
};

const SERVER_ERROR: ErrorPage = ErrorPage {
    status: 500,
    template: "500.html",
    title: "Something went wrong",
    message: "This page could not be made. The mistake is ours; please try again in a little while.",
};

const BUSY: ErrorPage = ErrorPage {
    status: 503,
    template: "503.html",
    title: "Too much is going on",
    message: "Please try again in a few seconds.",
};

/// The page for a request that failed, which is also logged.
pub fn error_response(request: &Request<'_>, error: &HttpError) -> Response {
    log(request, error);
    let debug = request.state.settings.project.debug;
    match error {
        HttpError::TooManyRequests { retry_after } => {
            own_page(request, error, &TOO_MANY_REQUESTS).too_many_requests(*retry_after)
        }
        HttpError::ServiceUnavailable(_) => {
            let mut response = own_page(request, error, &BUSY);
            response.headers.append("Retry-After", RETRY_AFTER);
            response
        }
        HttpError::MethodNotAllowed { allow } => {
            let mut response = own_page(request, error, &METHOD_NOT_ALLOWED);
            response.headers.set("Allow", allow.as_str());
            response
        }
        HttpError::Forbidden(_) => own_page(request, error, &FORBIDDEN),
        HttpError::Csrf(_) if !debug || request.state.templates.has(CSRF.template) => {
            own_page(request, error, &CSRF)
        }
        _ if debug => debug::page(request, error),
        HttpError::NotFound(_) => own_page(request, error, &NOT_FOUND),
        HttpError::BadRequest(_) => own_page(request, error, &BAD_REQUEST),
        _ => page_without_request(request.state, &SERVER_ERROR),
    }
}

/// The response to a request whose target is not valid.
pub fn bad_request(site: &AppState, error: InvalidTarget) -> Response {
    site.log.warn(format!("Bad Request: {error}"));
    page_without_request(site, &BAD_REQUEST)
}

fn log(request: &Request<'_>, error: &HttpError) {
    let (log, path) = (&request.state.log, &request.path);
    match error {
        HttpError::NotFound(_) => log.warn(format!("Not Found: {path}")),
        HttpError::Forbidden(reason) | HttpError::Csrf(reason) => {
            log.warn(format!("Forbidden ({reason}): {path}"));
        }
        HttpError::MethodNotAllowed { .. } => {
            log.warn(format!(
                "Method Not Allowed ({}): {path}",
                request.method.as_str()
            ));
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

/// What a page says beside its message: for how long somebody is refused and, with `debug`, why.
fn told(request: &Request<'_>, error: &HttpError) -> String {
    if let HttpError::TooManyRequests { retry_after } = error {
        let wait = text::waiting_time(seconds_rounded_up(*retry_after));
        return format!("The next attempt is possible in {wait}.");
    }
    if request.state.settings.project.debug {
        return error.messages().join(": ");
    }
    String::new()
}

/// The project's page for this error, or the one that comes with djr.
fn own_page(request: &Request<'_>, error: &HttpError, page: &ErrorPage) -> Response {
    if !request.state.templates.has(page.template) {
        let told = told(request, error);
        let home = request.urls.reverse("home", &[], &[]);
        return page.plain(home.as_deref().unwrap_or(HOME), &told);
    }
    let mut context = Context::default().with("request_path", encode(&request.path, safe::SLASH));
    if let HttpError::NotFound(message) | HttpError::Forbidden(message) = error {
        context.set("exception", message.as_str());
    }
    match render(request, page.template, context) {
        Ok(text) => Response::html(page.status, text),
        Err(second) => {
            log(request, &second);
            if request.state.settings.project.debug {
                return debug::page(request, &second);
            }
            page_without_request(request.state, &SERVER_ERROR)
        }
    }
}

/// The project's page or the one that comes with djr, made without the request, as that may be what is wrong.
fn page_without_request(site: &AppState, page: &ErrorPage) -> Response {
    let name = page.template;
    if site.templates.has(name) {
        let context = Context::default().with("site", site.site_settings.clone());
        match site.templates.render(name, context) {
            Ok((text, _)) => return Response::html(page.status, text),
            Err(error) => site
                .log
                .error(format!("Internal Server Error: {name}: {error}")),
        }
    }
    page.plain(HOME, "")
}

impl ErrorPage {
    /// The page that comes with djr; `reason` is empty where nobody is to know it.
    fn plain(&self, home: &str, reason: &str) -> Response {
        let context = Context::default()
            .with("status", self.status)
            .with("title", self.title)
            .with("message", self.message)
            .with("reason", reason)
            .with("home", home);
        match render_page(PAGE, context) {
            Ok(page) => Response::html(self.status, page),
            Err(_) => Response::text(self.status, self.title),
        }
    }
}
