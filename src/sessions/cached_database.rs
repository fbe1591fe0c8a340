//! Sessions in the database, with a cache before it for those who only read.

use std::sync::Arc;

use crate::clock::Moment;
use crate::sessions::session_cache::SessionCache;
use crate::sessions::{
    ClearEvent, DatabaseEngine, DatabaseStore, SessionData, SessionEngine, SessionError,
    SessionKey, SessionStore,
};
use crate::signing::SecretKeys;

/// The engine `cached_db`.
#[derive(Debug)]
pub(super) struct CachedDatabaseEngine {
    database: DatabaseEngine,
    cache: SessionCache,
}

impl CachedDatabaseEngine {
    /// Keeps sessions in `database`, and copies of them in `cache`.
    pub(super) fn new(database: DatabaseEngine, cache: SessionCache) -> Self {
        Self { database, cache }
    }
}

impl SessionEngine for CachedDatabaseEngine {
    fn store(&self, keys: &SecretKeys) -> Arc<dyn SessionStore> {
        Arc::new(CachedDatabaseStore {
            database: self.database.database_store(keys),
            cache: self.cache.clone(),
        })
    }

    /// The copies end by themselves, and no later than their rows.
    fn clear_expired(
        &self,
        moment: Moment,
        on_event: &mut dyn FnMut(ClearEvent<'_>),
    ) -> Result<Option<u64>, SessionError> {
        self.database.clear_expired(moment, on_event)
    }

    fn count_expired(
        &self,
        moment: Moment,
        on_event: &mut dyn FnMut(ClearEvent<'_>),
    ) -> Result<Option<u64>, SessionError> {
        self.database.count_expired(moment, on_event)
    }
}

/// Reads the copies, and the rows where there is none; writes both.
#[derive(Debug)]
struct CachedDatabaseStore {
    database: DatabaseStore,
    cache: SessionCache,
}

impl CachedDatabaseStore {
    /// Copies what the database has; returns whether there is a copy. A cache that does not answer costs time only: the
    /// database has everything.
    fn copy(
        &self,
        key: &SessionKey,
        data: &SessionData,
        ends: Moment,
    ) -> Result<bool, SessionError> {
        let age = ends.unix_microseconds() - self.database.now().unix_microseconds();
        match self.cache.set(key, data, age.div_euclid(1_000_000)) {
            Err(SessionError::Cache(_) | SessionError::Encoding(_)) => Ok(false),
            outcome => outcome.map(|()| true),
        }
    }

    /// The same; takes the copy back and fails with [`SessionError::Interrupted`] where the row was deleted meanwhile.
    fn copy_of_row(
        &self,
        key: &SessionKey,
        data: &SessionData,
        ends: Moment,
    ) -> Result<(), SessionError> {
        if !self.copy(key, data, ends)? || self.database.exists(key)? {
            return Ok(());
        }
        self.cache.delete(key)?;
        Err(SessionError::Interrupted)
    }
}

impl SessionStore for CachedDatabaseStore {
    fn load(&self, key: &SessionKey) -> Result<Option<SessionData>, SessionError> {
        if let Ok(Some(data)) = self.cache.load(key) {
            return Ok(Some(data));
        }
        let Some(found) = self.database.load_row(key)? else {
            return Ok(None);
        };
        match self.copy_of_row(key, &found.data, found.expire_date) {
            // It was deleted while it was read.
            Err(SessionError::Interrupted) => Ok(None),
            outcome => outcome.map(|()| Some(found.data)),
        }
    }

    fn exists(&self, key: &SessionKey) -> Result<bool, SessionError> {
        self.database.exists(key)
    }

    fn create(&self, data: &SessionData) -> Result<SessionKey, SessionError> {
        let key = self.database.create(data)?;
        self.copy(&key, data, self.database.expiry_date(data))?;
        Ok(key)
    }

    fn save(&self, key: &SessionKey, data: &SessionData) -> Result<SessionKey, SessionError> {
        let key = self.database.save(key, data)?;
        self.copy_of_row(&key, data, self.database.expiry_date(data))?;
        Ok(key)
    }

    /// The copy first: one that outlived its row would let somebody in who logged out, so it must not be left behind. And the
    /// copy again, since others may have copied the row while it was there; those who come later see that it is gone.
    fn delete(&self, key: &SessionKey) -> Result<(), SessionError> {
        self.cache.delete(key)?;
        self.database.delete(key)?;
        self.cache.delete(key)
    }
}
