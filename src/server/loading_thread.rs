//! The thread on which a site is loaded, and which answers requests afterwards.
//!
//! Loading leaves something to its thread where the site has Python: an interpreter with the modules of the project. A thread
//! that only loaded the site would keep its memory for nothing, and the first request would wait for another one.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, Thread};

type Work = Box<dyn FnOnce() + Send>;

/// A thread that does one thing after another, the last of which is to be the first worker of a server.
#[derive(Clone, Debug)]
pub struct LoadingThread {
    work: Sender<Work>,
    thread: Thread,
}

impl LoadingThread {
    /// Starts it with a stack of so many bytes; `None` stands for the usual one.
    pub fn start(stack_size: Option<usize>) -> io::Result<Self> {
        let (sender, receiver) = mpsc::channel::<Work>();
        let run = move || receiver.into_iter().for_each(|work| work());
        let started = worker_thread(1, stack_size).spawn(run)?;
        Ok(Self {
            work: sender,
            thread: started.thread().clone(),
        })
    }

    /// Does `work` there and returns what that returned; a panic goes on here. Fails if the thread has ended.
    pub fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> io::Result<T> {
        let (sender, receiver) = mpsc::channel();
        let work = move || {
            let done = catch_unwind(AssertUnwindSafe(work));
            // Who asked for it waits.
            sender.send(done).ok();
        };
        self.begin(work)?;
        match receiver.recv().map_err(ended)? {
            Ok(done) => Ok(done),
            Err(panic) => resume_unwind(panic),
        }
    }

    /// Does `work` there, for which nobody waits; returns the thread. Fails if that has ended.
    pub(super) fn begin(&self, work: impl FnOnce() + Send + 'static) -> io::Result<Thread> {
        self.work.send(Box::new(work)).map_err(ended)?;
        Ok(self.thread.clone())
    }
}

fn ended<E>(_: E) -> io::Error {
    io::Error::other("the thread that loads the site has ended")
}

/// The thread of a worker, to be started.
pub(super) fn worker_thread(number: usize, stack_size: Option<usize>) -> thread::Builder {
    let thread = thread::Builder::new().name(format!("worker-{number}"));
    match stack_size {
        Some(size) => thread.stack_size(size),
        None => thread,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn works_on_one_thread_until_it_is_dropped() {
        let loading = LoadingThread::start(None).unwrap();
        let id = || thread::current().id();
        let first = loading.run(id).unwrap();
        assert_ne!(first, id());
        assert_eq!(loading.run(id).unwrap(), first);
    }

    #[test]
    fn a_panic_goes_on_with_whoever_asked_and_the_thread_works_on() {
        let loading = LoadingThread::start(None).unwrap();
        let panics = || loading.run(|| panic!("a mistake")).unwrap_or(());
        assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
        assert_eq!(loading.run(|| 2).unwrap(), 2);
    }
}
