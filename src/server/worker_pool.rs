//! The threads that run views, and the queue in front of them.

use std::any::Any;
use std::collections::VecDeque;
use std::io;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use hyper::http::request::Parts;
use tokio::sync::oneshot;

use crate::http::RequestBody;
use crate::server::error_response::{self, HyperResponse};
use crate::server::hyper_request::from_hyper;
use crate::server::server_event::{EventSender, ServerEvent};
use crate::server::{HttpService, Refusal, ServerLimits};

/// A request that waits for a worker.
pub(super) struct QueuedRequest {
    pub(super) head: Parts,
    pub(super) body: RequestBody,
    pub(super) peer: IpAddr,
    /// Where the response goes; closed when the connection was cut off.
    pub(super) response_sender: oneshot::Sender<HyperResponse>,
}

/// The queue in front of the worker threads.
pub(super) struct WorkerPool {
    queue: Mutex<Queue>,
    filled: Condvar,
    capacity: usize,
}

#[derive(Default)]
struct Queue {
    requests: VecDeque<QueuedRequest>,
    closed: bool,
}

impl WorkerPool {
    /// Starts the threads; they end when the pool is closed and the queue is empty.
    pub(super) fn start<S: HttpService>(
        service: &Arc<S>,
        limits: &ServerLimits,
        events: &EventSender,
    ) -> io::Result<Arc<Self>> {
        let pool = Arc::new(Self {
            queue: Mutex::default(),
            filled: Condvar::new(),
            capacity: limits.queue,
        });
        for number in 1..=limits.workers {
            let (pool, service) = (Arc::clone(&pool), Arc::clone(service));
            let events = events.clone();
            thread::Builder::new()
                .name(format!("worker-{number}"))
                .spawn(move || run_worker(&pool, &*service, &events))?;
        }
        Ok(pool)
    }

    /// Queues `request`; returns whether there was room for it.
    pub(super) fn submit(&self, request: QueuedRequest) -> bool {
        let mut queue = self.lock();
        if queue.requests.len() >= self.capacity || queue.closed {
            return false;
        }
        queue.requests.push_back(request);
        drop(queue);
        self.filled.notify_one();
        true
    }

    /// Lets the threads end.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_all();
    }

    fn next(&self) -> Option<QueuedRequest> {
        let waiting = |queue: &mut Queue| queue.requests.is_empty() && !queue.closed;
        let queue = self.filled.wait_while(self.lock(), waiting);
        queue
            .unwrap_or_else(PoisonError::into_inner)
            .requests
            .pop_front()
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers requests until the pool is closed and the queue is empty.
fn run_worker<S: HttpService>(pool: &WorkerPool, service: &S, events: &EventSender) {
    let mut worker = None;
    while let Some(request) = pool.next() {
        if request.response_sender.is_closed() {
            // The connection was cut off: its request is not even started.
            continue;
        }
        let target = request.head.uri.clone();
        let (head, body, peer) = (request.head, request.body, request.peer);
        let answer = catch_unwind(AssertUnwindSafe(|| {
            let worker = worker.get_or_insert_with(|| service.new_worker());
            match from_hyper(&head, body, peer) {
                Ok(request) => service.respond(worker, request),
                Err(error) => service.refuse(Refusal::InvalidTarget(error)),
            }
        }));
        let answer = answer.unwrap_or_else(|panic| {
            // The worker may hold something that is half done.
            worker = None;
            let (target, message) = (target.to_string(), message_of(&*panic));
            events.send(ServerEvent::Panic { target, message });
            error_response::error_response(500)
        });
        // Sending fails where the connection was cut off.
        request
            .response_sender
            .send(error_response::into_hyper(answer))
            .ok();
    }
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}
