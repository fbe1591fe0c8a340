//! Counts that several processes keep together, by slots of time.
//!
//! A cache has no step that reads a value and writes another one in its place, but it counts in one: so there is an
//! entry for each slot, which is counted up and never set.

use std::time::Duration;

use crate::cache::{Cache, CacheError, CacheTimeout};
use crate::clock::Moment;

/// How often a count is begun that another process, or the cache itself, forgets at the same moment.
const TRIES: usize = 3;

/// How time is parted.
#[derive(Clone, Copy, Debug)]
pub struct TimeSlots {
    /// How long a slot lasts.
    pub length: Duration,
    /// How many slots before the current one are looked at.
    pub before: u32,
}

/// What was counted under a name.
#[derive(Debug)]
pub struct SlotCounts {
    key: String,
    /// In each of the slots before the current one, the oldest first.
    pub before: Vec<u64>,
    /// In the current slot, what was counted just now included.
    pub current: u64,
    /// How long the current slot lasts already.
    pub elapsed: Duration,
}

impl Cache {
    /// Counts one more of `name` at the moment `now`: of many at once, each gets another number.
    pub fn count(
        &self,
        name: &str,
        slots: TimeSlots,
        now: Moment,
    ) -> Result<SlotCounts, CacheError> {
        let length = i64::try_from(slots.length.as_micros()).unwrap_or(i64::MAX);
        let length = length.max(1);
        let (slot, elapsed) = (
            now.unix_microseconds().div_euclid(length),
            now.unix_microseconds().rem_euclid(length),
        );
        let key = |slot: i64| format!("{name}.{slot}");
        let timeout = slots.length.saturating_mul(slots.before.saturating_add(2));
        let current = self.add_one(&key(slot), CacheTimeout::After(timeout))?;
        let before = i64::from(slots.before);
        let before: Vec<String> = (slot - before..slot).map(key).collect();
        Ok(SlotCounts {
            before: self.counts(&before)?,
            current,
            elapsed: Duration::from_micros(elapsed.unsigned_abs()),
            key: key(slot),
        })
    }

    /// Takes back what was `counted`; what is forgotten already needs not be.
    pub fn uncount(&self, counted: &SlotCounts) -> Result<(), CacheError> {
        match self.decr(&counted.key, 1) {
            Err(CacheError::KeyNotFound(_)) => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    fn add_one(&self, key: &str, timeout: CacheTimeout) -> Result<u64, CacheError> {
        let mut tries = 0..TRIES;
        loop {
            match self.incr(key, 1) {
                Err(CacheError::KeyNotFound(_)) if tries.next().is_some() => {}
                counted => return counted.map(|count| u64::try_from(count).unwrap_or_default()),
            }
            if self.add(key, 1, timeout)? {
                return Ok(1);
            }
        }
    }

    /// The number under each of `keys`; 0 where there is none.
    fn counts(&self, keys: &[String]) -> Result<Vec<u64>, CacheError> {
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let found = self.get_many(&keys)?;
        let count = |key: &&str| {
            let value = found.iter().find(|(name, _)| name == key)?.1.as_integer()?;
            u64::try_from(value).ok()
        };
        Ok(keys.iter().map(|key| count(key).unwrap_or(0)).collect())
    }
}
