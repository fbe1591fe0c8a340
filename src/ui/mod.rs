//! Everything the user reads: results, notices, errors, their causes and hints. Knows no command.

mod captured;
mod line_editor;
mod log;
mod progress;
mod prompt;
mod report;
mod style;
mod table_writer;

pub(crate) use report::{error_json, finding_json};

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use anstream::ColorChoice;
use serde::Serialize;
use serde_json::json;

use crate::diagnostic::{Diagnostic, Finding, Severity};
use crate::ui::captured::{raw_stdout, stderr, stdout};
use crate::ui::report::SCHEMA;
use crate::ui::style::{HINT, WARNING};

pub(crate) use captured::capture;
pub(crate) use line_editor::{EditedLine, LineEditor};
pub(crate) use log::{LogLine, LogStyle};
pub(crate) use progress::TaskProgress;
pub(crate) use prompt::PromptError;
pub(crate) use table_writer::TableWriter;

/// Prints without colour from here on; `NO_COLOR` and a pipe do the same.
pub(crate) fn disable_color() {
    ColorChoice::Never.write_global();
}

/// Prints with colour from here on, into a pipe or a file too.
pub(crate) fn force_color() {
    ColorChoice::Always.write_global();
}

/// How many columns the terminal has; `None` where standard output is not one.
pub(crate) fn terminal_width() -> Option<usize> {
    let size = console::Term::stdout().size_checked();
    size.map(|(_, columns)| columns.into())
}

/// Writes for a person or, as JSON, for a program.
///
/// Results go to standard output, everything else to standard error.
#[derive(Clone, Debug)]
pub(crate) struct Ui {
    verbosity: u8,
    json: bool,
}

/// Standard output could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to standard output")]
pub(crate) struct OutputError(#[from] io::Error);

impl Diagnostic for OutputError {}

impl Ui {
    pub(crate) fn new(verbosity: u8, json: bool) -> Self {
        Self { verbosity, json }
    }

    /// Whether a person sits at the terminal and can be asked.
    pub(crate) fn is_interactive(&self) -> bool {
        !self.json && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Whether the user asked for JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Whether progress may be drawn: for a person, on a terminal, unless silenced.
    pub(crate) fn shows_progress(&self) -> bool {
        self.verbosity > 0 && !self.json && io::stderr().is_terminal()
    }

    /// Whether the user asked for detail (`--verbosity 2` or more).
    pub(crate) fn is_verbose(&self) -> bool {
        self.verbosity > 1
    }

    /// Prints a command's result to standard output; an empty text prints nothing.
    pub(crate) fn result(&self, result: &(impl Display + Serialize)) -> Result<(), OutputError> {
        let text = if self.json {
            let result = serde_json::to_value(result).map_err(io::Error::from)?;
            json!({ "schema": SCHEMA, "result": result }).to_string()
        } else if self.verbosity > 0 {
            result.to_string()
        } else {
            return Ok(());
        };
        if text.is_empty() {
            return Ok(());
        }
        // The work is done by now: a reader that stops reading, as in `djr ... | head -1`, is not a failure.
        match writeln!(stdout(), "{text}") {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written?),
        }
    }

    /// Standard output itself, for data that is the result.
    #[expect(
        clippy::unused_self,
        reason = "what is written goes through here alone"
    )]
    pub(crate) fn output(&self) -> impl io::Write + use<> {
        raw_stdout()
    }

    /// Shows what stands in front of what a person types next.
    #[expect(
        clippy::unused_self,
        reason = "what is written goes through here alone"
    )]
    pub(crate) fn write_prompt(&self, text: &str) {
        let mut screen = stderr();
        write!(screen, "{text}").ok();
        screen.flush().ok();
    }

    /// Prints what is being done on standard error; silent with `--verbosity 0` and `--json`.
    pub(crate) fn status(&self, message: impl Display) {
        if self.verbosity > 0 && !self.json {
            writeln!(stderr(), "{message}").ok();
        }
    }

    /// Prints a warning on standard error; silent with `--verbosity 0` and `--json`.
    pub(crate) fn warn(&self, message: impl Display, hints: &[String]) {
        if self.verbosity > 0 && !self.json {
            writeln!(stderr(), "{WARNING}warning:{WARNING:#} {message}").ok();
            for hint in hints {
                writeln!(stderr(), "{HINT}hint:{HINT:#} {hint}").ok();
            }
        }
    }

    /// Prints findings on standard error; `--verbosity 0` silences the warnings, `--json` all.
    pub(crate) fn findings(&self, findings: &[Finding]) {
        let told = |finding: &&Finding| self.verbosity > 0 || finding.severity == Severity::Error;
        for finding in findings.iter().filter(told).filter(|_| !self.json) {
            report::write_finding(&mut stderr(), finding).ok();
        }
    }

    /// Prints `error` to standard error; returns how the process ends.
    pub(crate) fn report(&self, error: &dyn Diagnostic) -> ExitCode {
        let written = if self.json {
            report::write_json(&mut stderr(), error)
        } else {
            report::write_text(&mut stderr(), error)
        };
        // With standard error closed, the exit code is the only report.
        written.ok();
        error.exit_code().into()
    }
}
