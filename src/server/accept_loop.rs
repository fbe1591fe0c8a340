//! The accept loop: takes connections until the server shuts down.

use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};

use crate::clock;
use crate::http::UploadDirectory;
use crate::server::connection::ConnectionSignal;
use crate::server::io_threads::{self, AcceptedConnection, IoThreads};
use crate::server::request_handler::ServerContext;
use crate::server::server_event::{EventSender, ServerEvent};
use crate::server::shutdown::{Shutdown, ShutdownPhase};
use crate::server::worker_pool::WorkerPool;
use crate::server::{HttpService, Listener, ServerLimits, error_response};

/// How long a new connection waits for another to close.
const SLOT_TIMEOUT: Duration = Duration::from_millis(500);

/// How long the loop pauses when the system is out of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How long the shutdown waits for the last lines of the log.
const LOG_TIMEOUT: Duration = Duration::from_secs(1);

/// How a shutdown ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ShutdownOutcome {
    /// Every request in flight was answered.
    Complete,
    /// Connections were cut off, because the deadline was over or a second signal came.
    CutOff {
        /// How many.
        connections: usize,
    },
}

/// Serves `service` at `listener` until `shutdown`; what happens goes to `sink`, many events at a time.
///
/// Large files of forms are in `uploads` while their requests are answered; nothing of them is left at the end.
///
/// The caller's thread accepts connections and serves its share of them; views have threads of their own.
pub fn serve<S: HttpService>(
    listener: Listener,
    service: Arc<S>,
    limits: ServerLimits,
    uploads: UploadDirectory,
    shutdown: &Shutdown,
    sink: impl FnMut(Vec<ServerEvent>) + Send + 'static,
) -> io::Result<ShutdownOutcome> {
    let (events, log_thread) = EventSender::start(sink);
    let pool = WorkerPool::start(&service, &limits, &events)?;
    let uploads = Arc::new(uploads);
    let context = Arc::new(ServerContext {
        service,
        uploads: Arc::clone(&uploads),
        pool: Arc::clone(&pool),
        limits,
        events,
    });
    let runtime = io_threads::runtime()?;
    let threads = IoThreads::start(&context)?;
    let outcome = runtime.block_on(accept_connections(listener, &context, &threads, shutdown));
    threads.stop();
    pool.close();
    // An ordinary shutdown would wait for reads of files whose connections are cut off.
    runtime.shutdown_background();
    drop(context);
    uploads.close();
    wait_for_log(&log_thread);
    outcome
}

/// Waits until all events are delivered. The thread ends with the last worker, so a stuck view would keep it waiting
/// for ever without the timeout.
fn wait_for_log(log_thread: &JoinHandle<()>) {
    let deadline = Instant::now() + LOG_TIMEOUT;
    while !log_thread.is_finished() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(1));
    }
}

async fn accept_connections<S: HttpService>(
    listener: Listener,
    context: &Arc<ServerContext<S>>,
    threads: &IoThreads<S>,
    shutdown: &Shutdown,
) -> io::Result<ShutdownOutcome> {
    shutdown.listen_to_signals()?;
    listener.socket.set_nonblocking(true)?;
    let socket = TcpListener::from_std(listener.socket)?;
    let slots = Arc::new(Semaphore::new(context.limits.connections));
    let signals = watch::Sender::new(ConnectionSignal::Serve);
    loop {
        tokio::select! {
            biased;
            () = shutdown.wait_for(ShutdownPhase::Graceful) => break,
            accepted = socket.accept() => match accepted {
                Ok((client, peer)) => match acquire_slot(&slots, &signals).await {
                    Some(slot) => threads.serve(AcceptedConnection {
                        client,
                        peer,
                        signals: signals.subscribe(),
                        slot,
                    }),
                    None => refuse(client, context).await,
                },
                Err(error) if is_client_error(&error) => {}
                Err(error) => {
                    context.events.send(ServerEvent::CannotAccept(error.to_string()));
                    sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
    drop(socket);
    signals.send_replace(ConnectionSignal::Shutdown);
    let all = u32::try_from(context.limits.connections).unwrap_or(u32::MAX);
    tokio::select! {
        biased;
        _ = slots.acquire_many(all) => Ok(ShutdownOutcome::Complete),
        () = sleep(context.limits.shutdown_timeout) => Ok(cut_off(&context.limits, &slots)),
        () = shutdown.wait_for(ShutdownPhase::Immediate) => Ok(cut_off(&context.limits, &slots)),
    }
}

fn cut_off(limits: &ServerLimits, slots: &Semaphore) -> ShutdownOutcome {
    match limits.connections - slots.available_permits().min(limits.connections) {
        0 => ShutdownOutcome::Complete,
        connections => ShutdownOutcome::CutOff { connections },
    }
}

/// Tells a client that there are too many connections.
async fn refuse<S>(client: TcpStream, context: &ServerContext<S>) {
    context.events.send(ServerEvent::Refused {
        time: clock::now(),
        status: 503,
        reason: "too many connections",
    });
    // The response fits into the socket's buffer; a client whose buffer is full gets none.
    client.writable().await.ok();
    let response = error_response::error_response(503);
    client.try_write(&error_response::to_bytes(&response)).ok();
}

async fn acquire_slot(
    slots: &Arc<Semaphore>,
    signals: &watch::Sender<ConnectionSignal>,
) -> Option<OwnedSemaphorePermit> {
    if let Ok(permit) = Arc::clone(slots).try_acquire_owned() {
        return Some(permit);
    }
    signals.send_modify(|signal| {
        *signal = match signal {
            ConnectionSignal::CloseIdle(number) => {
                ConnectionSignal::CloseIdle(number.wrapping_add(1))
            }
            ConnectionSignal::Serve | ConnectionSignal::Shutdown => ConnectionSignal::CloseIdle(0),
        };
    });
    let freed = timeout(SLOT_TIMEOUT, Arc::clone(slots).acquire_owned()).await;
    freed.ok()?.ok()
}

fn is_client_error(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}
