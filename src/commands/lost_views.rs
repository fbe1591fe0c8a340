//! Views that never return.
//!
//! A thread cannot be ended from outside: each view that does not return keeps one, and a core with it. A server that has
//! lost too many ends, so that its supervisor starts one that has all of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostic::Diagnostic;
use crate::script;
use crate::server::{ServerLimits, Shutdown};

/// The least number of lost views after which a server ends.
const ALLOWED: usize = 4;

/// Counts the views of a server that do not return.
#[derive(Clone)]
pub(crate) struct LostViews {
    count: Arc<AtomicUsize>,
    allowed: usize,
}

impl LostViews {
    /// Has another worker take the place of each that is lost, and `shutdown` requested when there are twice as many of
    /// them as workers.
    pub(crate) fn watch(limits: &ServerLimits, shutdown: &Shutdown) -> Self {
        let views = Self {
            count: Arc::default(),
            allowed: ALLOWED.max(2 * limits.workers),
        };
        let (seen, workers, shutdown) =
            (views.clone(), limits.lost_workers.clone(), shutdown.clone());
        script::on_lost_thread(move |thread| {
            workers.report(thread);
            if seen.count.fetch_add(1, Ordering::Relaxed) + 1 == seen.allowed {
                shutdown.request();
            }
        });
        views
    }

    /// Fails where the server ended because of them.
    pub(crate) fn check(&self) -> Result<(), TooManyLostViews> {
        let count = self.count.load(Ordering::Relaxed);
        if count < self.allowed {
            return Ok(());
        }
        Err(TooManyLostViews(count))
    }
}

/// A server has lost too many threads.
#[derive(Debug, thiserror::Error)]
#[error("{0} views did not return: the server ends, since each of them keeps a core busy")]
pub(crate) struct TooManyLostViews(usize);

impl Diagnostic for TooManyLostViews {
    fn code(&self) -> &'static str {
        "lost-views"
    }

    fn hints(&self) -> Vec<String> {
        vec![
            "the log names them; a supervisor starts the server again (docs/deployment.md)"
                .to_owned(),
        ]
    }
}
