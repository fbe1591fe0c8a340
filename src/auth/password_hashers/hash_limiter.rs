//! How many passwords are hashed at once.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Lets a limited number of hashes run at once: each takes a core and, with Argon2, 100 MiB.
#[derive(Debug)]
pub struct HashLimiter {
    permits: Mutex<usize>,
    released: Condvar,
}

/// The right to hash one password; dropped, it goes to the next.
#[derive(Debug)]
pub struct HashPermit<'g>(&'g HashLimiter);

impl HashLimiter {
    /// Lets `limit` hashes run at once, at least one.
    pub fn new(limit: usize) -> Self {
        Self {
            permits: Mutex::new(limit.max(1)),
            released: Condvar::new(),
        }
    }

    /// Waits up to `timeout` for a permit; `None` means busy.
    pub fn acquire(&self, timeout: Duration) -> Option<HashPermit<'_>> {
        // A panic elsewhere leaves the number as right as before.
        let permits = self.permits.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .released
            .wait_timeout_while(permits, timeout, |permits| *permits == 0);
        let (mut permits, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *permits = permits.checked_sub(1)?;
        Some(HashPermit(self))
    }
}

impl Drop for HashPermit<'_> {
    fn drop(&mut self) {
        let mut permits = self
            .0
            .permits
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *permits += 1;
        self.0.released.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::HashLimiter;

    #[test]
    fn lets_no_more_in_than_its_limit() {
        let gate = HashLimiter::new(2);
        let one = gate.acquire(Duration::ZERO).unwrap();
        let _two = gate.acquire(Duration::ZERO).unwrap();
        assert!(gate.acquire(Duration::ZERO).is_none());
        drop(one);
        assert!(gate.acquire(Duration::ZERO).is_some());
    }

    #[test]
    fn hands_a_permit_to_whoever_waits() {
        let gate = HashLimiter::new(1);
        let permit = gate.acquire(Duration::ZERO).unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| gate.acquire(Duration::from_secs(30)).is_some());
            drop(permit);
            assert!(waiting.join().unwrap());
        });
    }
}
