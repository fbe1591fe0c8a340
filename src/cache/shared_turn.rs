//! Which of several processes computes a value that all of them keep in one cache.

use std::thread;
use std::time::{Duration, Instant};

use crate::cache::{Cache, CacheError, CacheTimeout};

/// How long the first look waits before the next one; each later wait is twice as long, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
const LONGEST_PAUSE: Duration = Duration::from_millis(50);

/// The turn of this process to compute a value, while others wait for it; it ends when this is dropped, or by itself when a
/// process that dies cannot drop it.
#[derive(Debug)]
pub struct SharedTurn {
    cache: Cache,
    key: String,
    /// When somebody else may have taken the turn.
    ends: Instant,
}

impl Cache {
    /// Takes the turn to compute a value among the processes that share this cache, by an entry under `key`, which is used
    /// for nothing else.
    ///
    /// `None` where another process has it: once that has given it back or `longest_wait` is over, so that the value may be
    /// there. A turn lasts no longer than that either.
    pub fn shared_turn(
        &self,
        key: &str,
        longest_wait: Duration,
    ) -> Result<Option<SharedTurn>, CacheError> {
        let ends = Instant::now() + longest_wait;
        if self.add(key, 1, CacheTimeout::After(longest_wait))? {
            let (cache, key) = (self.clone(), key.to_owned());
            return Ok(Some(SharedTurn { cache, key, ends }));
        }
        let mut pause = FIRST_PAUSE;
        while self.has_key(key)? && Instant::now() < ends {
            thread::sleep(pause);
            pause = LONGEST_PAUSE.min(pause * 2);
        }
        Ok(None)
    }

    /// Whether other processes find what this cache keeps.
    pub fn is_shared(&self) -> bool {
        self.backend().is_shared()
    }
}

impl Drop for SharedTurn {
    fn drop(&mut self) {
        if Instant::now() < self.ends {
            // One that cannot be given back ends by itself.
            self.cache.delete(&self.key).ok();
        }
    }
}
