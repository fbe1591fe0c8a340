//! Parts of a site that go on where something fails, and tell the log.

use std::sync::Arc;

use crate::cache::KeyWarnings;
use crate::diagnostic;
use crate::logging::CurrentLogging;
use crate::storage::{FileCleaner, Storages};

/// Has keys that memcached would refuse told in the log.
pub(super) fn key_warnings(logging: CurrentLogging) -> KeyWarnings {
    KeyWarnings::new(move |line| {
        if let Some(logging) = logging.get() {
            logging.logger("djr.cache").warn(line);
        }
    })
}

/// What removes files that no row names any more; the log is told of those that cannot be removed.
pub(super) fn file_cleaner(storages: &Arc<Storages>, logging: CurrentLogging) -> Arc<FileCleaner> {
    Arc::new(FileCleaner::new(Arc::clone(storages), move |error| {
        if let Some(logging) = logging.get() {
            let causes = diagnostic::messages(error).join(": ");
            let log = logging.logger("djr.storage");
            log.error(format!("a file that no row names is left: {causes}"));
        }
    }))
}
