//! The accept loop, and its end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};

use crate::server::connection::{self, Call};
use crate::server::event::{Event, Events};
use crate::server::exchange::Shared;
use crate::server::pool::Pool;
use crate::server::stop::{Stop, Urgency};
use crate::server::{Limits, Listener, Service, failure};

/// How long a new connection waits for another to close.
const WAIT_FOR_ROOM: Duration = Duration::from_millis(500);

/// How long nothing is accepted when the system is out of file descriptors.
const PAUSE: Duration = Duration::from_millis(100);

/// How long the last lines of the log are waited for.
const LAST_LINES: Duration = Duration::from_secs(1);

/// How a server ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Ending {
    /// Every request in flight was answered.
    Complete,
    /// So many connections were cut off: the deadline was over, or a second signal came.
    CutOff(usize),
}

/// Serves `service` at `listener` until `stop`; what happens goes to `sink`, many events at a time.
///
/// One thread runs all connections, as a page costs it a few microseconds; views have their own.
pub fn serve<S: Service>(
    listener: Listener,
    service: Arc<S>,
    limits: Limits,
    stop: &Stop,
    sink: impl FnMut(Vec<Event>) + Send + 'static,
) -> io::Result<Ending> {
    let (events, teller) = Events::start(sink);
    let pool = Pool::start(&service, &limits, &events)?;
    let shared = Arc::new(Shared {
        service,
        pool: Arc::clone(&pool),
        limits,
        events,
    });
    let runtime = runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()?;
    let ending = runtime.block_on(accept_until(listener, shared, stop));
    pool.close();
    // Reads of files that are cut off would be waited for.
    runtime.shutdown_background();
    wait_for(&teller);
    ending
}

/// The teller ends with the last worker, and all is told then; a view that is stuck is not waited for.
fn wait_for(teller: &JoinHandle<()>) {
    let deadline = Instant::now() + LAST_LINES;
    while !teller.is_finished() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(1));
    }
}

async fn accept_until<S: Service>(
    listener: Listener,
    shared: Arc<Shared<S>>,
    stop: &Stop,
) -> io::Result<Ending> {
    stop.listen()?;
    listener.socket.set_nonblocking(true)?;
    let socket = TcpListener::from_std(listener.socket)?;
    let room = Arc::new(Semaphore::new(shared.limits.connections));
    let calls = watch::Sender::new(Call::Serve);
    loop {
        tokio::select! {
            biased;
            () = stop.wait(Urgency::Soon) => break,
            accepted = socket.accept() => match accepted {
                Ok((client, peer)) => admit(client, peer, &shared, &room, &calls).await,
                Err(error) if is_of_the_client(&error) => {}
                Err(error) => {
                    shared.events.send(Event::CannotAccept(error.to_string()));
                    sleep(PAUSE).await;
                }
            },
        }
    }
    drop(socket);
    calls.send_replace(Call::Stop);
    let all = u32::try_from(shared.limits.connections).unwrap_or(u32::MAX);
    tokio::select! {
        biased;
        _ = room.acquire_many(all) => Ok(Ending::Complete),
        () = sleep(shared.limits.shutdown_timeout) => Ok(cut_off(&shared.limits, &room)),
        () = stop.wait(Urgency::Now) => Ok(cut_off(&shared.limits, &room)),
    }
}

fn cut_off(limits: &Limits, room: &Semaphore) -> Ending {
    match limits.connections - room.available_permits().min(limits.connections) {
        0 => Ending::Complete,
        open => Ending::CutOff(open),
    }
}

/// Serves a new connection as soon as there is room, or refuses it.
async fn admit<S: Service>(
    client: TcpStream,
    peer: SocketAddr,
    shared: &Arc<Shared<S>>,
    room: &Arc<Semaphore>,
    calls: &watch::Sender<Call>,
) {
    let Some(permit) = permit(room, calls).await else {
        // The answer fits into the socket's buffer; a client for which it does not gets none.
        client.writable().await.ok();
        client.try_write(&failure::raw(503)).ok();
        return;
    };
    let (shared, calls) = (Arc::clone(shared), calls.subscribe());
    tokio::spawn(async move {
        connection::serve(client, peer, shared, calls).await;
        drop(permit);
    });
}

async fn permit(
    room: &Arc<Semaphore>,
    calls: &watch::Sender<Call>,
) -> Option<OwnedSemaphorePermit> {
    if let Ok(permit) = Arc::clone(room).try_acquire_owned() {
        return Some(permit);
    }
    calls.send_modify(|call| {
        *call = match call {
            Call::MakeRoom(number) => Call::MakeRoom(number.wrapping_add(1)),
            Call::Serve | Call::Stop => Call::MakeRoom(0),
        };
    });
    let freed = timeout(WAIT_FOR_ROOM, Arc::clone(room).acquire_owned()).await;
    freed.ok()?.ok()
}

fn is_of_the_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}
