//! Sessions in a cache, under Django's keys and as Django's dictionaries.

use std::sync::Arc;
use std::time::Duration;

use crate::cache::{Cache, CacheTimeout, Caches, EntryVersion, Replacement, VersionedEntry};
use crate::sessions::{SessionData, SessionError, SessionKey, cache_document};

/// The sessions in a cache.
#[derive(Clone, Debug)]
pub(super) struct SessionCache {
    caches: Arc<Caches>,
    alias: String,
    prefix: &'static str,
}

impl SessionCache {
    /// What the keys of the engine `cache` begin with.
    pub(super) const ALONE: &'static str = "django.contrib.sessions.cache";

    /// What the keys of the engine `cached_db` begin with.
    pub(super) const BEFORE_A_DATABASE: &'static str = "django.contrib.sessions.cached_db";

    /// The sessions in the cache `alias`, whose keys begin with `prefix`.
    pub(super) fn new(caches: Arc<Caches>, alias: String, prefix: &'static str) -> Self {
        Self {
            caches,
            alias,
            prefix,
        }
    }

    /// What is kept under `key`, if it is a session that can be read.
    pub(super) fn load(&self, key: &SessionKey) -> Result<Option<SessionData>, SessionError> {
        let found = self.cache()?.get(&self.key(key))?;
        Ok(found.and_then(cache_document::read))
    }

    /// What is kept under `key`, and which version of it.
    pub(super) fn versioned(&self, key: &SessionKey) -> Result<VersionedEntry, SessionError> {
        Ok(self.cache()?.versioned(&self.key(key))?)
    }

    /// Whether anything is kept under `key`.
    pub(super) fn contains(&self, key: &SessionKey) -> Result<bool, SessionError> {
        Ok(self.cache()?.has_key(&self.key(key))?)
    }

    /// Keeps `data` for `age` seconds unless something is kept under `key`; returns whether it does.
    pub(super) fn add(
        &self,
        key: &SessionKey,
        data: &SessionData,
        age: i64,
    ) -> Result<bool, SessionError> {
        let cache = self.cache()?;
        Ok(cache.add(&self.key(key), cache_document::write(data)?, timeout(age))?)
    }

    /// Keeps `data` for `age` seconds in the place of `version` of what is kept under `key`.
    pub(super) fn replace(
        &self,
        key: &SessionKey,
        version: &EntryVersion,
        data: &SessionData,
        age: i64,
    ) -> Result<Replacement, SessionError> {
        let (cache, document) = (self.cache()?, cache_document::write(data)?);
        Ok(cache.replace_version(&self.key(key), version, document, timeout(age))?)
    }

    /// Keeps `data` for `age` seconds, whether or not something is kept under `key`.
    pub(super) fn set(
        &self,
        key: &SessionKey,
        data: &SessionData,
        age: i64,
    ) -> Result<(), SessionError> {
        let document = cache_document::write(data)?;
        Ok(self.cache()?.set(&self.key(key), document, timeout(age))?)
    }

    /// Forgets what is kept under `key`.
    pub(super) fn delete(&self, key: &SessionKey) -> Result<(), SessionError> {
        Ok(self.cache()?.delete(&self.key(key)).map(drop)?)
    }

    fn cache(&self) -> Result<Cache, SessionError> {
        Ok(self.caches.get(&self.alias)?)
    }

    fn key(&self, key: &SessionKey) -> String {
        format!("{}{}", self.prefix, key.as_str())
    }
}

/// What is past already is forgotten at once.
fn timeout(age: i64) -> CacheTimeout {
    CacheTimeout::After(Duration::from_secs(u64::try_from(age).unwrap_or_default()))
}
