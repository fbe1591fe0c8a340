//! The log of a site, as `[logging]` of the settings says: Python's loggers, handlers and formatters.
//!
//! 1. A [`Logger`] has a name; it is found by [`Logging::logger`], which knows what the loggers above it say.
//! 2. A [`LogRecord`] goes to the handlers of its logger and, where it propagates, to those above.
//! 3. Each handler writes it by its formatter: to the console, into a file, into a mail to the admins.
//!
//! Nothing here fails: what cannot be written is told once on the console. No value of a record ends a line or moves a
//! terminal's cursor.

mod captured_records;
mod current_logging;
mod formatter;
mod handler;
mod log_console;
mod log_file;
#[cfg(test)]
mod log_file_tests;
mod logger;
mod logger_tree;
mod mail_budget;
mod mail_handler;
mod record;
#[cfg(test)]
mod recorded_tests;
mod rotation_period;

pub use captured_records::{CapturedRecord, capture_records};
pub use current_logging::CurrentLogging;
pub use log_console::{Console, ConsoleLine};
pub use logger::Logger;
pub use logger_tree::{Logging, LoggingServices};
pub use mail_handler::SubmitJob;
pub use record::{AccessDetails, LogDetails, LogRecord, RequestDetails, StatementDetails};
