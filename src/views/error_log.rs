//! What the log says of a request that went wrong.

use crate::logging::{LogDetails, RequestDetails};
use crate::settings::LogLevel;
use crate::views::request_report::request_report;
use crate::views::{HttpError, Request};

/// Logs `error` under Django's loggers and in its words.
pub(super) fn log(request: &Request<'_>, error: &HttpError) {
    let (name, level) = (logger_name(error), level(error));
    let logger = request.state.logging.logger(name);
    if !logger.is_enabled(level) {
        return;
    }
    let details = RequestDetails {
        method: request.method.as_str().to_owned(),
        path: request.path.clone(),
        client: request.peer,
        status: error.status(),
        report: logger.mails(level).then(|| request_report(request)),
    };
    logger.log(level, message(request, error), LogDetails::Request(details));
}

fn logger_name(error: &HttpError) -> &'static str {
    match error {
        HttpError::DisallowedHost(_) => "djr.security.DisallowedHost",
        HttpError::Csrf(_) => "djr.security.csrf",
        _ => "djr.request",
    }
}

/// How severe it is: what a client can bring about at will is no more than a warning.
fn level(error: &HttpError) -> LogLevel {
    match error {
        HttpError::Template(_) | HttpError::Internal(_) => LogLevel::Error,
        _ => LogLevel::Warning,
    }
}

fn message(request: &Request<'_>, error: &HttpError) -> String {
    let path = &request.path;
    match error {
        HttpError::NotFound(_) => format!("Not Found: {path}"),
        HttpError::Forbidden(reason) | HttpError::Csrf(reason) => {
            format!("Forbidden ({reason}): {path}")
        }
        HttpError::MethodNotAllowed { .. } => {
            format!("Method Not Allowed ({}): {path}", request.method.as_str())
        }
        HttpError::BadRequest(reason) | HttpError::DisallowedHost(reason) => {
            format!("Bad Request ({reason}): {path}")
        }
        HttpError::ContentTooLarge { limit } => {
            format!("Content Too Large (more than {limit} bytes): {path}")
        }
        HttpError::TooManyRequests { .. } => format!("Too Many Requests: {path}"),
        HttpError::ServiceUnavailable(reason) => format!("Service Unavailable ({reason}): {path}"),
        HttpError::Template(error) => format!("Internal Server Error: {path}: {error}"),
        HttpError::Internal(problem) => {
            let messages = problem.messages.join(": ");
            let place = problem.excerpt.as_ref();
            let place = place.map_or_else(String::new, |place| format!("{}: ", place.location));
            format!("Internal Server Error: {path}: {place}{messages}")
        }
    }
}
