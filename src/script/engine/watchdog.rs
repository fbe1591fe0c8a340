//! Ends what takes too long.
//!
//! 1. The outermost call of each thread is on a list, with the moment when it must be over.
//! 2. A thread of its own looks at the list every few milliseconds while there is something on it. What is overdue gets
//!    an exception between two of its instructions. Which thread takes a signal is chance, so it is sent until it worked.
//! 3. Where the process takes more memory than it may, and grows, the calls under way are ended in the same way.
//! 4. A native function that does not return cannot be ended: its thread is told to be lost, and others do its work.

use std::cell::Cell;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use rustpython_vm::signal::UserSignalSender;

use crate::script::engine::memory_watch::{self, MemoryWatch};
use crate::script::engine::site_error::{self, EndReason};
use crate::settings::ServerSettings;

/// How often the list is looked at.
const INTERVAL: Duration = Duration::from_millis(10);

/// How long after the end of its time a call gets exceptions before its thread is given up.
const GRACE: Duration = Duration::from_secs(5);

/// Told of each thread that is lost.
type OnLost = Box<dyn Fn(ThreadId) + Send + Sync>;

static CALLS: Mutex<Calls> = Mutex::new(Calls {
    under_way: Vec::new(),
    last: 0,
    memory_limit: 0,
    is_asleep: false,
    is_started: false,
});
static CHANGED: Condvar = Condvar::new();
static ON_LOST: OnceLock<OnLost> = OnceLock::new();

thread_local! {
    /// The call that runs on this thread; 0 for none.
    static CURRENT: Cell<u64> = const { Cell::new(0) };
}

struct Calls {
    under_way: Vec<WatchedCall>,
    last: u64,
    /// Bytes that the process may take.
    memory_limit: u64,
    is_asleep: bool,
    is_started: bool,
}

struct WatchedCall {
    number: u64,
    deadline: Instant,
    signals: UserSignalSender,
    thread: ThreadId,
    is_lost: bool,
    /// Why it is ended once its time is over.
    reason: EndReason,
}

/// Takes a call from the list when it is over.
pub(super) struct Watch(u64);

/// Has `tell` called with each thread whose native call does not return; of those who ask the first is told.
pub fn on_lost_thread(tell: impl Fn(ThreadId) + Send + Sync + 'static) {
    ON_LOST.set(Box::new(tell)).ok();
}

/// Watches a call of this thread that may take as long, and the process as much memory, as `settings` say.
pub(super) fn watch(signals: &UserSignalSender, settings: &ServerSettings) -> Watch {
    let mut calls = lock();
    calls.memory_limit = settings.memory_limit << 20;
    calls.last += 1;
    let number = calls.last;
    calls.under_way.push(WatchedCall {
        number,
        deadline: Instant::now() + settings.view_timeout,
        signals: signals.clone(),
        thread: thread::current().id(),
        is_lost: false,
        reason: EndReason::Time,
    });
    if !calls.is_started {
        let builder = thread::Builder::new().name("python-watchdog".to_owned());
        calls.is_started = builder.spawn(run).is_ok();
    } else if calls.is_asleep {
        CHANGED.notify_one();
    }
    drop(calls);
    CURRENT.set(number);
    Watch(number)
}

/// Keeps the exception that ends a call away while it lives.
pub(super) struct Quiet(u64);

/// Has the call of this thread left alone until the value is dropped.
pub(super) fn quiet() -> Quiet {
    Quiet(CURRENT.replace(0))
}

impl Drop for Quiet {
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        CURRENT.set(0);
        let mut calls = lock();
        calls.under_way.retain(|call| call.number != self.0);
    }
}

fn lock() -> MutexGuard<'static, Calls> {
    CALLS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn run() {
    let mut memory = MemoryWatch::new();
    loop {
        let mut calls = lock();
        while calls.under_way.is_empty() {
            calls.is_asleep = true;
            calls = CHANGED.wait(calls).unwrap_or_else(PoisonError::into_inner);
        }
        calls.is_asleep = false;
        let now = Instant::now();
        let limit = memory_watch::allowed(calls.memory_limit);
        if memory.has_grown_beyond(limit, now) {
            for call in &mut calls.under_way {
                call.deadline = call.deadline.min(now);
                call.reason = EndReason::Memory;
            }
        }
        let lost = end_overdue(&mut calls, now);
        drop(calls);
        for thread in lost {
            if let Some(tell) = ON_LOST.get() {
                tell(thread);
            }
        }
        thread::sleep(INTERVAL);
    }
}

/// Sends an exception to what is overdue; returns the threads that are given up now.
fn end_overdue(calls: &mut Calls, now: Instant) -> Vec<ThreadId> {
    let mut lost = Vec::new();
    for call in calls
        .under_way
        .iter_mut()
        .filter(|call| call.deadline <= now)
    {
        if !call.is_lost && now > call.deadline + GRACE {
            call.is_lost = true;
            lost.push(call.thread);
        }
        let (number, reason) = (call.number, call.reason);
        let raise = move |vm: &rustpython_vm::VirtualMachine| {
            // One that comes late must not end the next call.
            if CURRENT.get() == number {
                Err(site_error::end_of_call(reason, vm))
            } else {
                Ok(())
            }
        };
        // The interpreter of a thread lives as long as the process.
        call.signals.send(Box::new(raise)).ok();
    }
    lost
}
