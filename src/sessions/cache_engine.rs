//! Sessions in a cache alone: quick, and gone when the cache forgets them.

use std::sync::Arc;
use std::time::Duration;

use crate::clock;
use crate::sessions::session_cache::SessionCache;
use crate::sessions::{
    SessionData, SessionEdit, SessionEngine, SessionError, SessionKey, SessionStore,
};
use crate::signing::SecretKeys;

/// How many new keys are tried: a cache that is full may refuse them all.
const TRIES: usize = 100;

/// The engine `cache`.
#[derive(Clone, Debug)]
pub(super) struct CacheEngine {
    cache: SessionCache,
    cookie_age: Duration,
}

impl CacheEngine {
    /// Keeps sessions in `cache` for `cookie_age`, unless they say otherwise themselves.
    pub(super) fn new(cache: SessionCache, cookie_age: Duration) -> Self {
        Self { cache, cookie_age }
    }

    fn age(&self, data: &SessionData) -> i64 {
        data.expiry_age(clock::now(), self.cookie_age)
    }
}

impl SessionEngine for CacheEngine {
    /// The data is not signed: a cache is as safe as the server, or nothing in it is.
    fn store(&self, _: &SecretKeys) -> Arc<dyn SessionStore> {
        Arc::new(self.clone())
    }
}

impl SessionStore for CacheEngine {
    fn load(&self, key: &SessionKey) -> Result<Option<SessionData>, SessionError> {
        self.cache.load(key)
    }

    fn exists(&self, key: &SessionKey) -> Result<bool, SessionError> {
        self.cache.contains(key)
    }

    fn create(&self, data: &SessionData) -> Result<SessionKey, SessionError> {
        for _ in 0..TRIES {
            let key = SessionKey::random();
            if self.cache.add(&key, data, self.age(data))? {
                return Ok(key);
            }
        }
        Err(SessionError::NotKept)
    }

    /// Between the reading and the writing another request may write: a cache cannot tell.
    fn save(&self, key: &SessionKey, edit: SessionEdit<'_>) -> Result<SessionKey, SessionError> {
        let Some(stored) = self.cache.load(key)? else {
            return Err(SessionError::Interrupted);
        };
        let data = edit.applied_to(stored);
        if self.cache.replace(key, &data, self.age(&data))? {
            return Ok(key.clone());
        }
        Err(SessionError::Interrupted)
    }

    fn delete(&self, key: &SessionKey) -> Result<(), SessionError> {
        self.cache.delete(key)
    }
}
