//! What happens in the server, as records of the log.

use crate::clock::{self, Moment};
use crate::logging::{AccessDetails, LogDetails, LogRecord, Logger, Logging};
use crate::server::ServerEvent;
use crate::settings::LogLevel;

/// Hands `events` to the loggers `djr.server` and, where a view panicked, `djr.request`.
pub(super) fn log_events(logging: &Logging, events: Vec<ServerEvent>) {
    let is_panic = |event: &ServerEvent| matches!(event, ServerEvent::Panic { .. });
    let (panics, others): (Vec<_>, Vec<_>) = events.into_iter().partition(is_panic);
    for (name, events) in [("djr.request", panics), ("djr.server", others)] {
        if !events.is_empty() {
            let logger = logging.logger(name);
            let records = events.into_iter().map(|event| record(&logger, event));
            logger.handle(records.collect());
        }
    }
}

fn record(logger: &Logger, event: ServerEvent) -> LogRecord {
    let record = |time: Moment, level: LogLevel, message: String| LogRecord {
        time,
        ..LogRecord::new(logger.name(), level, message, LogDetails::None)
    };
    let now = clock::now();
    match event {
        ServerEvent::Access { time, access } => access_record(logger, time, access),
        ServerEvent::Refused {
            time,
            status,
            reason,
        } => {
            let message = format!("\"-\" {status} 0 ({reason})");
            record(time, LogLevel::Warning, message)
        }
        ServerEvent::Panic { target, message } => {
            let message = format!("a view panicked at {target}: {message}");
            record(now, LogLevel::Error, message)
        }
        ServerEvent::WorkerLost { target } => {
            let message = format!(
                "a view does not return at {target}: its worker is given up, and another takes its place"
            );
            record(now, LogLevel::Error, message)
        }
        ServerEvent::CannotReplaceWorker(reason) => {
            let message = format!("no thread can take the place of one that is given up: {reason}");
            record(now, LogLevel::Critical, message)
        }
        ServerEvent::CannotAccept(reason) => {
            let message = format!("no connection can be accepted: {reason}");
            record(now, LogLevel::Error, message)
        }
        ServerEvent::Dropped { events } => {
            let message = format!("the log is read too slowly: {events} lines are missing");
            record(now, LogLevel::Warning, message)
        }
    }
}

fn access_record(logger: &Logger, time: Moment, access: AccessDetails) -> LogRecord {
    let level = match access.status {
        0..400 => LogLevel::Info,
        400..500 => LogLevel::Warning,
        _ => LogLevel::Error,
    };
    let line = access.line();
    LogRecord {
        time,
        ..LogRecord::new(logger.name(), level, line, LogDetails::Access(access))
    }
}
