//! Limits on what clients may send and on how long they may take.

use std::num::NonZero;
use std::thread;
use std::time::Duration;

use crate::http::FormLimits;
use crate::server::{LoadingThread, LostWorkers};
use crate::settings;

/// Limits on what clients may send and on how long they may take.
#[derive(Clone, Debug)]
pub struct ServerLimits {
    /// Threads that read requests and write responses, at least one.
    pub io_threads: usize,
    /// Threads that run views.
    pub workers: usize,
    /// Requests that wait for a worker.
    pub queue: usize,
    /// Connections at once.
    pub connections: usize,
    /// Bytes of a request's head.
    pub head_size: usize,
    /// What a form may hold; its bytes of fields are those of any other body too.
    pub form: FormLimits,
    /// Bytes of a whole form of several parts.
    pub upload_size: u64,
    /// How long a request's head may take.
    pub head_timeout: Duration,
    /// How long a request's body may take, with a second more for each 16 KiB that came, and how long a client may leave its response unread.
    pub body_timeout: Duration,
    /// How long a connection may wait for its next request.
    pub idle_timeout: Duration,
    /// How long requests may go on after the signal to stop.
    pub shutdown_timeout: Duration,
    /// Bytes of the stack of a worker; `None` for the usual one.
    pub worker_stack: Option<usize>,
    /// The thread that loaded the site, which is the first worker then; `None` where it has other things to do.
    pub loading_thread: Option<LoadingThread>,
    /// Where workers are reported whose view does not return.
    pub lost_workers: LostWorkers,
}

/// Requests in the queue for each worker; a page of a millisecond then waits for an eighth of a second at most.
const QUEUED_PER_WORKER: usize = 128;

impl From<&settings::ServerSettings> for ServerLimits {
    fn from(settings: &settings::ServerSettings) -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let workers = match settings.workers {
            0 => cores * 2,
            workers => workers,
        };
        let io_threads = match settings.io_threads {
            0 => cores,
            threads => threads,
        };
        Self {
            io_threads,
            workers,
            queue: workers * QUEUED_PER_WORKER,
            connections: settings.max_connections.max(1),
            head_size: settings.max_head_size,
            form: settings.form_limits(),
            upload_size: settings.max_upload_size,
            head_timeout: settings.head_timeout,
            body_timeout: settings.body_timeout,
            idle_timeout: settings.idle_timeout,
            shutdown_timeout: settings.shutdown_timeout,
            worker_stack: None,
            loading_thread: None,
            lost_workers: LostWorkers::default(),
        }
    }
}
