//! Counts in the cache that `[auth.throttle] cache` names, and what happens while that does not answer.

use std::fmt;
use std::sync::Arc;

use crate::cache::{Cache, CacheError, Caches, SlotCounts, TimeSlots};
use crate::clock::Moment;
use crate::signing::{SecretKeys, Signer};

/// What the counts are called in the cache.
const PREFIX: &str = "djr.throttle.";

/// Told once when the cache does not answer.
type OnOutage = dyn Fn(&CacheError) + Send + Sync;

/// Counts that several server processes keep together.
///
/// A cache that does not answer is asked again only after some seconds, so that not every request waits for it; meanwhile
/// nothing is counted here, and the caller has the counts of its own process.
pub struct SharedCounts {
    caches: Arc<Caches>,
    alias: String,
    /// Whoever reads the cache learns no names, and nobody without the key can choose names that are counted as one.
    signer: Signer,
    on_outage: Box<OnOutage>,
}

impl SharedCounts {
    /// Counts in the cache `alias` of `caches`, under names that `keys` hide; `on_outage` is told when it does not answer.
    pub fn new(
        caches: Arc<Caches>,
        alias: String,
        keys: &SecretKeys,
        on_outage: impl Fn(&CacheError) + Send + Sync + 'static,
    ) -> Self {
        Self {
            caches,
            alias,
            signer: Signer::new(keys, "djr.auth.throttle"),
            on_outage: Box::new(on_outage),
        }
    }

    /// Counts one more of `name`; none while the cache does not answer.
    pub fn count(&self, name: &str, slots: TimeSlots, now: Moment) -> Option<SlotCounts> {
        let name = format!("{PREFIX}{}", self.signer.signature(name));
        self.ask(|cache| cache.count(&name, slots, now))
    }

    /// Takes back what was `counted`.
    pub fn uncount(&self, counted: &[SlotCounts]) {
        for one in counted {
            self.ask(|cache| cache.uncount(one));
        }
    }

    fn ask<T>(&self, question: impl FnOnce(&Cache) -> Result<T, CacheError>) -> Option<T> {
        let cache = self.caches.usable(&self.alias).transpose()?;
        match cache.and_then(|cache| question(&cache)) {
            Ok(answer) => Some(answer),
            Err(error) => {
                // Of many requests that waited at the same time, one tells.
                if self.caches.pause(&self.alias) {
                    (self.on_outage)(&error);
                }
                None
            }
        }
    }
}

impl fmt::Debug for SharedCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedCounts")
            .field("alias", &self.alias)
            .finish_non_exhaustive()
    }
}
