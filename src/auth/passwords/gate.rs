//! How many passwords are hashed at once.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Lets a limited number of hashes run at once: each takes a core and, with Argon2, 100 MiB.
#[derive(Debug)]
pub struct HashGate {
    free: Mutex<usize>,
    left: Condvar,
}

/// The right to hash one password; dropped, it goes to the next.
#[derive(Debug)]
pub struct HashPermit<'g>(&'g HashGate);

impl HashGate {
    /// Lets `limit` hashes run at once, at least one.
    pub fn new(limit: usize) -> Self {
        Self {
            free: Mutex::new(limit.max(1)),
            left: Condvar::new(),
        }
    }

    /// Waits up to `patience` for a permit; `None` means busy.
    pub fn enter(&self, patience: Duration) -> Option<HashPermit<'_>> {
        // A panic elsewhere leaves the number as right as before.
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .left
            .wait_timeout_while(free, patience, |free| *free == 0);
        let (mut free, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *free = free.checked_sub(1)?;
        Some(HashPermit(self))
    }
}

impl Drop for HashPermit<'_> {
    fn drop(&mut self) {
        let mut free = self.0.free.lock().unwrap_or_else(PoisonError::into_inner);
        *free += 1;
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::HashGate;

    #[test]
    fn lets_no_more_in_than_its_limit() {
        let gate = HashGate::new(2);
        let one = gate.enter(Duration::ZERO).unwrap();
        let _two = gate.enter(Duration::ZERO).unwrap();
        assert!(gate.enter(Duration::ZERO).is_none());
        drop(one);
        assert!(gate.enter(Duration::ZERO).is_some());
    }

    #[test]
    fn hands_a_permit_to_whoever_waits() {
        let gate = HashGate::new(1);
        let permit = gate.enter(Duration::ZERO).unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| gate.enter(Duration::from_secs(30)).is_some());
            drop(permit);
            assert!(waiting.join().unwrap());
        });
    }
}
