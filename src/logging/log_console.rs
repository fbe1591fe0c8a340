//! The console: where a person, or with `--json` a program, reads what the server does.

use std::fmt;
use std::sync::Arc;

use crate::settings::LogLevel;
use crate::text;

/// A line for the console.
#[derive(Clone, Debug)]
pub struct ConsoleLine {
    /// The line; with `--json` an object.
    pub text: String,
    /// How severe it is.
    pub level: LogLevel,
    /// The status of the response, in an access line.
    pub status: Option<u16>,
}

/// Writes lines, many at once.
type WriteLines = dyn Fn(&[ConsoleLine]) + Send + Sync;

/// Where lines for the console go.
#[derive(Clone)]
pub struct Console {
    /// Whether lines are objects of JSON.
    pub(super) json: bool,
    write: Arc<WriteLines>,
}

impl Console {
    /// Hands lines to `write`; with `json` each of them is an object.
    pub fn new(json: bool, write: impl Fn(&[ConsoleLine]) + Send + Sync + 'static) -> Self {
        Self {
            json,
            write: Arc::new(write),
        }
    }

    /// A console that nobody reads.
    pub fn silent() -> Self {
        Self::new(false, |_| {})
    }

    /// Tells what is wrong with the log itself.
    pub(super) fn complain(&self, message: &str) {
        let text = text::escape_control(message);
        let text = if self.json {
            serde_json::json!({ "level": "ERROR", "logger": "djr.logging", "message": text })
                .to_string()
        } else {
            text
        };
        self.write(&[ConsoleLine {
            text,
            level: LogLevel::Error,
            status: None,
        }]);
    }

    pub(super) fn write(&self, lines: &[ConsoleLine]) {
        (self.write)(lines);
    }
}

impl fmt::Debug for Console {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Console")
            .field("json", &self.json)
            .finish_non_exhaustive()
    }
}
