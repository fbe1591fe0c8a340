//! Token buckets, which fill again with time, bounded in number.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use crate::clock::Moment;
use crate::settings::RateLimit;

/// Microseconds in which one more try is earned.
pub(super) fn refill_interval(rate: RateLimit) -> i64 {
    3_600_000_000 / i64::from(rate.per_hour.max(1))
}

/// Microseconds in which an empty bucket is full.
pub(super) fn refill_time(rate: RateLimit) -> i64 {
    refill_interval(rate) * i64::from(rate.burst.max(1))
}

/// The buckets of one kind by key: for each the moment, in microseconds, when it will be full again.
///
/// One that is full is forgotten. Where there are too many, the one that is
/// soonest full goes first: it was used least, and little is lost with it.
#[derive(Debug, Default)]
pub(super) struct TokenBuckets {
    full_at: HashMap<u64, i64>,
    order: BTreeSet<(i64, u64)>,
}

impl TokenBuckets {
    /// How long until the bucket of `key` holds a try; zero where it does.
    ///
    /// Where the clock was set back or the rate changed, it fills from now on.
    pub(super) fn wait(&mut self, key: u64, rate: RateLimit, now: Moment) -> Duration {
        let now = now.unix_microseconds();
        let debt = self.debt(key, rate, now);
        if debt > 0 {
            self.set(key, now + debt);
        }
        let excess = debt + refill_interval(rate) - refill_time(rate);
        Duration::from_micros(u64::try_from(excess).unwrap_or_default())
    }

    /// Takes a try from the bucket of `key`.
    pub(super) fn consume(&mut self, key: u64, rate: RateLimit, now: Moment, limit: usize) {
        let now = now.unix_microseconds();
        let full_at = now + self.debt(key, rate, now) + refill_interval(rate);
        self.set(key, full_at);
        while self.order.first().is_some_and(|(first, _)| *first <= now) {
            self.forget(0);
        }
        if self.order.len() > limit.max(1) {
            // Never the one in use: it would be free to try again.
            let own = self.order.first().is_some_and(|(_, first)| *first == key);
            self.forget(usize::from(own));
        }
    }

    /// Gives a try back.
    pub(super) fn refund(&mut self, key: u64, rate: RateLimit) {
        if let Some(full_at) = self.full_at.get(&key) {
            self.set(key, full_at - refill_interval(rate));
        }
    }

    /// How many are not full.
    pub(super) fn len(&self) -> usize {
        self.full_at.len()
    }

    /// Microseconds until the bucket is full: never longer than an empty one takes.
    fn debt(&self, key: u64, rate: RateLimit, now: i64) -> i64 {
        let full_at = self.full_at.get(&key).copied().unwrap_or(now);
        (full_at - now).clamp(0, refill_time(rate))
    }

    fn set(&mut self, key: u64, full_at: i64) {
        if let Some(before) = self.full_at.insert(key, full_at) {
            self.order.remove(&(before, key));
        }
        self.order.insert((full_at, key));
    }

    /// Forgets the bucket that is full as the next but `index`.
    fn forget(&mut self, index: usize) {
        let entry = self.order.iter().nth(index).copied();
        if let Some(entry) = entry {
            self.order.remove(&entry);
            self.full_at.remove(&entry.1);
        }
    }
}
