//! What a server serves.

use crate::http::{HttpRequest, InvalidTarget, Response};
use crate::middleware::Application;

/// Answers requests, on many threads at once.
pub trait HttpService: Send + Sync + 'static {
    /// What one worker thread keeps from request to request, such as open connections to databases.
    type Worker;

    /// The state of a new worker thread, or of one that panicked.
    fn new_worker(&self) -> Self::Worker;

    /// Answers a request on a worker thread.
    fn respond(&self, worker: &mut Self::Worker, request: HttpRequest) -> Response;

    /// Answers a request whose target is not valid.
    fn bad_request(&self, error: InvalidTarget) -> Response {
        Response::text(400, format!("{error}\n"))
    }

    /// Whether [`Self::respond_without_worker`] may answer a request for this path, which is still encoded.
    ///
    /// The server asks this for every request on its only thread for connections, so it must not wait.
    fn may_skip_worker(&self, _encoded_path: &str) -> bool {
        false
    }

    /// Answers a request without a worker and without its body, such as one for a static file.
    ///
    /// May wait for the disk. Returns `None` where a worker has to answer.
    fn respond_without_worker(&self, _request: HttpRequest) -> Option<Response> {
        None
    }
}

impl HttpService for Application {
    /// Nothing: the connections to the databases are those of the whole application.
    type Worker = ();

    fn new_worker(&self) {}

    fn respond(&self, (): &mut (), request: HttpRequest) -> Response {
        self.respond(request)
    }

    fn bad_request(&self, error: InvalidTarget) -> Response {
        self.bad_request(error)
    }

    fn may_skip_worker(&self, encoded_path: &str) -> bool {
        self.may_serve_static(encoded_path)
    }

    fn respond_without_worker(&self, request: HttpRequest) -> Option<Response> {
        self.serve_static(request)
    }
}
