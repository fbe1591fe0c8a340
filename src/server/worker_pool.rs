//! The threads that run views, and the queue in front of them.

use std::any::Any;
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Thread, ThreadId};

use hyper::Uri;
use hyper::http::request::Parts;
use tokio::sync::oneshot;

use crate::http::{Body, RequestBody, run_after_response};
use crate::server::error_response::{self, HyperResponse};
use crate::server::hyper_request::from_hyper;
use crate::server::loading_thread::{LoadingThread, worker_thread};
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
    capacity: usize,
    /// The stack of a worker in bytes; `None` for the usual one.
    stack_size: Option<usize>,
    workers: Mutex<Vec<Arc<Worker>>>,
}

/// A worker thread, as others see it.
struct Worker {
    number: usize,
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
    /// The workers that wait, by their numbers: the first of them is woken, so that those which a site does not need stay as
    /// small as they are.
    idle: BTreeMap<usize, Thread>,
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
            capacity: limits.queue,
            stack_size: limits.worker_stack,
            workers: Mutex::default(),
        });
        for number in 1..=limits.workers {
            let loading = limits.loading_thread.as_ref().filter(|_| number == 1);
            pool.spawn(service, number, events, loading)?;
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
        loading: Option<&LoadingThread>,
    ) -> io::Result<()> {
        let (pool, service) = (Arc::clone(self), Arc::clone(service));
        let events = events.clone();
        let run = move || run_worker(&pool, number, &*service, &events);
        // It is one of those that wait before it has begun to.
        let mut queue = self.lock();
        let thread = if let Some(loading) = loading {
            loading.begin(run)?
        } else {
            let started = worker_thread(number, self.stack_size).spawn(run)?;
            started.thread().clone()
        };
        queue.idle.insert(number, thread);
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
        let number = workers.swap_remove(index).number;
        drop(workers);
        let target = request.target.to_string();
        events.send(ServerEvent::WorkerLost { target });
        let answer = error_response::error_response(503);
        request
            .response_sender
            .send(error_response::into_hyper(answer))
            .ok();
        if let Err(error) = self.spawn(service, number, events, None) {
            events.send(ServerEvent::CannotReplaceWorker(error.to_string()));
        }
    }

    /// Makes this thread known as a worker.
    fn register(&self, number: usize) -> Arc<Worker> {
        let worker = Arc::new(Worker {
            number,
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
        let woken = queue.idle.pop_first();
        drop(queue);
        if let Some((_, worker)) = woken {
            worker.unpark();
        }
        true
    }

    /// Lets the threads end.
    pub(super) fn close(&self) {
        let mut queue = self.lock();
        queue.closed = true;
        for worker in std::mem::take(&mut queue.idle).into_values() {
            worker.unpark();
        }
    }

    /// The next request for the worker `number`, which is this thread; `None` when the pool is closed.
    fn next(&self, number: usize) -> Option<QueuedRequest> {
        loop {
            let mut queue = self.lock();
            queue.idle.remove(&number);
            let next = queue.requests.pop_front();
            if next.is_some() || queue.closed {
                return next;
            }
            queue.wait(number);
            drop(queue);
            thread::park();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    /// Has the worker `number`, which is this thread, be woken by a request.
    fn wait(&mut self, number: usize) {
        self.idle.insert(number, thread::current());
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
fn run_worker<S: HttpService>(pool: &WorkerPool, number: usize, service: &S, events: &EventSender) {
    let mut worker = None;
    let this = pool.register(number);
    while let Some(request) = pool.next(number) {
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
        if !is_stream {
            // The next request of the same client finds it, not another one that would be started for it.
            pool.lock().wait(number);
        }
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
