//! What a server serves.

use crate::http::{HttpRequest, InvalidTarget, Response};
use crate::middleware::Application;
use crate::server::error_response::error_response;

/// A request that no view sees.
#[derive(Debug)]
pub enum Refusal {
    /// 400: its target is not valid.
    InvalidTarget(InvalidTarget),
    /// 413: its body is too large; the request is here without it.
    BodyTooLarge(Box<HttpRequest>),
    /// 431: its head is too large, so that nothing is known of it.
    HeadTooLarge,
}

impl Refusal {
    /// The answer of a server that knows no pages.
    pub fn plain_response(&self) -> Response {
        match self {
            Self::InvalidTarget(error) => Response::text(400, format!("{error}\n")),
            Self::BodyTooLarge(_) => error_response(413),
            Self::HeadTooLarge => error_response(431),
        }
    }
}

/// Answers requests, on many threads at once.
pub trait HttpService: Send + Sync + 'static {
    /// What one worker thread keeps from request to request, such as open connections to databases.
    type Worker;

    /// The state of a new worker thread, or of one that panicked.
    fn new_worker(&self) -> Self::Worker;

    /// Answers a request on a worker thread.
    fn respond(&self, worker: &mut Self::Worker, request: HttpRequest) -> Response;

    /// The page for a request that no view sees. May wait for the disk.
    fn refuse(&self, refusal: Refusal) -> Response {
        refusal.plain_response()
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

    fn refuse(&self, refusal: Refusal) -> Response {
        match refusal {
            Refusal::InvalidTarget(error) => self.bad_request(error),
            Refusal::BodyTooLarge(request) => self.body_too_large(*request),
            Refusal::HeadTooLarge => self.head_too_large(),
        }
    }

    fn may_skip_worker(&self, encoded_path: &str) -> bool {
        self.may_serve_static(encoded_path)
    }

    fn respond_without_worker(&self, request: HttpRequest) -> Option<Response> {
        self.serve_static(request)
    }
}
