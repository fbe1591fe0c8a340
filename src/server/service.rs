//! What a server serves.

use std::sync::Arc;

use crate::http::{BadTarget, Request, Response};
use crate::staticfiles::StaticFiles;

/// What answers requests, on many threads at once.
pub trait Service: Send + Sync + 'static {
    /// What one worker thread keeps from request to request, such as open connections.
    type Worker;

    /// The state of a new worker thread, or of one that panicked.
    fn worker(&self) -> Self::Worker;

    /// Answers a request on a worker thread.
    fn respond(&self, worker: &mut Self::Worker, request: Request) -> Response;

    /// Answers a request whose target cannot be read.
    fn refuse(&self, error: BadTarget) -> Response {
        Response::text(400, format!("{error}\n"))
    }

    /// The static files, which are answered without a worker.
    fn files(&self) -> Option<Arc<StaticFiles>> {
        None
    }
}
