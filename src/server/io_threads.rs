//! The threads that read requests and write responses, each with a runtime of its own.
//!
//! A connection stays on one thread from its first byte to its last: nothing of it is shared with another one. The thread
//! that accepts hands a new connection to the one that has the fewest. (With `SO_REUSEPORT` the system would distribute
//! them by a hash of their addresses: some threads then get twice as many as others, and a limit of all connections together
//! would need the threads to talk after all.)

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};

use tokio::net::TcpStream;
use tokio::runtime::{self, Runtime};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::server::HttpService;
use crate::server::connection::{self, ConnectionSignal};
use crate::server::request_handler::ServerContext;

/// Threads of one runtime that wait for the disk at once; a runtime starts them when it needs them.
const BLOCKING_THREADS: usize = 256;

/// A connection that was accepted and has a slot.
pub(super) struct AcceptedConnection {
    pub(super) client: TcpStream,
    pub(super) peer: SocketAddr,
    pub(super) signals: watch::Receiver<ConnectionSignal>,
    /// Its slot among the connections that there may be at once.
    pub(super) slot: OwnedSemaphorePermit,
}

/// A connection on its way to the thread that serves it.
struct SentConnection {
    client: std::net::TcpStream,
    peer: SocketAddr,
    held: HeldConnection,
}

/// What a connection holds as long as it is there.
struct HeldConnection {
    signals: watch::Receiver<ConnectionSignal>,
    slot: OwnedSemaphorePermit,
    load: ThreadLoad,
}

/// One of the connections that a thread has, until it is dropped.
struct ThreadLoad(Arc<AtomicUsize>);

/// The threads that serve connections: the one that accepts them, and others.
pub(super) struct IoThreads<S> {
    context: Arc<ServerContext<S>>,
    /// How many connections the accepting thread has.
    own: Arc<AtomicUsize>,
    others: Vec<IoThread>,
}

struct IoThread {
    /// How many connections it has.
    connections: Arc<AtomicUsize>,
    sender: UnboundedSender<SentConnection>,
    handle: JoinHandle<()>,
}

/// The runtime of one thread.
pub(super) fn runtime() -> io::Result<Runtime> {
    runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .max_blocking_threads(BLOCKING_THREADS)
        .build()
}

impl<S: HttpService> IoThreads<S> {
    /// Starts the threads beside the caller's own, as many as the limits say.
    pub(super) fn start(context: &Arc<ServerContext<S>>) -> io::Result<Self> {
        let others = (2..=context.limits.io_threads).map(|number| IoThread::start(number, context));
        Ok(Self {
            context: Arc::clone(context),
            own: Arc::default(),
            others: others.collect::<io::Result<_>>()?,
        })
    }

    /// Has the thread with the fewest connections serve this one; must be called inside the runtime of the caller.
    pub(super) fn serve(&self, accepted: AcceptedConnection) {
        let count = |connections: &AtomicUsize| connections.load(Ordering::Relaxed);
        let mut idlest = (&self.own, None);
        for thread in &self.others {
            if count(&thread.connections) < count(idlest.0) {
                idlest = (&thread.connections, Some(&thread.sender));
            }
        }
        let AcceptedConnection {
            client,
            peer,
            signals,
            slot,
        } = accepted;
        let load = ThreadLoad::of(idlest.0);
        let held = HeldConnection {
            signals,
            slot,
            load,
        };
        let Some(sender) = idlest.1 else {
            return spawn(client, peer, held, &self.context);
        };
        // A thread that has ended closes what it is sent.
        if let Ok(client) = client.into_std() {
            sender.send(SentConnection { client, peer, held }).ok();
        }
    }

    /// Ends the threads; connections that are still there are cut off.
    pub(super) fn stop(self) {
        for thread in self.others {
            drop(thread.sender);
            // One that panicked has cut its connections off as well.
            thread.handle.join().ok();
        }
    }
}

impl IoThread {
    fn start<S: HttpService>(number: usize, context: &Arc<ServerContext<S>>) -> io::Result<Self> {
        let (sender, receiver) = mpsc::unbounded_channel();
        let (runtime, context) = (runtime()?, Arc::clone(context));
        let run = move || {
            runtime.block_on(serve_received(receiver, &context));
            runtime.shutdown_background();
        };
        let thread = thread::Builder::new().name(format!("io-{number}"));
        Ok(Self {
            connections: Arc::default(),
            sender,
            handle: thread.spawn(run)?,
        })
    }
}

impl ThreadLoad {
    fn of(thread: &Arc<AtomicUsize>) -> Self {
        thread.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(thread))
    }
}

impl Drop for ThreadLoad {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves the connections that are sent, until nobody sends any more.
async fn serve_received<S: HttpService>(
    mut connections: UnboundedReceiver<SentConnection>,
    context: &Arc<ServerContext<S>>,
) {
    while let Some(SentConnection { client, peer, held }) = connections.recv().await {
        // This fails where the system cannot watch more sockets; then the client is told nothing.
        if let Ok(client) = TcpStream::from_std(client) {
            spawn(client, peer, held, context);
        }
    }
}

/// Serves a connection on this thread.
fn spawn<S: HttpService>(
    client: TcpStream,
    peer: SocketAddr,
    held: HeldConnection,
    context: &Arc<ServerContext<S>>,
) {
    let context = Arc::clone(context);
    let HeldConnection {
        signals,
        slot,
        load,
    } = held;
    tokio::spawn(async move {
        connection::serve(client, peer, context, signals).await;
        drop((slot, load));
    });
}
