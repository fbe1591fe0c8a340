//! One connection, from accept to close.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::clock;
use crate::server::deadlines::{Deadlines, Phase};
use crate::server::event::Event;
use crate::server::exchange::{self, Shared};
use crate::server::stream::{Stream, Traces};
use crate::server::{Limits, Service, failure};

/// How long the last word to a client may take, and how much of what it still sends is read.
const LAST_WORD: Duration = Duration::from_secs(1);
const DISCARDED: u64 = 1024 * 1024;

/// The least buffer hyper accepts.
const LEAST_BUFFER: usize = 8192;

/// What all connections are told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Call {
    /// Go on.
    Serve,
    /// Idle connections close, to make room; the number makes each call another.
    MakeRoom(u64),
    /// Close after the request in flight.
    Stop,
}

/// Serves the requests of one connection.
pub(super) async fn serve<S: Service>(
    socket: TcpStream,
    peer: SocketAddr,
    shared: Arc<Shared<S>>,
    mut calls: watch::Receiver<Call>,
) {
    // Without a client there is nothing to be told.
    socket.set_nodelay(true).ok();
    let socket = Arc::new(socket);
    let deadlines = Arc::new(Deadlines::new(&shared.limits));
    let traces = Arc::new(Mutex::new(Traces::default()));
    let stream = Stream::new(
        Arc::clone(&socket),
        Arc::clone(&deadlines),
        Arc::clone(&traces),
        shared.limits.body_timeout,
    );
    let ended = {
        let (shared, deadlines) = (&shared, &deadlines);
        let peer = peer.ip().to_canonical();
        let service = service_fn(move |request| {
            let answer = exchange::answer(Arc::clone(shared), Arc::clone(deadlines), peer, request);
            async { Ok::<_, Infallible>(answer.await) }
        });
        let builder = builder(&shared.limits);
        let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
        loop {
            tokio::select! {
                ended = connection.as_mut() => break ended,
                changed = calls.changed() => {
                    let call = *calls.borrow_and_update();
                    if changed.is_err() || call == Call::Stop || deadlines.phase() == Phase::Idle {
                        connection.as_mut().graceful_shutdown();
                    }
                    if changed.is_err() {
                        break connection.as_mut().await;
                    }
                }
            }
        }
    };
    let unreadable = ended.is_err_and(|error| error.is_parse());
    let traces = std::mem::take(&mut *traces.lock().unwrap_or_else(PoisonError::into_inner));
    let refusal = refusal(&traces, deadlines.phase(), unreadable);
    if let Some((status, reason)) = refusal {
        let time = clock::now();
        shared.events.send(Event::Refused {
            time,
            status,
            reason,
        });
    }
    let last_word = refusal.map(|(status, _)| failure::raw(status));
    if last_word.is_none() && !deadlines.is_refused() {
        return;
    }
    // A client that does not listen loses the last word.
    if let Some(socket) = Arc::into_inner(socket) {
        let farewell = close(socket, last_word.unwrap_or_default());
        timeout(LAST_WORD, farewell).await.ok();
    }
}

fn builder(limits: &Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .header_read_timeout(None)
        .max_header_size(limits.head_size)
        .max_buf_size(limits.head_size.max(LEAST_BUFFER));
    builder
}

/// The status of a request that never became one, and why.
fn refusal(traces: &Traces, phase: Phase, unreadable: bool) -> Option<(u16, &'static str)> {
    match traces.refusal {
        Some(_) if traces.tls => Some((400, "HTTPS was spoken where HTTP is served")),
        Some(status @ 431) => Some((status, "the head is too large")),
        Some(status) => Some((status, "the request is not valid HTTP")),
        None if traces.timed_out && phase == Phase::Head => {
            Some((408, "the head took too long to arrive"))
        }
        None if unreadable && phase == Phase::Head => Some((505, "another HTTP was spoken")),
        None => None,
    }
}

/// Says the last word and closes; what the client still sends is read, since a socket that is closed
/// with bytes unread takes the last word back.
async fn close(mut socket: TcpStream, last_word: Vec<u8>) -> io::Result<()> {
    socket.write_all(&last_word).await?;
    socket.shutdown().await?;
    let mut rest = socket.take(DISCARDED);
    tokio::io::copy(&mut rest, &mut tokio::io::sink()).await?;
    Ok(())
}
