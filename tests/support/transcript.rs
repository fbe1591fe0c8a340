//! What one run printed and how it ended, in a form fit for a snapshot.

use std::fmt;
use std::path::Path;
use std::process::Output;

/// The end of one run; the project's path reads `[PROJECT]` in it.
pub(crate) struct Transcript {
    output: Output,
    root: String,
}

impl Transcript {
    pub(crate) fn new(output: Output, root: &Path) -> Self {
        Self {
            output,
            root: root.display().to_string(),
        }
    }

    /// Fails the test, showing the transcript, unless the run succeeded.
    #[track_caller]
    pub(crate) fn success(self) -> Self {
        self.exited(0)
    }

    /// Fails the test, showing the transcript, unless the run ended with `code`.
    #[track_caller]
    pub(crate) fn exited(self, code: i32) -> Self {
        assert_eq!(self.code(), Some(code), "{self}");
        self
    }

    /// The exit code; `None` if a signal ended the run.
    pub(crate) fn code(&self) -> Option<i32> {
        self.output.status.code()
    }

    /// What the run printed to standard output.
    pub(crate) fn stdout(&self) -> String {
        self.filtered(&self.output.stdout)
    }

    /// What the run printed to standard error.
    pub(crate) fn stderr(&self) -> String {
        self.filtered(&self.output.stderr)
    }

    /// The one JSON document on standard output.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    fn filtered(&self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).replace(&self.root, "[PROJECT]")
    }
}

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code() {
            Some(code) => writeln!(f, "exit code: {code}")?,
            None => writeln!(f, "{}", self.output.status)?,
        }
        for (name, text) in [("stdout", self.stdout()), ("stderr", self.stderr())] {
            if !text.is_empty() {
                write!(f, "----- {name} -----\n{text}")?;
            }
        }
        Ok(())
    }
}
