//! A cache with the prefix, the version and the default timeout of its settings.

use std::sync::Arc;
use std::time::Duration;

use crate::cache::{CacheBackend, CacheError, CacheKey, CacheValue};
use crate::clock::{self, Moment};
use crate::settings::CacheSettings;

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
}

impl Cache {
    /// The cache of `settings`, which `backend` keeps.
    pub fn new(backend: Arc<dyn CacheBackend>, settings: &CacheSettings) -> Self {
        Self {
            backend,
            key_prefix: settings.key_prefix.clone(),
            version: settings.version,
            timeout: settings.timeout,
        }
    }

    /// The same cache, with `version` in its keys.
    #[must_use]
    pub fn with_version(mut self, version: u64) -> Self {
        self.version = version;
        self
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Result<Option<CacheValue>, CacheError> {
        self.backend.get(&self.key(key))
    }

    /// Keeps `value` under `key`.
    pub fn set(
        &self,
        key: &str,
        value: impl Into<CacheValue>,
        timeout: CacheTimeout,
    ) -> Result<(), CacheError> {
        let expires = self.expires(timeout);
        self.backend.set(&self.key(key), value.into(), expires)
    }

    /// Keeps `value` under `key` unless there is another one; returns whether it does.
    pub fn add(
        &self,
        key: &str,
        value: impl Into<CacheValue>,
        timeout: CacheTimeout,
    ) -> Result<bool, CacheError> {
        let expires = self.expires(timeout);
        self.backend.add(&self.key(key), value.into(), expires)
    }

    /// Changes when `key` expires; returns whether it is there.
    pub fn touch(&self, key: &str, timeout: CacheTimeout) -> Result<bool, CacheError> {
        self.backend.touch(&self.key(key), self.expires(timeout))
    }

    /// Forgets `key`; returns whether it was kept.
    pub fn delete(&self, key: &str) -> Result<bool, CacheError> {
        self.backend.delete(&self.key(key))
    }

    /// Whether `key` is there.
    pub fn has_key(&self, key: &str) -> Result<bool, CacheError> {
        self.backend.has_key(&self.key(key))
    }

    /// Adds `delta` to the integer under `key` and returns the sum; fails if the key is not there.
    pub fn incr(&self, key: &str, delta: i64) -> Result<i64, CacheError> {
        self.backend.incr(&self.key(key), delta)
    }

    /// Forgets all keys of the backend, whatever their prefix and version.
    pub fn clear(&self) -> Result<(), CacheError> {
        self.backend.clear()
    }

    fn key(&self, key: &str) -> CacheKey {
        CacheKey::new(&self.key_prefix, self.version, key)
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
