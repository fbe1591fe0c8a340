//! Turns one request into a response.
//!
//! 1. A request without a host, or with several, is refused (RFC 9112, 3.2); so are codings beside `chunked`.
//! 2. What is in memory is answered at once, and what is on disk by a thread that may wait.
//! 3. The body is read, up to a size and in a time.
//! 4. A worker thread answers.

use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::header::{CONNECTION, HOST, HeaderValue, TRANSFER_ENCODING};
use hyper::http::request::Parts;
use hyper::{Method, Version};
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

use crate::http::{RequestBody, Response, UploadDirectory};
use crate::server::connection_state::ConnectionState;
use crate::server::error_response::{self, HyperResponse};
use crate::server::hyper_request::from_hyper;
use crate::server::read_body::read_body;
use crate::server::request_in_flight::RequestInFlight;
use crate::server::server_event::EventSender;
use crate::server::worker_pool::{QueuedRequest, WorkerPool};
use crate::server::{HttpService, Refusal, Responder, ServerLimits};

/// What all connections share.
pub(super) struct ServerContext<S> {
    pub(super) service: Arc<S>,
    pub(super) pool: Arc<WorkerPool>,
    pub(super) limits: ServerLimits,
    pub(super) uploads: Arc<UploadDirectory>,
    pub(super) events: EventSender,
}

/// Answers `request`, which came from `peer`, and logs it.
pub(super) async fn handle<S: HttpService>(
    context: Arc<ServerContext<S>>,
    state: Arc<ConnectionState>,
    peer: IpAddr,
    request: hyper::Request<Incoming>,
) -> HyperResponse {
    let (head, body) = request.into_parts();
    let mut in_flight = RequestInFlight::begin(&head, Arc::clone(&state), context.events.clone());
    let answer = respond(&context, head, body, peer).await;
    if !answer.is_whole {
        state.request_refused();
    }
    let response = answer.into_response();
    in_flight.answered(response.status().as_u16());
    response.map(|body| body.reporting_to(in_flight))
}

/// What becomes of a request.
struct Answer {
    response: HyperResponse,
    /// Whether all of the request was read; the connection ends where it was not, so that the rest need not be.
    is_whole: bool,
}

impl Answer {
    /// The plain answer to a request that is refused before it is read.
    fn refused(status: u16) -> Self {
        Self {
            is_whole: false,
            ..Self::whole(error_response::error_response(status))
        }
    }

    /// The plain answer to a request that nobody has time for.
    fn busy() -> Self {
        Self::whole(error_response::error_response(503))
    }

    fn whole(response: Response) -> Self {
        Self {
            response: error_response::into_hyper(response),
            is_whole: true,
        }
    }

    fn into_response(mut self) -> HyperResponse {
        if !self.is_whole {
            let close = HeaderValue::from_static("close");
            self.response.headers_mut().insert(CONNECTION, close);
        }
        self.response
    }
}

async fn respond<S: HttpService>(
    context: &ServerContext<S>,
    head: Parts,
    body: Incoming,
    peer: IpAddr,
) -> Answer {
    if let Err(status) = check_head(&head) {
        return Answer::refused(status);
    }
    if let Some(response) = answer_without_worker(context, &head, peer).await {
        return Answer::whole(response);
    }
    let received = match read_body(&context.limits, &context.uploads, &head.headers, body).await {
        Ok(received) => received,
        Err(413) => return body_too_large(context, &head, peer).await,
        Err(status) => return Answer::refused(status),
    };
    let (response_sender, response) = oneshot::channel();
    let request = QueuedRequest {
        head,
        body: received.body,
        peer,
        response_sender,
    };
    if !context.pool.submit(request) {
        return Answer::busy();
    }
    let is_whole = received.is_whole;
    match response.await {
        Ok(response) => Answer { response, is_whole },
        Err(_) => Answer::busy(),
    }
}

/// The page for a request whose body is too large, which is made without it.
async fn body_too_large<S: HttpService>(
    context: &ServerContext<S>,
    head: &Parts,
    peer: IpAddr,
) -> Answer {
    let Ok(request) = from_hyper(head, RequestBody::Bytes(Vec::new()), peer) else {
        return Answer::refused(413);
    };
    let service = Arc::clone(&context.service);
    let refusal = Refusal::BodyTooLarge(Box::new(request));
    match spawn_blocking(move || service.refuse(refusal)).await {
        Ok(response) => Answer {
            is_whole: false,
            ..Answer::whole(response)
        },
        Err(_) => Answer::refused(413),
    }
}

fn check_head(head: &Parts) -> Result<(), u16> {
    if head.method == Method::CONNECT {
        return Err(501);
    }
    if !has_one_host(head) {
        return Err(400);
    }
    check_transfer_codings(head)
}

fn has_one_host(head: &Parts) -> bool {
    let mut hosts = head.headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (_, Some(_)) => false,
        (None, None) => head.version == Version::HTTP_10,
        (Some(_), None) => true,
    }
}

/// Refuses a body in codings other than `chunked`, applied once: what is read would not be what was sent, and another
/// reader of the connection would see another end of it (RFC 9112, 6.1).
fn check_transfer_codings(head: &Parts) -> Result<(), u16> {
    let values = head.headers.get_all(TRANSFER_ENCODING).iter();
    let values: Option<Vec<_>> = values.map(|value| value.to_str().ok()).collect();
    let values = values.ok_or(400_u16)?;
    let codings = values.iter().flat_map(|value| value.split(','));
    let codings: Vec<_> = codings
        .map(str::trim)
        .filter(|coding| !coding.is_empty())
        .collect();
    match codings.as_slice() {
        [] | [_] => Ok(()),
        [before @ .., _]
            if before
                .iter()
                .any(|coding| coding.eq_ignore_ascii_case("chunked")) =>
        {
            Err(400)
        }
        _ => Err(501),
    }
}

/// The answer from memory or from the disk, where the service has one.
async fn answer_without_worker<S: HttpService>(
    context: &ServerContext<S>,
    head: &Parts,
    peer: IpAddr,
) -> Option<Response> {
    let responder = context.service.responder(head.uri.path());
    if responder == Responder::Worker {
        return None;
    }
    let request = || from_hyper(head, RequestBody::Bytes(Vec::new()), peer).ok();
    if matches!(head.method, Method::GET | Method::HEAD) {
        let answer = AssertUnwindSafe(|| context.service.respond_from_memory(request()?));
        // After a panic the next one answers: it may fail as well, and says so.
        if let Ok(Some(response)) = catch_unwind(answer) {
            return Some(response);
        }
    }
    if responder != Responder::Disk {
        return None;
    }
    let (request, service) = (request()?, Arc::clone(&context.service));
    let response = spawn_blocking(move || service.respond_from_disk(request));
    response.await.ok().flatten()
}
