//! What a thread logs while it does something, for the panel of a page.

use std::cell::{Cell, RefCell};

use crate::logging::LogRecord;
use crate::settings::LogLevel;

/// A record that was made on this thread.
#[derive(Clone, Debug)]
pub struct CapturedRecord {
    /// The name of the logger.
    pub logger: String,
    /// How severe it is.
    pub level: LogLevel,
    /// What happened.
    pub message: String,
}

thread_local! {
    static IS_CAPTURING: Cell<bool> = const { Cell::new(false) };
    static RECORDS: RefCell<Vec<CapturedRecord>> = const { RefCell::new(Vec::new()) };
}

/// Records that are kept of one piece of work.
const MOST: usize = 200;

/// Does `work`; also returns what this thread logged meanwhile.
pub fn capture_records<T>(work: impl FnOnce() -> T) -> (T, Vec<CapturedRecord>) {
    let stop = StopCapturing;
    RECORDS.take();
    IS_CAPTURING.set(true);
    let outcome = work();
    drop(stop);
    (outcome, RECORDS.take())
}

/// Ends capturing, however the work ends.
struct StopCapturing;

impl Drop for StopCapturing {
    fn drop(&mut self) {
        IS_CAPTURING.set(false);
    }
}

pub(super) fn capture(record: &LogRecord) {
    if !IS_CAPTURING.get() {
        return;
    }
    RECORDS.with_borrow_mut(|records| {
        if records.len() < MOST {
            records.push(CapturedRecord {
                logger: record.logger.to_string(),
                level: record.level,
                message: record.message.clone(),
            });
        }
    });
}
