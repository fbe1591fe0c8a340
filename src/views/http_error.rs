//! Why a view gives no page.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::auth::AuthenticationError;
use crate::auth::throttle::Throttled;
use crate::db::DatabaseError;
use crate::diagnostic::{self, Diagnostic};
use crate::forms::ModelFormError;
use crate::http::{FormError, TooManyFields};
use crate::models::ReferenceError;
use crate::query::QueryError;
use crate::sessions::SessionError;
use crate::templates::{Excerpt, TemplateError, value};
use crate::urls::ReverseError;

/// Why a view, or the middleware around it, gives no page of its own.
#[derive(Clone, Debug)]
pub enum HttpError {
    /// 404: there is no such page.
    NotFound(String),
    /// 403: this client may not see it.
    Forbidden(String),
    /// 403: the form does not come from this site.
    Csrf(String),
    /// 400: the request makes no sense.
    BadRequest(String),
    /// 400: the host is not one of this site's.
    DisallowedHost(String),
    /// 405: the page does not answer this method.
    MethodNotAllowed {
        /// The methods that it answers: `GET, HEAD`.
        allow: String,
    },
    /// 413: what was sent is too large.
    ContentTooLarge {
        /// The bytes that may be sent.
        limit: u64,
    },
    /// 429: it was tried too often.
    TooManyRequests {
        /// The time after which it may be tried again.
        retry_after: Duration,
    },
    /// 503: too much is going on.
    ServiceUnavailable(&'static str),
    /// 500: a template is wrong.
    Template(Box<TemplateError>),
    /// 500: something else is wrong.
    Internal(Arc<InternalError>),
}

/// What went wrong inside, for the log and for the page with `debug`.
#[derive(Debug)]
pub struct InternalError {
    /// What happened, and its causes.
    pub messages: Vec<String>,
    /// What to do about it.
    pub hints: Vec<String>,
    /// The place in the code of the project, if it has a part in it.
    pub excerpt: Option<Excerpt>,
    /// The calls that led there, the outermost first.
    pub traceback: Vec<TracedCall>,
}

/// A call that led to an error.
#[derive(Clone, Debug, Default)]
pub struct TracedCall {
    /// The place and the function, and the line that stands there.
    pub text: String,
    /// What the names of the function stood for, as Python writes it, secrets masked; empty without `debug`.
    pub locals: BTreeMap<String, String>,
}

impl InternalError {
    /// What happened, and what to do about it.
    pub fn new(messages: Vec<String>, hints: Vec<String>) -> Self {
        Self {
            messages,
            hints,
            excerpt: None,
            traceback: Vec::new(),
        }
    }
}

impl HttpError {
    /// Something that is wrong inside.
    pub fn internal(message: impl Into<String>, hints: Vec<String>) -> Self {
        InternalError::new(vec![message.into()], hints).into()
    }

    /// The status code of the response.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound(_) => 404,
            Self::Forbidden(_) | Self::Csrf(_) => 403,
            Self::BadRequest(_) | Self::DisallowedHost(_) => 400,
            Self::MethodNotAllowed { .. } => 405,
            Self::ContentTooLarge { .. } => 413,
            Self::TooManyRequests { .. } => 429,
            Self::ServiceUnavailable(_) => 503,
            Self::Template(_) | Self::Internal(_) => 500,
        }
    }

    /// The same for the template engine, which stops rendering at it.
    pub(super) fn to_template_error(&self) -> value::Error {
        let message = match self {
            Self::Internal(problem) => problem.messages.join(": "),
            other => format!("{other:?}"),
        };
        value::Error::new(value::ErrorKind::InvalidOperation, message)
    }

    /// What happened, and its causes, for the log.
    pub fn messages(&self) -> Vec<String> {
        match self {
            Self::NotFound(message)
            | Self::Forbidden(message)
            | Self::Csrf(message)
            | Self::BadRequest(message)
            | Self::DisallowedHost(message) => vec![message.clone()],
            Self::MethodNotAllowed { allow } => vec![format!("it answers {allow}")],
            Self::ContentTooLarge { limit } => {
                vec![format!("the body is larger than {limit} bytes")]
            }
            Self::TooManyRequests { retry_after } => vec![Throttled(*retry_after).to_string()],
            Self::ServiceUnavailable(message) => vec![(*message).to_owned()],
            Self::Template(error) => vec![error.to_string()],
            Self::Internal(problem) => problem.messages.clone(),
        }
    }

    fn of(error: &dyn Diagnostic) -> Self {
        InternalError::new(diagnostic::messages(error), error.hints()).into()
    }
}

impl From<InternalError> for HttpError {
    fn from(error: InternalError) -> Self {
        Self::Internal(Arc::new(error))
    }
}

impl From<TemplateError> for HttpError {
    fn from(error: TemplateError) -> Self {
        Self::Template(Box::new(error))
    }
}

impl From<Throttled> for HttpError {
    fn from(throttled: Throttled) -> Self {
        Self::TooManyRequests {
            retry_after: throttled.0,
        }
    }
}

impl From<FormError> for HttpError {
    fn from(error: FormError) -> Self {
        match error {
            FormError::NotStored(_) => Self::internal(
                error.to_string(),
                vec!["`[server] upload_dir` says where they are written first".to_owned()],
            ),
            error => Self::BadRequest(error.to_string()),
        }
    }
}

impl From<TooManyFields> for HttpError {
    fn from(error: TooManyFields) -> Self {
        Self::BadRequest(error.to_string())
    }
}

impl From<SessionError> for HttpError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Interrupted => Self::BadRequest(error.to_string()),
            error => Self::of(&error),
        }
    }
}

impl From<DatabaseError> for HttpError {
    fn from(error: DatabaseError) -> Self {
        Self::of(&error)
    }
}

impl From<QueryError> for HttpError {
    fn from(error: QueryError) -> Self {
        Self::of(&error)
    }
}

impl From<ModelFormError> for HttpError {
    fn from(error: ModelFormError) -> Self {
        match error {
            ModelFormError::Database(error) => error.into(),
            ModelFormError::Query(error @ QueryError::NothingUpdated(_)) => {
                Self::NotFound(error.to_string())
            }
            ModelFormError::Query(error) => error.into(),
            ModelFormError::NoModel(_) => Self::internal(error.to_string(), Vec::new()),
            ModelFormError::Storage { ref source, .. } => {
                Self::internal(diagnostic::messages(&error).join(": "), source.hints())
            }
        }
    }
}

impl From<ReferenceError> for HttpError {
    fn from(error: ReferenceError) -> Self {
        QueryError::from(error).into()
    }
}

impl From<AuthenticationError> for HttpError {
    fn from(error: AuthenticationError) -> Self {
        Self::of(&error)
    }
}

impl From<ReverseError> for HttpError {
    fn from(error: ReverseError) -> Self {
        Self::internal(error.to_string(), Vec::new())
    }
}
