//! A logger: a name, a level and the handlers that its records go to.

use std::sync::Arc;

use crate::logging::captured_records::capture;
use crate::logging::handler::Handler;
use crate::logging::record::{LogDetails, LogRecord};
use crate::settings::LogLevel;

/// A logger; its clones are the same one.
#[derive(Clone, Debug)]
pub struct Logger(Arc<LoggerState>);

#[derive(Debug)]
struct LoggerState {
    name: Arc<str>,
    level: LogLevel,
    /// Its own and, where it propagates, those of the loggers above it.
    handlers: Vec<Arc<Handler>>,
}

impl Logger {
    pub(super) fn new(name: &str, level: LogLevel, handlers: Vec<Arc<Handler>>) -> Self {
        Self(Arc::new(LoggerState {
            name: Arc::from(name),
            level,
            handlers,
        }))
    }

    /// Its name.
    pub fn name(&self) -> &Arc<str> {
        &self.0.name
    }

    /// Whether anybody is told of records of `level`.
    pub fn is_enabled(&self, level: LogLevel) -> bool {
        level >= self.0.level && self.0.handlers.iter().any(|handler| handler.takes(level))
    }

    /// Whether the admins are mailed records of `level`.
    pub fn mails(&self, level: LogLevel) -> bool {
        let mails = |handler: &Arc<Handler>| handler.mails() && handler.takes(level);
        level >= self.0.level && self.0.handlers.iter().any(mails)
    }

    /// Records something that may be wrong.
    pub fn warn(&self, message: impl Into<String>) {
        self.log(LogLevel::Warning, message.into(), LogDetails::None);
    }

    /// Records something that is wrong here.
    pub fn error(&self, message: impl Into<String>) {
        self.log(LogLevel::Error, message.into(), LogDetails::None);
    }

    /// Records `message` with what else is known.
    pub fn log(&self, level: LogLevel, message: String, details: LogDetails) {
        self.handle(vec![LogRecord::new(&self.0.name, level, message, details)]);
    }

    /// Hands `records` to the handlers, which write them at once.
    pub fn handle(&self, mut records: Vec<LogRecord>) {
        records.retain(|record| record.level >= self.0.level);
        records.iter().for_each(capture);
        for handler in &self.0.handlers {
            handler.handle(&records);
        }
    }
}
