//! A cache with the prefix, the version and the default timeout of its settings.

use std::sync::Arc;
use std::time::Duration;

use crate::cache::key_locks::{Computation, KeyLocks};
use crate::cache::{
    CacheBackend, CacheEntry, CacheError, CacheKey, CacheValue, CulledEntries, EntryVersion,
    KeyWarnings, Replacement, VersionedEntry,
};
use crate::clock::{self, Moment};
use crate::settings::CacheSettings;

/// How long a thread waits for the value of another one before it computes the value itself.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// How long an entry is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CacheTimeout {
    /// As long as `timeout` of the cache's settings says.
    Default,
    /// Until it is deleted or culled.
    Never,
    /// This long; zero expires at once.
    After(Duration),
}

/// A cache of `[caches]`; its clones share the entries.
#[derive(Clone, Debug)]
pub struct Cache {
    backend: Arc<dyn CacheBackend>,
    key_prefix: String,
    version: u64,
    timeout: Option<Duration>,
    computations: Arc<KeyLocks>,
    /// None where the backend refuses such keys itself, or nobody wants to know.
    warnings: Option<KeyWarnings>,
}

impl Cache {
    /// The cache of `settings`, which `backend` keeps.
    pub fn new(backend: Arc<dyn CacheBackend>, settings: &CacheSettings) -> Self {
        Self {
            backend,
            key_prefix: settings.key_prefix.clone(),
            version: settings.version,
            timeout: settings.timeout,
            computations: Arc::default(),
            warnings: None,
        }
    }

    /// The same cache, with `version` in its keys.
    #[must_use]
    pub fn with_version(mut self, version: u64) -> Self {
        self.version = version;
        self
    }

    /// The same cache, which tells of keys that memcached would refuse.
    #[must_use]
    pub fn with_key_warnings(mut self, warnings: KeyWarnings) -> Self {
        self.warnings = Some(warnings);
        self
    }

    /// The value of `key`; one that cannot be read is a miss.
    pub fn get(&self, key: &str) -> Result<Option<CacheValue>, CacheError> {
        Ok(self.entry(key)?.into_value())
    }

    /// What there is under `key`.
    pub fn entry(&self, key: &str) -> Result<CacheEntry, CacheError> {
        self.backend.get(&self.whole_key(key))
    }

    /// What there is under `key`, and which version of it, for [`Self::replace_version`].
    pub fn versioned(&self, key: &str) -> Result<VersionedEntry, CacheError> {
        self.backend.get_versioned(&self.whole_key(key))
    }

    /// The values of those of `keys` that are there, in one question where the backend can.
    pub fn get_many<'k>(&self, keys: &[&'k str]) -> Result<Vec<(&'k str, CacheValue)>, CacheError> {
        let whole: Vec<CacheKey> = keys.iter().map(|key| self.whole_key(key)).collect();
        let entries = self.backend.get_many(&whole)?;
        let found = keys.iter().copied().zip(entries);
        Ok(found
            .filter_map(|(key, entry)| Some((key, entry.into_value()?)))
            .collect())
    }

    /// The value of `key`; where there is none, what `compute` returns, which is kept.
    ///
    /// Of the threads that miss the same key at once one computes and the others wait for it. A value that cannot be read
    /// stays: another program wants it.
    pub fn get_or_set<E: From<CacheError>>(
        &self,
        key: &str,
        timeout: CacheTimeout,
        compute: impl FnOnce() -> Result<CacheValue, E>,
    ) -> Result<CacheValue, E> {
        if let CacheEntry::Found(value) = self.entry(key)? {
            return Ok(value);
        }
        // Whoever computed it, or waited, looks again: the value may be there by now.
        let _computation = self.begin(key, LONGEST_WAIT);
        let entry = self.entry(key)?;
        if let CacheEntry::Found(value) = entry {
            return Ok(value);
        }
        let value = compute()?;
        if entry == CacheEntry::Missing {
            self.add(key, value.clone(), timeout)?;
        }
        Ok(value)
    }

    /// Begins to compute the value of `key`, for which others that begin wait while this is kept.
    ///
    /// `None` where another thread did: after that has ended or `longest_wait` is over, so that the value may be there.
    pub fn begin(&self, key: &str, longest_wait: Duration) -> Option<Computation> {
        self.computations.begin(&self.make_key(key), longest_wait)
    }

    /// Keeps `value` under `key`.
    pub fn set(
        &self,
        key: &str,
        value: impl Into<CacheValue>,
        timeout: CacheTimeout,
    ) -> Result<(), CacheError> {
        let expires = self.expires(timeout);
        self.backend
            .set(&self.whole_key(key), value.into(), expires)
    }

    /// Keeps each value under its key.
    pub fn set_many<'k>(
        &self,
        values: impl IntoIterator<Item = (&'k str, CacheValue)>,
        timeout: CacheTimeout,
    ) -> Result<(), CacheError> {
        let mut values = values.into_iter();
        values.try_for_each(|(key, value)| self.set(key, value, timeout))
    }

    /// Keeps `value` under `key` unless there is another one; returns whether it does.
    pub fn add(
        &self,
        key: &str,
        value: impl Into<CacheValue>,
        timeout: CacheTimeout,
    ) -> Result<bool, CacheError> {
        let expires = self.expires(timeout);
        self.backend
            .add(&self.whole_key(key), value.into(), expires)
    }

    /// Keeps `value` under `key` in the place of another one; returns whether there was one, which nobody can have deleted
    /// meanwhile. Django's caches cannot do this.
    pub fn replace(
        &self,
        key: &str,
        value: impl Into<CacheValue>,
        timeout: CacheTimeout,
    ) -> Result<bool, CacheError> {
        let expires = self.expires(timeout);
        self.backend
            .replace(&self.whole_key(key), value.into(), expires)
    }

    /// Keeps `value` under `key` in the place of `version` of it; what others wrote since is not written over, and is
    /// returned. Django's caches cannot do this.
    pub fn replace_version(
        &self,
        key: &str,
        version: &EntryVersion,
        value: impl Into<CacheValue>,
        timeout: CacheTimeout,
    ) -> Result<Replacement, CacheError> {
        let (key, expires) = (self.whole_key(key), self.expires(timeout));
        self.backend
            .replace_version(&key, version, value.into(), expires)
    }

    /// Changes when `key` expires; returns whether it is there.
    pub fn touch(&self, key: &str, timeout: CacheTimeout) -> Result<bool, CacheError> {
        self.backend
            .touch(&self.whole_key(key), self.expires(timeout))
    }

    /// Forgets `key`; returns whether it was kept.
    pub fn delete(&self, key: &str) -> Result<bool, CacheError> {
        self.backend.delete(&self.whole_key(key))
    }

    /// Forgets all of `keys`.
    pub fn delete_many<'k>(
        &self,
        keys: impl IntoIterator<Item = &'k str>,
    ) -> Result<(), CacheError> {
        let mut keys = keys.into_iter();
        keys.try_for_each(|key| self.delete(key).map(drop))
    }

    /// What keeps the entries.
    pub fn backend(&self) -> &dyn CacheBackend {
        &*self.backend
    }

    /// Whether `key` is there.
    pub fn has_key(&self, key: &str) -> Result<bool, CacheError> {
        self.backend.has_key(&self.whole_key(key))
    }

    /// Adds `delta` to the integer under `key` and returns the sum; fails if the key is not there.
    pub fn incr(&self, key: &str, delta: i64) -> Result<i64, CacheError> {
        self.backend.incr(&self.whole_key(key), delta)
    }

    /// Subtracts `delta` from the integer under `key` and returns the difference; fails if the key is not there.
    pub fn decr(&self, key: &str, delta: i64) -> Result<i64, CacheError> {
        let less = delta.checked_neg();
        let less = less.ok_or_else(|| CacheError::Overflow(self.make_key(key)))?;
        self.incr(key, less)
    }

    /// Moves the value of `key` to the version that is `delta` away and returns that; fails if the key is not there.
    ///
    /// As in Django, the value is kept for the cache's timeout from now on.
    pub fn incr_version(&self, key: &str, delta: i64) -> Result<u64, CacheError> {
        let overflow = || CacheError::Overflow(self.make_key(key));
        let version = self.version.checked_add_signed(delta);
        let version = version.ok_or_else(overflow)?;
        let value = self.get(key)?;
        let value = value.ok_or_else(|| CacheError::KeyNotFound(self.make_key(key)))?;
        let moved = self.clone().with_version(version);
        moved.set(key, value, CacheTimeout::Default)?;
        self.delete(key)?;
        Ok(version)
    }

    /// The same with the version that is `delta` below.
    pub fn decr_version(&self, key: &str, delta: i64) -> Result<u64, CacheError> {
        let less = delta.checked_neg();
        let less = less.ok_or_else(|| CacheError::Overflow(self.make_key(key)))?;
        self.incr_version(key, less)
    }

    /// Forgets what has expired and what is too much; none where the backend sees to that without being asked.
    pub fn cull(&self) -> Result<Option<CulledEntries>, CacheError> {
        self.backend.cull()
    }

    /// What [`cull`](Self::cull) would forget at this moment.
    pub fn count_cullable(&self) -> Result<Option<CulledEntries>, CacheError> {
        self.backend.count_cullable()
    }

    /// How many entries the backend has, whatever their prefix and version; `None` where other processes have others.
    pub fn entries(&self) -> Result<Option<u64>, CacheError> {
        self.backend.entries()
    }

    /// Whether no call of it waits for a disk or a network, but for the computations of others.
    pub fn is_in_memory(&self) -> bool {
        self.backend.is_in_memory()
    }

    /// Closes the connections to servers that are not in use.
    pub fn close(&self) {
        self.backend.close();
    }

    /// Forgets all keys of the backend, whatever their prefix and version.
    pub fn clear(&self) -> Result<(), CacheError> {
        self.backend.clear()
    }

    /// The whole key that `key` has in the backend.
    pub fn make_key(&self, key: &str) -> CacheKey {
        CacheKey::new(&self.key_prefix, self.version, key)
    }

    /// The whole key, and a warning where memcached would refuse it.
    fn whole_key(&self, key: &str) -> CacheKey {
        let key = self.make_key(key);
        if let Some(warnings) = &self.warnings {
            warnings.look_at(&key);
        }
        key
    }

    fn expires(&self, timeout: CacheTimeout) -> Option<Moment> {
        let timeout = match timeout {
            CacheTimeout::Default => self.timeout,
            CacheTimeout::Never => None,
            CacheTimeout::After(timeout) => Some(timeout),
        };
        timeout.map(|timeout| clock::now().after(timeout))
    }
}
