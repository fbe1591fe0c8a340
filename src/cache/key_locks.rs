//! Which thread computes the value of which key.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crate::cache::CacheKey;

/// How long a thread waits for the value of another one before it computes the value itself.
///
/// That a wait ends is why two pages that compute the same two values in different orders cannot wait for each other
/// for ever.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The keys whose values are being computed, so that many threads that miss the same one compute it once.
#[derive(Debug, Default)]
pub(super) struct KeyLocks {
    held: Mutex<HashMap<CacheKey, ThreadId>>,
    released: Condvar,
}

/// The right to compute the value of a key; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct KeyLock<'l> {
    locks: &'l KeyLocks,
    key: CacheKey,
}

impl KeyLocks {
    /// Waits until no other thread computes the value of `key`.
    ///
    /// Returns `None` where this thread computes it already, further up, or another one takes too long.
    pub(super) fn lock(&self, key: &CacheKey) -> Option<KeyLock<'_>> {
        let this = thread::current().id();
        let held = self.held();
        if held.get(key) == Some(&this) {
            return None;
        }
        let waited = self
            .released
            .wait_timeout_while(held, LONGEST_WAIT, |held| held.contains_key(key));
        let (mut held, wait) = waited.unwrap_or_else(PoisonError::into_inner);
        if wait.timed_out() {
            return None;
        }
        held.insert(key.clone(), this);
        Some(KeyLock {
            locks: self,
            key: key.clone(),
        })
    }

    fn held(&self) -> MutexGuard<'_, HashMap<CacheKey, ThreadId>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for KeyLock<'_> {
    fn drop(&mut self) {
        self.locks.held().remove(&self.key);
        self.locks.released.notify_all();
    }
}
