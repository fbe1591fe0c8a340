//! The log of a site: warnings and errors beside its responses.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::text;

/// A line of the log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LogRecord {
    /// How severe it is.
    pub severity: Severity,
    /// What happened.
    pub message: String,
}

/// Where records go.
#[derive(Clone)]
pub struct Log(Arc<dyn Fn(LogRecord) + Send + Sync>);

impl Log {
    /// Hands each record to `sink`.
    pub fn new(sink: impl Fn(LogRecord) + Send + Sync + 'static) -> Self {
        Self(Arc::new(sink))
    }

    /// Records something that is wrong on the client's side.
    pub fn warn(&self, message: impl Into<String>) {
        (self.0)(LogRecord {
            severity: Severity::Warning,
            message: text::escape_control(&message.into()),
        });
    }

    /// Records something that is wrong here.
    pub fn error(&self, message: impl Into<String>) {
        (self.0)(LogRecord {
            severity: Severity::Error,
            message: text::escape_control(&message.into()),
        });
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Log(..)")
    }
}
