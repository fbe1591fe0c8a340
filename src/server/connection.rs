//! One connection, from accept to close.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::clock;
use crate::server::client_stream::{ClientStream, ConnectionFailure};
use crate::server::connection_state::{ConnectionPhase, ConnectionState};
use crate::server::request_handler::{self, ServerContext};
use crate::server::server_event::ServerEvent;
use crate::server::{HttpService, Refusal, ServerLimits, error_response};

/// How long the final response to a client may take, and how many bytes of what it still sends are read.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);
const MAX_DISCARDED: u64 = 1024 * 1024;

/// The smallest buffer that hyper accepts.
const MIN_BUFFER_SIZE: usize = 8192;

/// What the accept loop tells all connections.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum ConnectionSignal {
    /// Keep serving.
    Serve,
    /// Idle connections close, to free slots. The number differs from signal to signal, so that each is noticed.
    CloseIdle(u64),
    /// Close after the request in flight.
    Shutdown,
}

/// Serves the requests of one connection, until it is closed.
pub(super) async fn serve<S: HttpService>(
    socket: TcpStream,
    peer: SocketAddr,
    context: Arc<ServerContext<S>>,
    signals: watch::Receiver<ConnectionSignal>,
) {
    // This fails where the client is gone, which the first read reports.
    socket.set_nodelay(true).ok();
    let state = Arc::new(ConnectionState::new(&context.limits));
    let stream = ClientStream::new(socket, Arc::clone(&state), context.limits.body_timeout);
    let peer = peer.ip().to_canonical();
    let (outcome, stream) = run_http(stream, peer, &context, &state, signals).await;
    let unreadable = outcome.is_err_and(|error| error.is_parse());
    let (socket, failure) = stream.into_parts();
    let refusal = refusal(&failure, state.phase(), unreadable);
    if let Some((status, reason)) = refusal {
        context.events.send(ServerEvent::Refused {
            time: clock::now(),
            status,
            reason,
        });
    }
    let final_response = match refusal {
        Some((status, _)) => Some(final_response(&context, status).await),
        None => None,
    };
    if final_response.is_none() && !state.has_refused_request() {
        return;
    }
    // A client that does not read in time does not get the final response.
    let closing = close(socket, final_response.unwrap_or_default());
    timeout(CLOSE_TIMEOUT, closing).await.ok();
}

/// The whole answer to what is not a request: a page of the site where only the size of the head is wrong.
async fn final_response<S: HttpService>(context: &ServerContext<S>, status: u16) -> Vec<u8> {
    let service = Arc::clone(&context.service);
    let response = match status {
        431 => spawn_blocking(move || service.refuse(Refusal::HeadTooLarge))
            .await
            .ok(),
        _ => None,
    };
    let response = response.unwrap_or_else(|| error_response::error_response(status));
    error_response::to_bytes(&response)
}

/// Lets hyper read requests from `stream` and write responses to it, until either side closes it; returns the stream.
async fn run_http<S: HttpService>(
    stream: ClientStream,
    peer: IpAddr,
    context: &Arc<ServerContext<S>>,
    state: &Arc<ConnectionState>,
    mut signals: watch::Receiver<ConnectionSignal>,
) -> (hyper::Result<()>, ClientStream) {
    let service = service_fn(move |request| {
        let response =
            request_handler::handle(Arc::clone(context), Arc::clone(state), peer, request);
        async { Ok::<_, Infallible>(response.await) }
    });
    let builder = builder(&context.limits);
    let mut connection = builder.serve_connection(TokioIo::new(stream), service);
    let outcome = loop {
        tokio::select! {
            outcome = &mut connection => break outcome,
            changed = signals.changed() => {
                let signal = *signals.borrow_and_update();
                let is_idle = state.phase() == ConnectionPhase::Idle;
                if changed.is_err() || signal == ConnectionSignal::Shutdown || is_idle {
                    Pin::new(&mut connection).graceful_shutdown();
                }
                if changed.is_err() {
                    break (&mut connection).await;
                }
            }
        }
    };
    (outcome, connection.into_parts().io.into_inner())
}

fn builder(limits: &ServerLimits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .header_read_timeout(None)
        // A client that closes its writing half may still read. One that is gone looks the same until it is written to.
        .half_close(true)
        .max_header_size(limits.head_size)
        .max_buf_size(limits.head_size.max(MIN_BUFFER_SIZE));
    builder
}

/// The status for bytes that are not a request, and the reason.
fn refusal(
    failure: &ConnectionFailure,
    phase: ConnectionPhase,
    unreadable: bool,
) -> Option<(u16, &'static str)> {
    match failure.refusal {
        Some(_) if failure.tls => Some((
            400,
            "HTTPS was spoken where HTTP is served: write `http://` before the address",
        )),
        Some(status @ 431) => Some((status, "the head is too large")),
        Some(status) => Some((status, "the request is not valid HTTP")),
        None if failure.timed_out && phase == ConnectionPhase::Head => {
            Some((408, "the head took too long to arrive"))
        }
        None if unreadable && phase == ConnectionPhase::Head => {
            Some((505, "another HTTP was spoken"))
        }
        None => None,
    }
}

/// Sends the final response and closes. What the client still sends is read, because a socket that is closed
/// with unread bytes discards what it has sent.
async fn close(mut socket: TcpStream, final_response: Vec<u8>) -> io::Result<()> {
    socket.write_all(&final_response).await?;
    socket.shutdown().await?;
    let mut rest = socket.take(MAX_DISCARDED);
    tokio::io::copy(&mut rest, &mut tokio::io::sink()).await?;
    Ok(())
}
