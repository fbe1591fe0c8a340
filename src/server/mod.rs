//! The HTTP server: for development and production alike. It knows no views.
//!
//! # A request's way
//!
//! 1. [`Listener`] is bound before anything else starts, so that a taken port is told at once.
//! 2. The accept loop takes connections up to a limit; beyond it idle ones are closed, then new ones get 503.
//! 3. Each connection is HTTP/1.1 by hyper on one thread of tokio, over a stream with deadlines for the
//!    head, the pause between requests and a client that does not read.
//! 4. A static file is answered beside the pool, read in pieces where it is large.
//! 5. Else the body is read, up to a size and in a time, and the request waits for a worker thread, which
//!    runs [`Service::respond`]. A full queue gives 503, a panic 500; the worker goes on.
//! 6. The access line goes to a thread that writes many at once.
//! 7. On [`Stop`] no connection is accepted, idle ones close, and requests in flight have until a deadline.

mod accept;
mod access_log;
mod address;
mod connection;
mod content;
mod deadlines;
mod event;
mod exchange;
mod failure;
mod limits;
mod pool;
mod reloading_service;
mod service;
mod stop;
mod stream;
mod watch;

pub use accept::{Ending, serve};
pub use access_log::AccessLog;
pub use address::{Address, BadAddress, BindError, Listener};
pub use event::{Access, Event};
pub use limits::Limits;
pub use reloading_service::{Application, Loaded, ReloadingService};
pub use service::Service;
pub use stop::Stop;
