//! Which thread computes the value of which key.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crate::cache::CacheKey;

/// The keys whose values are being computed, so that many threads that miss the same one compute it once.
#[derive(Debug, Default)]
pub(super) struct KeyLocks {
    held: Mutex<HeldKeys>,
    released: Condvar,
}

#[derive(Debug, Default)]
struct HeldKeys {
    by_key: HashMap<CacheKey, Holder>,
    /// How many computations began so far.
    began: u64,
}

/// Who computes a value, and the number of that computation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Holder {
    thread: ThreadId,
    number: u64,
}

/// The computation of the value of a key, while others wait for it; it ends when this is dropped.
#[derive(Debug)]
pub struct Computation {
    locks: Arc<KeyLocks>,
    key: CacheKey,
}

impl KeyLocks {
    /// Begins to compute the value of `key`, where no other thread does.
    ///
    /// Returns `None` where another one did, after that has ended or `longest_wait` is over; and at once where this thread
    /// does already, further up. That a wait ends is why two pages that compute the same two values in different
    /// orders cannot wait for each other for ever. All who waited go on at the same time: none of them waits again for
    /// a computation that may fail like the first.
    pub(super) fn begin(
        self: &Arc<Self>,
        key: &CacheKey,
        longest_wait: Duration,
    ) -> Option<Computation> {
        let thread = thread::current().id();
        let mut held = self.held();
        if let Some(holder) = held.by_key.get(key).copied() {
            if holder.thread != thread {
                let is_held = |held: &mut HeldKeys| held.by_key.get(key) == Some(&holder);
                let wait = self
                    .released
                    .wait_timeout_while(held, longest_wait, is_held);
                drop(wait);
            }
            return None;
        }
        held.began += 1;
        let number = held.began;
        held.by_key.insert(key.clone(), Holder { thread, number });
        drop(held);
        Some(Computation {
            locks: Arc::clone(self),
            key: key.clone(),
        })
    }

    fn held(&self) -> MutexGuard<'_, HeldKeys> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Computation {
    fn drop(&mut self) {
        self.locks.held().by_key.remove(&self.key);
        self.locks.released.notify_all();
    }
}
