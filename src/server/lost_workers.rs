//! Workers whose view does not return: who watches views reports them, and others take their place.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::ThreadId;

/// Replaces the worker that is this thread.
type ReplaceWorker = Box<dyn Fn(ThreadId) + Send>;

/// Where workers are reported whose view does not return; clones report to the same server.
#[derive(Clone, Default)]
pub struct LostWorkers(Arc<Mutex<Option<ReplaceWorker>>>);

impl LostWorkers {
    /// Has another worker take the place of `thread`, whose request is answered with an error.
    ///
    /// A thread that is not a worker is left alone.
    pub fn report(&self, thread: ThreadId) {
        let replace = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(replace) = &*replace {
            replace(thread);
        }
    }

    /// Has `replace` called for each worker that is reported from now on.
    pub(super) fn when_reported(&self, replace: impl Fn(ThreadId) + Send + 'static) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(replace));
    }
}

impl fmt::Debug for LostWorkers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LostWorkers")
    }
}
