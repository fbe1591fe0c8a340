//! The buckets in the memory of a process.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::auth::throttle::bucket::{BUCKET_KINDS, Bucket, Throttled};
use crate::auth::throttle::lifted_locks::LiftedLocks;
use crate::auth::throttle::token_buckets::TokenBuckets;
use crate::clock::Moment;

/// The buckets of a server, shared by all that answer requests; they outlive a reload of the settings.
#[derive(Debug, Default)]
pub struct AuthThrottle {
    /// Keyed at random: nobody can choose names that share a bucket.
    hasher: RandomState,
    buckets: Mutex<[TokenBuckets; BUCKET_KINDS]>,
    lifted: Mutex<LiftedLocks>,
}

impl AuthThrottle {
    /// How many buckets are not full.
    pub fn len(&self) -> usize {
        self.buckets().iter().map(TokenBuckets::len).sum()
    }

    /// Whether nothing was tried lately.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes a try from all of `needed` or, where one is empty, from none; of each kind no more than `max_entries` are kept.
    pub(super) fn take(
        &self,
        needed: &[Bucket],
        max_entries: usize,
        now: Moment,
    ) -> Result<(), Throttled> {
        let mut buckets = self.buckets();
        let waits = needed
            .iter()
            .map(|one| buckets[one.kind as usize].wait(self.key(one), one.rate, now));
        match waits.max() {
            Some(wait) if !wait.is_zero() => return Err(Throttled(wait)),
            _ => {}
        }
        for one in needed {
            buckets[one.kind as usize].consume(self.key(one), one.rate, now, max_entries);
        }
        Ok(())
    }

    /// Gives back a try that was taken from each of `taken`.
    pub(super) fn give_back(&self, taken: &[Bucket]) {
        let mut buckets = self.buckets();
        for one in taken {
            buckets[one.kind as usize].refund(self.key(one), one.rate);
        }
    }

    pub(super) fn lifted(&self) -> MutexGuard<'_, LiftedLocks> {
        self.lifted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key(&self, bucket: &Bucket) -> u64 {
        self.hasher.hash_one(&bucket.name)
    }

    fn buckets(&self) -> MutexGuard<'_, [TokenBuckets; BUCKET_KINDS]> {
        // A panic elsewhere leaves the moments as right as before.
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
