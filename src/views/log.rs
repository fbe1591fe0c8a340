//! What a site has to say beside its answers.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Severity;

/// A line of the log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LogRecord {
    /// How bad it is.
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
            message: one_line(&message.into()),
        });
    }

    /// Records something that is wrong here.
    pub fn error(&self, message: impl Into<String>) {
        (self.0)(LogRecord {
            severity: Severity::Error,
            message: one_line(&message.into()),
        });
    }
}

/// Writes control characters out: a path must not forge a line of the log or steer the terminal.
fn one_line(message: &str) -> String {
    let mut line = String::with_capacity(message.len());
    for c in message.chars() {
        if c.is_control() {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Log(..)")
    }
}
