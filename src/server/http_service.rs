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

/// Who may answer the requests for a path; what one cannot answer comes to the next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Responder {
    /// A worker.
    Worker,
    /// The thread that read the request, from memory; else a worker.
    Memory,
    /// The thread that read the request, from memory; else one that may wait for the disk; else a worker.
    Disk,
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

    /// Who may answer a GET or HEAD for this path, which is still encoded; any other request gets no further than to the
    /// disk.
    ///
    /// The server asks this for every request on the thread that reads it, so it must not wait.
    fn responder(&self, _encoded_path: &str) -> Responder {
        Responder::Worker
    }

    /// Answers a GET or HEAD from memory, on the thread that read it: must not wait.
    ///
    /// `None` where the next one has to answer.
    fn respond_from_memory(&self, _request: HttpRequest) -> Option<Response> {
        None
    }

    /// Answers a request without its body from the disk, such as one for a static file.
    ///
    /// `None` where a worker has to answer.
    fn respond_from_disk(&self, _request: HttpRequest) -> Option<Response> {
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

    fn responder(&self, encoded_path: &str) -> Responder {
        if self.may_serve_static(encoded_path) {
            Responder::Disk
        } else if self.may_have_page(encoded_path) {
            Responder::Memory
        } else {
            Responder::Worker
        }
    }

    fn respond_from_memory(&self, request: HttpRequest) -> Option<Response> {
        self.respond_from_memory(request)
    }

    fn respond_from_disk(&self, request: HttpRequest) -> Option<Response> {
        self.serve_static(request)
    }
}
