//! Turns one request into a response.
//!
//! 1. A request without a host, or with several, is refused (RFC 9112, 3.2); so are codings beside `chunked`.
//! 2. What needs no worker, such as a static file, is answered at once.
//! 3. The body is read, up to a size and in a time.
//! 4. A worker thread answers.

use std::net::IpAddr;
use std::sync::Arc;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::Version;
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{CONNECTION, HOST, HeaderValue, TRANSFER_ENCODING};
use hyper::http::request::Parts;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::server::connection_state::ConnectionState;
use crate::server::error_response::{self, HyperResponse};
use crate::server::hyper_request::from_hyper;
use crate::server::request_in_flight::RequestInFlight;
use crate::server::server_event::EventSender;
use crate::server::worker_pool::{QueuedRequest, WorkerPool};
use crate::server::{HttpService, ServerLimits};

/// What all connections share.
pub(super) struct ServerContext<S> {
    pub(super) service: Arc<S>,
    pub(super) pool: Arc<WorkerPool>,
    pub(super) limits: ServerLimits,
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
    let response = match respond(&context, head, body, peer).await {
        Ok(response) => response,
        Err(status) => {
            state.request_refused();
            refusal(status)
        }
    };
    in_flight.answered(response.status().as_u16());
    response.map(|body| body.reporting_to(in_flight))
}

/// The response, or the status of the error that ends the connection.
async fn respond<S: HttpService>(
    context: &ServerContext<S>,
    head: Parts,
    body: Incoming,
    peer: IpAddr,
) -> Result<HyperResponse, u16> {
    if head.method == hyper::Method::CONNECT {
        return Err(501);
    }
    if !has_one_host(&head) {
        return Err(400);
    }
    check_transfer_codings(&head)?;
    if let Some(response) = respond_without_worker(context, &head, peer).await {
        return Ok(response);
    }
    let body = read_body(&context.limits, body).await?;
    let (response_sender, response) = oneshot::channel();
    let request = QueuedRequest {
        head,
        body,
        peer,
        response_sender,
    };
    if !context.pool.submit(request) {
        return Err(503);
    }
    response.await.map_err(|_| 503)
}

/// The response to a refused request. The connection ends with it, so that the rest of the request need not be read.
fn refusal(status: u16) -> HyperResponse {
    let mut response = error_response::into_hyper(error_response::error_response(status));
    if status != 503 {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    response
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

async fn respond_without_worker<S: HttpService>(
    context: &ServerContext<S>,
    head: &Parts,
    peer: IpAddr,
) -> Option<HyperResponse> {
    if !context.service.may_skip_worker(head.uri.path()) {
        return None;
    }
    let request = from_hyper(head, Bytes::new(), peer).ok()?;
    let service = Arc::clone(&context.service);
    let response = spawn_blocking(move || service.respond_without_worker(request));
    response
        .await
        .ok()
        .flatten()
        .map(error_response::into_hyper)
}

async fn read_body(limits: &ServerLimits, body: Incoming) -> Result<Bytes, u16> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let limit = limits.body_size;
    let announced = body.size_hint().lower();
    if announced > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(413);
    }
    match timeout(limits.body_timeout, Limited::new(body, limit).collect()).await {
        Err(_) => Err(408),
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(413),
        Ok(Err(_)) => Err(400),
    }
}
