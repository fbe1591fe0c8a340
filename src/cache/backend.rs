//! What every cache backend does.

use std::fmt;
use std::sync::Arc;

use crate::cache::{
    CacheEntry, CacheError, CacheKey, CacheValue, EntryVersion, Replacement, VersionedEntry,
};
use crate::clock::Moment;
use crate::settings::CacheSettings;

/// The entries that a cache gave up.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct CulledEntries {
    /// How many had expired.
    pub expired: u64,
    /// How many more there were than the settings allow, and those that go with them.
    pub excess: u64,
}

/// What makes the backends of caches that are classes of a project.
pub trait OwnBackends: fmt::Debug + Send + Sync {
    /// The backend of the cache `alias`, which `settings` name by the dotted name of a class.
    fn backend(&self, alias: &str, settings: &CacheSettings) -> Arc<dyn CacheBackend>;
}

/// A place where a cache keeps its values (Django's `BaseCache`), used by many threads at once.
///
/// An entry whose `expires` is past is not there; one without it never expires. To bring another store of values, one
/// implements this and gives it to [`Cache::new`](crate::cache::Cache::new).
pub trait CacheBackend: fmt::Debug + Send + Sync {
    /// What there is under `key`.
    fn get(&self, key: &CacheKey) -> Result<CacheEntry, CacheError>;

    /// What there is under each of `keys`, in their order.
    fn get_many(&self, keys: &[CacheKey]) -> Result<Vec<CacheEntry>, CacheError> {
        keys.iter().map(|key| self.get(key)).collect()
    }

    /// Keeps `value` under `key`, whether or not there is another one.
    fn set(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<(), CacheError>;

    /// Keeps `value` under `key` unless there is another one, readable or not; returns whether it does.
    fn add(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError>;

    /// Keeps `value` under `key` in the place of another one, readable or not; returns whether there was one. What somebody
    /// deletes meanwhile does not come back.
    fn replace(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError>;

    /// What there is under `key`, and which version of it. Where the backend cannot tell versions, whatever there is counts as
    /// the one that was read.
    fn get_versioned(&self, key: &CacheKey) -> Result<VersionedEntry, CacheError> {
        Ok(VersionedEntry {
            entry: self.get(key)?,
            version: EntryVersion::Unknown,
        })
    }

    /// Keeps `value` under `key` in the place of `version` of it, in one step: what others wrote since that was read is not
    /// written over, and what somebody deletes meanwhile does not come back.
    fn replace_version(
        &self,
        key: &CacheKey,
        _version: &EntryVersion,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<Replacement, CacheError> {
        let replaced = self.replace(key, value, expires)?;
        Ok(Replacement::of_any(replaced))
    }

    /// Changes when `key` expires; returns whether it is there.
    fn touch(&self, key: &CacheKey, expires: Option<Moment>) -> Result<bool, CacheError>;

    /// Forgets `key`; returns whether it was kept.
    fn delete(&self, key: &CacheKey) -> Result<bool, CacheError>;

    /// Whether `key` is there.
    fn has_key(&self, key: &CacheKey) -> Result<bool, CacheError> {
        Ok(self.get(key)? != CacheEntry::Missing)
    }

    /// Adds `delta` to the integer under `key` and returns the sum; fails if the key is not there. The sum expires when
    /// the integer would have.
    fn incr(&self, key: &CacheKey, delta: i64) -> Result<i64, CacheError>;

    /// Forgets all keys, whatever their prefix and version.
    fn clear(&self) -> Result<(), CacheError>;

    /// Forgets what has expired, and of the rest what is more than `max_entries` as a write would, in short steps between
    /// which others write. None where a server sees to that, or where no other process has the entries.
    fn cull(&self) -> Result<Option<CulledEntries>, CacheError> {
        Ok(None)
    }

    /// What [`cull`](Self::cull) would forget at this moment.
    fn count_cullable(&self) -> Result<Option<CulledEntries>, CacheError> {
        Ok(None)
    }

    /// How many entries there are, whatever their prefix and version; `None` where other processes have others.
    fn entries(&self) -> Result<Option<u64>, CacheError> {
        Ok(None)
    }

    /// Whether other processes find what is kept here.
    fn is_shared(&self) -> bool {
        false
    }

    /// Whether no call of it waits for a disk or a network.
    fn is_in_memory(&self) -> bool {
        false
    }

    /// Closes the connections that are not in use.
    fn close(&self) {}
}
