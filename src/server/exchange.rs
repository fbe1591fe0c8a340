//! One request and its answer.
//!
//! 1. A request that names no host, or several, is refused (RFC 9112, 3.2).
//! 2. A static file is answered at once.
//! 3. The body is read, up to a size and in a time.
//! 4. A worker thread answers.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{CONNECTION, HOST, HeaderValue};
use hyper::http::request::Parts;
use hyper::{HeaderMap, Version};
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::clock;
use crate::http::{BadTarget, Headers, Method, Request};
use crate::server::content::Content;
use crate::server::deadlines::Deadlines;
use crate::server::event::{Access, Event, Events};
use crate::server::failure::{self, Outgoing};
use crate::server::pool::{Job, Pool};
use crate::server::{Limits, Service};
use crate::staticfiles::Answer;

/// What every connection shares.
pub(super) struct Shared<S> {
    pub(super) service: Arc<S>,
    pub(super) pool: Arc<Pool>,
    pub(super) limits: Limits,
    pub(super) events: Events,
}

/// Answers `request`, which came from `peer`, and logs it.
pub(super) async fn answer<S: Service>(
    shared: Arc<Shared<S>>,
    deadlines: Arc<Deadlines>,
    peer: IpAddr,
    request: hyper::Request<Incoming>,
) -> Outgoing {
    deadlines.begun();
    let (time, started) = (clock::now(), Instant::now());
    let (head, body) = request.into_parts();
    let mut access = Access {
        time,
        method: head.method.to_string(),
        target: head.uri.to_string(),
        version: if head.version == Version::HTTP_10 {
            "HTTP/1.0"
        } else {
            "HTTP/1.1"
        },
        status: 0,
        size: 0,
        duration: std::time::Duration::ZERO,
    };
    let is_head = head.method == hyper::Method::HEAD;
    let outgoing = match respond(&shared, head, body, peer).await {
        Ok(outgoing) => outgoing,
        Err(status) => {
            deadlines.refused();
            refusal(status)
        }
    };
    access.status = outgoing.status().as_u16();
    access.size = if is_head { 0 } else { outgoing.body().size() };
    access.duration = started.elapsed();
    shared.events.send(Event::Access(access));
    outgoing.map(|content| content.reporting_to(deadlines))
}

async fn respond<S: Service>(
    shared: &Shared<S>,
    head: Parts,
    body: Incoming,
    peer: IpAddr,
) -> Result<Outgoing, u16> {
    if head.method == hyper::Method::CONNECT {
        return Err(501);
    }
    if !names_one_host(&head) {
        return Err(400);
    }
    if let Some(answer) = static_file(shared, &head).await {
        let content = Content::from(answer.body);
        return Ok(failure::build(answer.status, &answer.headers, content));
    }
    let body = read_body(&shared.limits, body).await?;
    let (reply, answer) = oneshot::channel();
    let job = Job {
        head,
        body,
        peer,
        reply,
    };
    if !shared.pool.submit(job) {
        return Err(503);
    }
    answer.await.map_err(|_| 503)
}

/// A failure after which the connection ends: what the client still sends is of no use.
fn refusal(status: u16) -> Outgoing {
    let mut outgoing = failure::outgoing(failure::response(status));
    if status != 503 {
        let close = HeaderValue::from_static("close");
        outgoing.headers_mut().insert(CONNECTION, close);
    }
    outgoing
}

fn names_one_host(head: &Parts) -> bool {
    let mut hosts = head.headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (_, Some(_)) => false,
        (None, None) => head.version == Version::HTTP_10,
        (Some(_), None) => true,
    }
}

async fn static_file<S: Service>(shared: &Shared<S>, head: &Parts) -> Option<Answer> {
    let files = shared.service.files()?;
    let path = files.path_of(head.uri.path())?;
    let method = Method::from_name(head.method.as_str());
    let headers = headers_of(&head.headers);
    let looked = spawn_blocking(move || files.answer(&path, &method, &headers));
    looked.await.ok().flatten()
}

async fn read_body(limits: &Limits, body: Incoming) -> Result<Bytes, u16> {
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

/// The request as views see it.
pub(super) fn request_of(head: &Parts, body: Bytes, peer: IpAddr) -> Result<Request, BadTarget> {
    let method = Method::from_name(head.method.as_str());
    let headers = headers_of(&head.headers);
    Request::new(method, &head.uri.to_string(), headers, body.into(), peer)
}

fn headers_of(map: &HeaderMap) -> Headers {
    map.iter()
        .map(|(name, value)| (name.as_str(), text_of(value)))
        .collect()
}

/// UTF-8 where it is, else Latin-1, in which no byte is wrong.
fn text_of(value: &HeaderValue) -> String {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => value.as_bytes().iter().copied().map(char::from).collect(),
    }
}
