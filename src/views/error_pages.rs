//! What a client gets where there is no page.
//!
//! 1. With `debug` a page says why, where that helps.
//! 2. The handler of `urls.toml`, or the project's own `400.html`, `403.html`, `403_csrf.html`, `404.html`, `405.html`, `413.html`,
//!    `431.html` and `500.html`, which know what Django's know.
//! 3. A page that looks like those of a new project, or JSON or text for a client that does not read pages.
//!
//! Without `debug` none of them learns what went wrong inside. One that fails itself is logged, and the plain page of a
//! server error takes its place: nothing here asks for a second page of the project.

use crate::http::percent::{encode, safe};
use crate::http::{InvalidTarget, Response, seconds_rounded_up};
use crate::templates::Context;
use crate::text;
use crate::views::error_log::log;
use crate::views::error_page::{
    BAD_REQUEST, CSRF, ErrorPage, HEAD_TOO_LARGE, PageForm, SERVER_ERROR,
};
use crate::views::{AppState, HttpError, Request, StaticPage, UrlPatterns, View, debug, render};

/// Seconds after which a client that was too many may come back.
const RETRY_AFTER: &str = "5";

/// Where the way home leads that is known without a request.
const HOME: &str = "/";

/// The page for a request that failed, which is also logged.
pub fn error_response(request: &Request<'_>, error: &HttpError) -> Response {
    log(request, error);
    let page = ErrorPage::of(error);
    let response = if is_explained(request, error, page) {
        debug::page(request, error)
    } else {
        own_page(request, error, page)
    };
    with_headers(response, error)
}

/// Whether the page with `debug` helps more than the one that visitors get.
fn is_explained(request: &Request<'_>, error: &HttpError, page: &ErrorPage) -> bool {
    let has_own = || {
        request.urls.handler(page.handler).is_some() || request.state.templates.has(page.template)
    };
    request.state.settings.project.debug
        && match error {
            HttpError::TooManyRequests { .. }
            | HttpError::ServiceUnavailable(_)
            | HttpError::MethodNotAllowed { .. }
            | HttpError::ContentTooLarge { .. }
            | HttpError::Forbidden(_) => false,
            HttpError::Csrf(_) => !has_own(),
            _ => true,
        }
}

/// What a client of HTTP expects beside the page.
fn with_headers(mut response: Response, error: &HttpError) -> Response {
    match error {
        HttpError::TooManyRequests { retry_after } => response.too_many_requests(*retry_after),
        HttpError::ServiceUnavailable(_) => {
            response.headers.set("Retry-After", RETRY_AFTER);
            response
        }
        HttpError::MethodNotAllowed { allow } => {
            response.headers.set("Allow", allow.as_str());
            response
        }
        _ => response,
    }
}

/// The response to a request whose target is not valid.
pub fn bad_request(site: &AppState, urls: &UrlPatterns, error: InvalidTarget) -> Response {
    site.log.warn(format!("Bad Request: {error}"));
    page_without_request(site, urls, &BAD_REQUEST)
}

/// The response to a request whose head is too large, so that nothing is known of it.
pub fn head_too_large(site: &AppState, urls: &UrlPatterns) -> Response {
    page_without_request(site, urls, &HEAD_TOO_LARGE)
}

/// What a page says beside its message: for how long somebody is refused, how much may be sent and, with `debug`, why.
fn told(request: &Request<'_>, error: &HttpError) -> String {
    if let HttpError::TooManyRequests { retry_after } = error {
        let wait = text::waiting_time(seconds_rounded_up(*retry_after));
        return format!("The next attempt is possible in {wait}.");
    }
    if let HttpError::ContentTooLarge { limit } = error {
        return format!(
            "Up to {} can be sent at once.",
            text::file_size((*limit).into())
        );
    }
    if request.state.settings.project.debug {
        return error.messages().join(": ");
    }
    String::new()
}

/// The page of the project for this error, or the one that comes with djr.
fn own_page(request: &Request<'_>, error: &HttpError, page: &ErrorPage) -> Response {
    let answer = match static_handler(request.urls, page) {
        Ok(own) => page_of_template(request, error, page, &own).transpose(),
        Err(view) => Some(handled(request, view, error, page)),
    };
    match answer {
        None => page.plain(
            PageForm::accepted_by(request),
            &home(request),
            &told(request, error),
        ),
        Some(Ok(response)) => response,
        Some(Err(second)) => {
            log(request, &second);
            if request.state.settings.project.debug {
                return debug::page(request, &second);
            }
            // The handler of server errors is not asked again where it is what failed.
            if page.handler == SERVER_ERROR.handler {
                return SERVER_ERROR.plain(PageForm::accepted_by(request), HOME, "");
            }
            server_error(request)
        }
    }
}

/// The page that the handler of `page` shows, or the one with the name of the error; or else the handler, which does more.
fn static_handler<'u>(
    urls: &'u UrlPatterns,
    page: &ErrorPage,
) -> Result<StaticPage<'u>, &'u dyn View> {
    let Some(view) = urls.handler(page.handler) else {
        return Ok(StaticPage::of_template(page.template));
    };
    match view.static_page(None) {
        Ok(Some(own)) => Ok(own),
        _ => Err(&**view),
    }
}

/// The answer of a handler, which sees the request as one for a page, with the status of the error.
fn handled(
    request: &Request<'_>,
    view: &dyn View,
    error: &HttpError,
    page: &ErrorPage,
) -> Result<Response, HttpError> {
    let mut response = view.respond_to_error(request, error, context_of(request, error))?;
    if (200..300).contains(&response.status) {
        response.status = page.status;
    }
    Ok(response)
}

/// The page made of the template of the handler, or of the one with the name of the error, for a client that reads pages.
fn page_of_template(
    request: &Request<'_>,
    error: &HttpError,
    page: &ErrorPage,
    own: &StaticPage<'_>,
) -> Result<Option<Response>, HttpError> {
    let is_read = PageForm::accepted_by(request) == PageForm::Html;
    if !is_read || !request.state.templates.has(own.template) {
        return Ok(None);
    }
    if page.handler == SERVER_ERROR.handler {
        return Ok(Some(server_error(request)));
    }
    let mut context = context_of(request, error);
    if let Some(view) = request.urls.handler(page.handler)
        && let Some(own) = view.static_page(Some(request))?
    {
        context.extend(own.context);
    }
    let text = render(request, own.template, context)?;
    Ok(Some(Response::html(page.status, text)))
}

/// The page for what went wrong inside.
fn server_error(request: &Request<'_>) -> Response {
    match PageForm::accepted_by(request) {
        PageForm::Html => page_without_request(request.state, request.urls, &SERVER_ERROR),
        form => SERVER_ERROR.plain(form, HOME, ""),
    }
}

/// What the page of an error knows, under Django's names.
fn context_of(request: &Request<'_>, error: &HttpError) -> Context {
    let mut context = Context::default();
    context.set("request_path", encode(&request.path, safe::SLASH));
    match error {
        // Django shows the name of the exception where it has no message of its own.
        HttpError::NotFound(message) if *message == request.path => {
            context.set("exception", "Resolver404");
        }
        HttpError::NotFound(message) if message.is_empty() => context.set("exception", "Http404"),
        HttpError::NotFound(message) => context.set("exception", message.as_str()),
        // Which right somebody lacks is for the log: Django's exception says nothing either.
        HttpError::Forbidden(_) => context.set("exception", ""),
        HttpError::Csrf(reason) => {
            context.set("title", "Forbidden");
            context.set("main", CSRF.title);
            context.set("reason", reason.as_str());
            context.set("no_referer", reason == NO_REFERER);
            context.set("no_cookie", reason == NO_COOKIE);
        }
        HttpError::MethodNotAllowed { allow } => context.set("allow", allow.as_str()),
        HttpError::ContentTooLarge { limit } => context.set("limit", *limit),
        _ => {}
    }
    context
}

/// Two reasons to refuse a form that pages give advice for.
const NO_REFERER: &str = "Referer checking failed - no Referer.";
const NO_COOKIE: &str = "CSRF cookie not set.";

/// The way home.
fn home(request: &Request<'_>) -> String {
    let home = request.urls.reverse("home", &[], &[]);
    home.unwrap_or_else(|_| HOME.to_owned())
}

/// The page of the project for `page`, or the one that comes with djr, made without the request, as that may be what
/// is wrong.
fn page_without_request(site: &AppState, urls: &UrlPatterns, page: &ErrorPage) -> Response {
    let own = static_handler(urls, page);
    let own = own.unwrap_or_else(|_| StaticPage::of_template(page.template));
    if site.templates.has(own.template) {
        let mut context = Context::default().with("site", site.site_settings.clone());
        context.extend(own.context);
        match site.templates.render(own.template, context) {
            Ok((text, _)) => return Response::html(page.status, text),
            Err(error) => site
                .log
                .error(format!("Internal Server Error: {}: {error}", own.template)),
        }
    }
    page.plain(PageForm::Html, HOME, "")
}
