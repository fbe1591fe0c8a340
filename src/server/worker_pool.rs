//! The threads that run views, and the queue in front of them.

use std::any::Any;
use std::collections::VecDeque;
use std::io;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use hyper::Uri;
use hyper::http::request::Parts;
use tokio::sync::oneshot;

use crate::http::{Body, RequestBody, run_after_response};
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
    /// The stack of a worker in bytes; `None` for the usual one.
    stack_size: Option<usize>,
    workers: Mutex<Vec<Arc<Worker>>>,
}

/// A worker thread, as others see it.
struct Worker {
    thread: ThreadId,
    /// What it answers right now.
    current: Mutex<Option<CurrentRequest>>,
}

/// A request that a worker answers right now.
struct CurrentRequest {
    target: Uri,
    response_sender: oneshot::Sender<HyperResponse>,
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
            stack_size: limits.worker_stack,
            workers: Mutex::default(),
        });
        for number in 1..=limits.workers {
            pool.spawn(service, number, events)?;
        }
        let (replacing, service, events) =
            (Arc::downgrade(&pool), Arc::clone(service), events.clone());
        limits.lost_workers.when_reported(move |thread| {
            if let Some(pool) = replacing.upgrade() {
                pool.replace(thread, &service, &events);
            }
        });
        Ok(pool)
    }

    fn spawn<S: HttpService>(
        self: &Arc<Self>,
        service: &Arc<S>,
        number: usize,
        events: &EventSender,
    ) -> io::Result<()> {
        let (pool, service) = (Arc::clone(self), Arc::clone(service));
        let events = events.clone();
        let mut builder = thread::Builder::new().name(format!("worker-{number}"));
        if let Some(size) = self.stack_size {
            builder = builder.stack_size(size);
        }
        builder.spawn(move || run_worker(&pool, &*service, &events))?;
        Ok(())
    }

    /// Answers the request of `thread` with 503, and has another thread take its place; one whose view has returned by now
    /// keeps it.
    fn replace<S: HttpService>(
        self: &Arc<Self>,
        thread: ThreadId,
        service: &Arc<S>,
        events: &EventSender,
    ) {
        let mut workers = self.workers();
        let Some(index) = workers.iter().position(|worker| worker.thread == thread) else {
            return;
        };
        let Some(request) = workers[index].take_request() else {
            return;
        };
        workers.swap_remove(index);
        drop(workers);
        let target = request.target.to_string();
        events.send(ServerEvent::WorkerLost { target });
        let answer = error_response::error_response(503);
        request
            .response_sender
            .send(error_response::into_hyper(answer))
            .ok();
        if let Err(error) = self.spawn(service, index + 1, events) {
            events.send(ServerEvent::CannotReplaceWorker(error.to_string()));
        }
    }

    /// Makes this thread known as a worker.
    fn register(&self) -> Arc<Worker> {
        let worker = Arc::new(Worker {
            thread: thread::current().id(),
            current: Mutex::default(),
        });
        self.workers().push(Arc::clone(&worker));
        worker
    }

    fn workers(&self) -> MutexGuard<'_, Vec<Arc<Worker>>> {
        self.workers.lock().unwrap_or_else(PoisonError::into_inner)
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

impl Worker {
    fn begin(&self, request: CurrentRequest) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
    }

    /// The request that it answers, unless it was answered for it.
    fn take_request(&self) -> Option<CurrentRequest> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.take()
    }
}

/// Answers requests until the pool is closed and the queue is empty, or another took its place.
fn run_worker<S: HttpService>(pool: &WorkerPool, service: &S, events: &EventSender) {
    let mut worker = None;
    let this = pool.register();
    while let Some(request) = pool.next() {
        if request.response_sender.is_closed() {
            // The connection was cut off: its request is not even started.
            continue;
        }
        let (head, body, peer) = (request.head, request.body, request.peer);
        this.begin(CurrentRequest {
            target: head.uri.clone(),
            response_sender: request.response_sender,
        });
        let answer = catch_unwind(AssertUnwindSafe(|| {
            let worker = worker.get_or_insert_with(|| service.new_worker());
            match from_hyper(&head, body, peer) {
                Ok(request) => service.respond(worker, request),
                Err(error) => service.refuse(Refusal::InvalidTarget(error)),
            }
        }));
        let Some(request) = this.take_request() else {
            break;
        };
        let answer = answer.unwrap_or_else(|panic| {
            // The worker may hold something that is half done.
            worker = None;
            let (target, message) = (request.target.to_string(), message_of(&*panic));
            events.send(ServerEvent::Panic { target, message });
            error_response::error_response(500)
        });
        let is_stream = matches!(answer.body, Body::Stream(_));
        // Sending fails where the connection was cut off.
        request
            .response_sender
            .send(error_response::into_hyper(answer))
            .ok();
        // A body that only this thread can make ends in the middle where that panics.
        if catch_unwind(|| run_after_response(is_stream)).is_err() {
            worker = None;
        }
    }
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}
