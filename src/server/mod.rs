//! The HTTP server, for development and production alike. It does not know any views.
//!
//! # The way of a request
//!
//! 1. [`Listener`] is bound before anything else starts, so that a port in use is reported at once.
//! 2. The accept loop takes connections up to a limit; beyond it idle ones are closed, then new ones get 503.
//! 3. Each connection is HTTP/1.1 by hyper on one of several threads of tokio, over a stream with timeouts for the
//!    head, the pause between requests and a client that does not read.
//! 4. What is in memory, a static file or a page that is kept, is answered there; a file that is not, by a thread
//!    that may wait for the disk.
//! 5. For any other request the body is read, up to a size and in a time; of a form, large files go to disk as they come.
//!    Then the request waits for a worker thread, which runs [`HttpService::respond`]. A full queue gives 503; a panic
//!    gives 500, and the worker goes on; one whose view never returns is replaced ([`LostWorkers`]).
//! 6. When the response is sent or given up, the access line goes to a thread that writes many at once. A request has one
//!    whatever becomes of it; a client may close its writing half after the request, so a client that is gone is noticed
//!    when it is written to.
//! 7. On [`Shutdown`] no connection is accepted, idle ones close, and requests in flight have until a deadline.

mod accept_loop;
mod bind_address;
mod client_stream;
mod connection;
mod connection_state;
mod error_response;
mod file_watcher;
mod http_service;
mod hyper_request;
mod interrupts;
mod io_threads;
mod loading_thread;
mod lost_workers;
mod outgoing_file;
mod read_body;
mod reloading_service;
mod request_handler;
mod request_in_flight;
mod response_body;
mod server_event;
mod server_limits;
mod shutdown;
mod worker_pool;

pub use accept_loop::{ShutdownOutcome, serve};
pub use bind_address::{BindAddress, BindError, InvalidBindAddress, Listener};
pub use http_service::{HttpService, Refusal, Responder};
pub use interrupts::on_interrupt;
pub use loading_thread::LoadingThread;
pub use lost_workers::LostWorkers;
pub use reloading_service::{LoadedSite, ReloadingService};
pub use server_event::ServerEvent;
pub use server_limits::ServerLimits;
pub use shutdown::Shutdown;
