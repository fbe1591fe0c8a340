//! The threads that run views.

use std::any::Any;
use std::collections::VecDeque;
use std::io;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use hyper::body::Bytes;
use hyper::http::request::Parts;
use tokio::sync::oneshot;

use crate::server::event::{Event, Events};
use crate::server::exchange::request_of;
use crate::server::failure::{self, Outgoing};
use crate::server::{Limits, Service};

/// A request that waits for a worker.
pub(super) struct Job {
    pub(super) head: Parts,
    pub(super) body: Bytes,
    pub(super) peer: IpAddr,
    /// Where the answer goes; closed when the client is gone.
    pub(super) reply: oneshot::Sender<Outgoing>,
}

/// The queue in front of the worker threads.
pub(super) struct Pool {
    queue: Mutex<Queue>,
    filled: Condvar,
    capacity: usize,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    closed: bool,
}

impl Pool {
    /// Starts the threads; they end when the pool is closed and the queue is empty.
    pub(super) fn start<S: Service>(
        service: &Arc<S>,
        limits: &Limits,
        events: &Events,
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
                .spawn(move || work(&pool, &*service, &events))?;
        }
        Ok(pool)
    }

    /// Queues `job`; returns whether there was room for it.
    pub(super) fn submit(&self, job: Job) -> bool {
        let mut queue = self.lock();
        if queue.jobs.len() >= self.capacity || queue.closed {
            return false;
        }
        queue.jobs.push_back(job);
        drop(queue);
        self.filled.notify_one();
        true
    }

    /// Lets the threads end.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_all();
    }

    fn next(&self) -> Option<Job> {
        let waiting = |queue: &mut Queue| queue.jobs.is_empty() && !queue.closed;
        let queue = self.filled.wait_while(self.lock(), waiting);
        queue
            .unwrap_or_else(PoisonError::into_inner)
            .jobs
            .pop_front()
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One thread: answers requests until there will be no more.
fn work<S: Service>(pool: &Pool, service: &S, events: &Events) {
    let mut worker = None;
    while let Some(job) = pool.next() {
        if job.reply.is_closed() {
            // The client did not wait; its request is not begun.
            continue;
        }
        let target = job.head.uri.clone();
        let (head, body, peer) = (job.head, job.body, job.peer);
        let answer = catch_unwind(AssertUnwindSafe(|| {
            let worker = worker.get_or_insert_with(|| service.worker());
            match request_of(&head, body, peer) {
                Ok(request) => service.respond(worker, request),
                Err(error) => service.refuse(error),
            }
        }));
        let answer = answer.unwrap_or_else(|panic| {
            // What the worker held may be half done.
            worker = None;
            let (target, message) = (target.to_string(), message_of(&*panic));
            events.send(Event::Panic { target, message });
            failure::response(500)
        });
        // Nobody waits for the answer of a closed connection.
        job.reply.send(failure::outgoing(answer)).ok();
    }
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}
