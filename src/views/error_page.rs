//! The kinds of errors that have pages: what each says, and what a project may put in its place.

use crate::http::Response;
use crate::templates::{Context, render_page};
use crate::views::{HttpError, Request};

const PAGE: &str = include_str!("pages/plain.html");

/// A page for a kind of error: what happened, and what to do.
#[derive(Debug)]
pub(super) struct ErrorPage {
    /// The status of the response.
    pub(super) status: u16,
    /// Its name in `[handlers]`.
    pub(super) handler: &'static str,
    /// The template of the project that takes its place where there is no handler.
    pub(super) template: &'static str,
    /// What happened.
    pub(super) title: &'static str,
    /// What to do.
    pub(super) message: &'static str,
}

pub(super) const BAD_REQUEST: ErrorPage = ErrorPage {
    status: 400,
    handler: "400",
    template: "400.html",
    title: "This request cannot be read",
    message: "Something in it is not as this site expects it. Go back, load the page again and try once more.",
};

pub(super) const FORBIDDEN: ErrorPage = ErrorPage {
    status: 403,
    handler: "403",
    template: "403.html",
    title: "You may not see this page",
    message: "Your account does not have the right to. If it should, ask those who run this site.",
};

pub(super) const CSRF: ErrorPage = ErrorPage {
    status: 403,
    handler: "csrf",
    template: "403_csrf.html",
    title: "The form was not accepted",
    message: "Nothing was changed. Go back, load the page with the form again, and send it once more; the browser must take cookies from this site.",
};

pub(super) const NOT_FOUND: ErrorPage = ErrorPage {
    status: 404,
    handler: "404",
    template: "404.html",
    title: "There is no such page",
    message: "It may have moved, or the address has a mistake in it.",
};

pub(super) const METHOD_NOT_ALLOWED: ErrorPage = ErrorPage {
    status: 405,
    handler: "405",
    template: "405.html",
    title: "This page does not work that way",
    message: "It answers another kind of request. Go back, and use the links and buttons of the site.",
};

pub(super) const CONTENT_TOO_LARGE: ErrorPage = ErrorPage {
    status: 413,
    handler: "413",
    template: "413.html",
    title: "What was sent is too large",
    message: "Nothing of it was kept. Go back, and send less or a smaller file.",
};

pub(super) const TOO_MANY_REQUESTS: ErrorPage = ErrorPage {
    status: 429,
    handler: "429",
    template: "429.html",
    title: "Too many attempts",
    message: "Please wait a while, then try again.",
};

pub(super) const HEAD_TOO_LARGE: ErrorPage = ErrorPage {
    status: 431,
    handler: "431",
    template: "431.html",
    title: "The address or the cookies are too long",
    message: "Try a shorter address. If this page comes wherever you go, remove the cookies of this site from the browser.",
};

pub(super) const SERVER_ERROR: ErrorPage = ErrorPage {
    status: 500,
    handler: "500",
    template: "500.html",
    title: "Something went wrong",
    message: "This page could not be made. The mistake is ours; please try again in a little while.",
};

pub(super) const BUSY: ErrorPage = ErrorPage {
    status: 503,
    handler: "503",
    template: "503.html",
    title: "Too much is going on",
    message: "Please try again in a few seconds.",
};

/// All of them, in the order of their names in `[handlers]`.
const ALL: [&ErrorPage; 10] = [
    &BAD_REQUEST,
    &FORBIDDEN,
    &NOT_FOUND,
    &METHOD_NOT_ALLOWED,
    &CONTENT_TOO_LARGE,
    &TOO_MANY_REQUESTS,
    &HEAD_TOO_LARGE,
    &SERVER_ERROR,
    &BUSY,
    &CSRF,
];

/// The names of errors that `[handlers]` of `urls.toml` may have.
pub fn handler_names() -> Vec<&'static str> {
    ALL.iter().map(|page| page.handler).collect()
}

/// The form that a client reads.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum PageForm {
    /// A page, for browsers and for who takes anything.
    Html,
    /// An object with the text under `detail`, as APIs give it.
    Json,
    /// Plain text.
    Text,
}

impl PageForm {
    /// What the `Accept` of `request` asks for.
    pub(super) fn accepted_by(request: &Request<'_>) -> Self {
        if request.accepts_html() {
            Self::Html
        } else if request.accepts_json() {
            Self::Json
        } else {
            Self::Text
        }
    }
}

impl ErrorPage {
    /// The page for `error`.
    pub(super) fn of(error: &HttpError) -> &'static Self {
        match error {
            HttpError::NotFound(_) => &NOT_FOUND,
            HttpError::Forbidden(_) => &FORBIDDEN,
            HttpError::Csrf(_) => &CSRF,
            HttpError::BadRequest(_) | HttpError::DisallowedHost(_) => &BAD_REQUEST,
            HttpError::MethodNotAllowed { .. } => &METHOD_NOT_ALLOWED,
            HttpError::ContentTooLarge { .. } => &CONTENT_TOO_LARGE,
            HttpError::TooManyRequests { .. } => &TOO_MANY_REQUESTS,
            HttpError::ServiceUnavailable(_) => &BUSY,
            HttpError::Template(_) | HttpError::Internal(_) => &SERVER_ERROR,
        }
    }

    /// What comes with djr; `reason` is empty where nobody is to know it.
    pub(super) fn plain(&self, form: PageForm, home: &str, reason: &str) -> Response {
        match form {
            PageForm::Html => self.html(home, reason),
            PageForm::Json => {
                let parts = [self.title, reason].into_iter();
                let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
                json_error(self.status, &parts.join(": "), &[])
            }
            PageForm::Text => {
                let lines = [self.title, self.message, reason].into_iter();
                let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
                Response::text(self.status, lines.join("\n") + "\n")
            }
        }
    }

    fn html(&self, home: &str, reason: &str) -> Response {
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

/// An error for a program: an object with `detail`, and the lines of `more` under `hints` where there are any.
pub(super) fn json_error(status: u16, detail: &str, more: &[String]) -> Response {
    let mut body = serde_json::json!({ "detail": detail });
    if !more.is_empty() {
        body["hints"] = more.into();
    }
    Response::new(status, "application/json", body.to_string())
}
