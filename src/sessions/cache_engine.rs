//! Sessions in a cache alone: quick, and gone when the cache forgets them.

use std::sync::Arc;
use std::time::Duration;

use crate::cache::{EntryVersion, Replacement, VersionedEntry};
use crate::clock;
use crate::sessions::session_cache::SessionCache;
use crate::sessions::{
    KeptSession, SessionData, SessionEdit, SessionEngine, SessionError, SessionKey, SessionStore,
    SessionVersion, cache_document,
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
    fn load_kept(&self, key: &SessionKey) -> Result<Option<KeptSession>, SessionError> {
        Ok(kept(self.cache.versioned(key)?))
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

    /// What the request read is replaced without being read again. Where others wrote meanwhile, the changes are those of what
    /// they wrote.
    fn save(&self, key: &SessionKey, edit: SessionEdit<'_>) -> Result<SessionKey, SessionError> {
        let (mut data, mut version) = match edit.version() {
            SessionVersion::Entry(version) => (edit.data().clone(), version.clone()),
            _ => applied(edit, self.cache.versioned(key)?)?,
        };
        // Whoever fails wrote nothing, and somebody else did: all get their turn.
        loop {
            match self.cache.replace(key, &version, &data, self.age(&data))? {
                Replacement::Done => return Ok(key.clone()),
                Replacement::Missing => return Err(SessionError::Interrupted),
                Replacement::Changed(found) => (data, version) = applied(edit, found)?,
            }
        }
    }

    fn delete(&self, key: &SessionKey) -> Result<(), SessionError> {
        self.cache.delete(key)
    }
}

/// The session in `found`, if it is one that can be read.
fn kept(found: VersionedEntry) -> Option<KeptSession> {
    let data = found.entry.into_value().and_then(cache_document::read)?;
    let version = SessionVersion::Entry(found.version);
    Some(KeptSession { data, version })
}

/// What `edit` makes of the session in `found`; fails where there is none.
fn applied(
    edit: SessionEdit<'_>,
    found: VersionedEntry,
) -> Result<(SessionData, EntryVersion), SessionError> {
    let stored = found.entry.into_value().and_then(cache_document::read);
    let stored = stored.ok_or(SessionError::Interrupted)?;
    Ok((edit.applied_to(stored), found.version))
}
