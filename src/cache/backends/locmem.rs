//! A cache in the memory of the process.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::cache::backends::entry_limits::EntryLimits;
use crate::cache::backends::locmem_entries::LocmemEntries;
use crate::cache::{
    CacheBackend, CacheEntry, CacheError, CacheKey, CacheValue, EntryVersion, Replacement,
    VersionedEntry,
};
use crate::clock::{self, Moment};
use crate::settings::CacheSettings;

/// Keeps the entries that were used last; its clones share them.
#[derive(Clone, Debug)]
pub struct LocmemBackend {
    entries: Arc<Mutex<LocmemEntries>>,
    limits: EntryLimits,
}

impl LocmemBackend {
    /// An empty cache with the limits of `settings`.
    pub fn new(settings: &CacheSettings) -> Self {
        Self {
            entries: Arc::default(),
            limits: EntryLimits::new(settings),
        }
    }

    /// A cache with the entries of this one and the limits of `settings`.
    #[must_use]
    pub fn sharing_entries(&self, settings: &CacheSettings) -> Self {
        Self {
            entries: Arc::clone(&self.entries),
            ..Self::new(settings)
        }
    }

    /// Entries are whole between two operations, so a panic of another thread does not matter.
    fn entries(&self) -> MutexGuard<'_, LocmemEntries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CacheBackend for LocmemBackend {
    fn get(&self, key: &CacheKey) -> Result<CacheEntry, CacheError> {
        let value = self.entries().get(key, clock::now());
        Ok(value.map_or(CacheEntry::Missing, CacheEntry::of))
    }

    fn set(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<(), CacheError> {
        self.entries().set(key, value, expires, self.limits);
        Ok(())
    }

    fn add(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        let mut entries = self.entries();
        let is_free = !entries.has_key(key, clock::now());
        if is_free {
            entries.set(key, value, expires, self.limits);
        }
        Ok(is_free)
    }

    fn replace(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        let mut entries = self.entries();
        let is_there = entries.has_key(key, clock::now());
        if is_there {
            entries.set(key, value, expires, self.limits);
        }
        Ok(is_there)
    }

    fn get_versioned(&self, key: &CacheKey) -> Result<VersionedEntry, CacheError> {
        Ok(self.entries().get_versioned(key, clock::now()))
    }

    fn replace_version(
        &self,
        key: &CacheKey,
        version: &EntryVersion,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<Replacement, CacheError> {
        let mut entries = self.entries();
        let found = entries.get_versioned(key, clock::now());
        if found.entry == CacheEntry::Missing || found.version != *version {
            return Ok(found.into_replacement());
        }
        entries.set(key, value, expires, self.limits);
        Ok(Replacement::Done)
    }

    fn touch(&self, key: &CacheKey, expires: Option<Moment>) -> Result<bool, CacheError> {
        Ok(self.entries().touch(key, expires, clock::now()))
    }

    fn delete(&self, key: &CacheKey) -> Result<bool, CacheError> {
        Ok(self.entries().delete(key))
    }

    fn has_key(&self, key: &CacheKey) -> Result<bool, CacheError> {
        Ok(self.entries().has_key(key, clock::now()))
    }

    fn incr(&self, key: &CacheKey, delta: i64) -> Result<i64, CacheError> {
        self.entries().incr(key, delta, clock::now())
    }

    fn is_in_memory(&self) -> bool {
        true
    }

    fn clear(&self) -> Result<(), CacheError> {
        self.entries().clear();
        Ok(())
    }
}
