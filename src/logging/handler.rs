//! Where records go.

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::logging::formatter::Formatter;
use crate::logging::log_console::{Console, ConsoleLine};
use crate::logging::log_file::LogFile;
use crate::logging::mail_handler::MailHandler;
use crate::logging::record::LogRecord;
use crate::settings::LogLevel;

/// Takes records from a level on.
#[derive(Debug)]
pub(super) struct Handler {
    pub(super) level: LogLevel,
    pub(super) formatter: Formatter,
    pub(super) destination: RecordDestination,
    /// Where it is told that the destination takes nothing.
    pub(super) console: Console,
    /// Whether that was told, so that it is told once.
    pub(super) is_failing: AtomicBool,
}

/// Where a handler sends its lines.
#[derive(Debug)]
pub(super) enum RecordDestination {
    Console,
    File(LogFile),
    Mail(MailHandler),
}

impl Handler {
    /// Whether it takes records of `level`.
    pub(super) fn takes(&self, level: LogLevel) -> bool {
        level >= self.level
    }

    /// Whether it sends mail.
    pub(super) fn mails(&self) -> bool {
        matches!(self.destination, RecordDestination::Mail(_))
    }

    /// The file it writes.
    pub(super) fn file(&self) -> Option<&LogFile> {
        match &self.destination {
            RecordDestination::File(file) => Some(file),
            _ => None,
        }
    }

    /// Writes those of `records` that it takes, at once.
    pub(super) fn handle(&self, records: &[LogRecord]) {
        let taken = records.iter().filter(|record| self.takes(record.level));
        match &self.destination {
            RecordDestination::Console => {
                let lines: Vec<_> = taken.map(|record| self.console_line(record)).collect();
                if !lines.is_empty() {
                    self.console.write(&lines);
                }
            }
            RecordDestination::File(file) => {
                let mut lines = String::new();
                for record in taken {
                    // Writing to a string cannot fail.
                    let _ = writeln!(lines, "{}", self.formatter.line(record));
                }
                if !lines.is_empty() {
                    self.note(file.path(), &file.append(&lines));
                }
            }
            RecordDestination::Mail(mail) => {
                for record in taken {
                    mail.send(record, &self.formatter.line(record));
                }
            }
        }
    }

    fn console_line(&self, record: &LogRecord) -> ConsoleLine {
        let text = if self.console.json {
            record.to_json()
        } else {
            self.formatter.line(record)
        };
        ConsoleLine {
            text,
            level: record.level,
            status: record.status(),
        }
    }

    /// Tells on the console that a file takes nothing, once until it does again.
    fn note(&self, path: &Path, written: &io::Result<()>) {
        let was_failing = self.is_failing.swap(written.is_err(), Ordering::Relaxed);
        if let (Err(error), false) = (written, was_failing) {
            let path = path.display();
            self.console
                .complain(&format!("the log `{path}` cannot be written: {error}"));
        }
    }
}
