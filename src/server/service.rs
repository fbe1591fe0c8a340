//! What a server serves.

use std::sync::Arc;

use crate::http::{Request, Response};
use crate::staticfiles::StaticFiles;

/// What answers requests, on many threads at once.
pub trait Service: Send + Sync + 'static {
    /// What one worker thread keeps from request to request, such as open connections.
    type Worker;

    /// The state of a new worker thread, or of one that panicked.
    fn worker(&self) -> Self::Worker;

    /// Answers a request on a worker thread.
    fn respond(&self, worker: &mut Self::Worker, request: Request) -> Response;

    /// The static files, which are answered without a worker.
    fn files(&self) -> Option<Arc<StaticFiles>> {
        None
    }
}
