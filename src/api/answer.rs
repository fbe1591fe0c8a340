//! What the API answers, and how it refuses (`rest_framework.exceptions`).

use std::time::Duration;

use crate::api::serializer::ValidationFailure;
use crate::http::seconds_rounded_up;
use crate::json::{Json, JsonStyle, JsonWriter};
use crate::views::HttpError;

/// An answer before it has a form: JSON, or a page around it.
#[derive(Debug)]
pub(super) struct ApiAnswer {
    pub(super) status: u16,
    /// The document; none for an empty body.
    pub(super) body: Option<String>,
    pub(super) headers: Vec<(&'static str, String)>,
}

/// Why a request is refused.
#[derive(Debug)]
pub(super) enum ApiError {
    /// An answer of the API.
    Refused(ApiAnswer),
    /// A page of the site.
    Failed(HttpError),
}

impl<E: Into<HttpError>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl ApiAnswer {
    /// An answer with this document.
    pub(super) fn new(status: u16, body: String) -> Self {
        Self {
            status,
            body: Some(body),
            headers: Vec::new(),
        }
    }

    /// An answer with this value.
    pub(super) fn json(status: u16, value: &Json) -> Self {
        let mut writer = JsonWriter::new(STYLE);
        writer.json(value);
        Self::new(status, writer.into_text())
    }

    /// 204.
    pub(super) fn empty() -> Self {
        Self {
            status: 204,
            body: None,
            headers: Vec::new(),
        }
    }
}

/// How Django REST framework lays JSON out: nothing between, letters as they are.
pub(super) const STYLE: JsonStyle = JsonStyle {
    indent: None,
    comma: ",",
    colon: ":",
    ascii: false,
};

impl ApiError {
    /// A refusal that says `detail`.
    pub(super) fn new(status: u16, detail: impl Into<String>) -> Self {
        let detail = Json::String(detail.into());
        let body = Json::Object(vec![("detail".to_owned(), detail)]);
        Self::Refused(ApiAnswer::json(status, &body))
    }

    /// 401, with the way to log in.
    pub(super) fn unauthorized(detail: &str) -> Self {
        Self::new(401, detail).with("WWW-Authenticate", "Token")
    }

    /// 403.
    pub(super) fn forbidden() -> Self {
        Self::new(403, "You do not have permission to perform this action.")
    }

    /// 405.
    pub(super) fn method_not_allowed(method: &str) -> Self {
        Self::new(405, format!("Method \"{method}\" not allowed."))
    }

    /// 429.
    pub(super) fn throttled(wait: Duration) -> Self {
        let seconds = seconds_rounded_up(wait);
        let unit = if seconds == 1 { "second" } else { "seconds" };
        let detail = format!("Request was throttled. Expected available in {seconds} {unit}.");
        Self::new(429, detail).with("Retry-After", seconds.to_string())
    }

    /// The same with a header.
    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Refused(answer) = &mut self {
            answer.headers.push((name, value.into()));
        }
        self
    }
}

impl From<ValidationFailure> for ApiError {
    fn from(failure: ValidationFailure) -> Self {
        match failure {
            ValidationFailure::Invalid(errors) => Self::Refused(ApiAnswer::json(400, &errors)),
            ValidationFailure::Failed(error) => Self::Failed(error),
        }
    }
}
