//! Lines of a log, written many at once.

use std::fmt::Write as _;
use std::io::Write as _;

use anstream::stderr;
use anstyle::{AnsiColor, Style};

use crate::ui::Ui;

/// How a line is coloured.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum LogStyle {
    /// As any text.
    Plain,
    /// Went elsewhere, or was not needed.
    Notice,
    /// The one who asked is at fault.
    Warning,
    /// We are at fault.
    Failure,
}

impl LogStyle {
    fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Notice => AnsiColor::Cyan.on_default(),
            Self::Warning => AnsiColor::Yellow.on_default(),
            Self::Failure => AnsiColor::Red.on_default().bold(),
        }
    }
}

/// A line for a person or, with `--json`, a document for a program.
#[derive(Debug)]
pub(crate) struct LogLine {
    pub(crate) style: LogStyle,
    pub(crate) text: String,
}

impl Ui {
    /// Writes `lines` to standard error, all at once, those of `--json` as they are.
    pub(crate) fn log(&self, lines: &[LogLine]) {
        if self.verbosity == 0 {
            return;
        }
        let mut text = String::new();
        for line in lines {
            // Writing to a string cannot fail.
            let _ = if self.json {
                writeln!(text, "{}", line.text)
            } else {
                let style = line.style.style();
                writeln!(text, "{style}{}{style:#}", line.text)
            };
        }
        // The server goes on when nobody reads its log.
        stderr().write_all(text.as_bytes()).ok();
    }
}
