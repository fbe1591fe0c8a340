//! Sessions in the database, with a cache before it for those who only read.

use std::sync::Arc;

use crate::clock::Moment;
use crate::sessions::database::LoadedSession;
use crate::sessions::session_cache::SessionCache;
use crate::sessions::{
    ClearEvent, DatabaseEngine, DatabaseStore, KeptSession, SessionData, SessionEdit,
    SessionEngine, SessionError, SessionKey, SessionStore,
};
use crate::signing::SecretKeys;

/// How often a session is copied that others write all the time; after that its row is read.
const COPIES: usize = 5;

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
    /// Copies a session; returns whether there is a copy. A cache that does not answer costs time only: the database has
    /// everything.
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

    /// Copies a row, and copies it again while others write it: whoever copies last has looked at the row since. Returns
    /// what is there now; takes the copy back and fails with [`SessionError::Interrupted`] where the row was deleted.
    fn copy_row(&self, key: &SessionKey, row: LoadedSession) -> Result<SessionData, SessionError> {
        let mut row = row;
        for _ in 0..COPIES {
            if !self.copy(key, &row.data, row.expire_date)? {
                return Ok(row.data);
            }
            if self.database.holds(key, &row.text)? {
                return Ok(row.data);
            }
            match self.database.load_row(key)? {
                Some(now) if now.data != row.data => row = now,
                Some(_) => return Ok(row.data),
                None if self.database.exists(key)? => return Ok(row.data),
                None => {
                    self.cache.delete(key)?;
                    return Err(SessionError::Interrupted);
                }
            }
        }
        self.cache.delete(key)?;
        Ok(row.data)
    }
}

impl SessionStore for CachedDatabaseStore {
    /// A copy does not tell which row it is of.
    fn load_kept(&self, key: &SessionKey) -> Result<Option<KeptSession>, SessionError> {
        if let Ok(Some(data)) = self.cache.load(key) {
            return Ok(Some(data.into()));
        }
        let Some(found) = self.database.load_row(key)? else {
            return Ok(None);
        };
        match self.copy_row(key, found) {
            // It was deleted while it was read.
            Err(SessionError::Interrupted) => Ok(None),
            outcome => outcome.map(|data| Some(data.into())),
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

    fn save(&self, key: &SessionKey, edit: SessionEdit<'_>) -> Result<SessionKey, SessionError> {
        let kept = self.database.update(key, edit)?;
        self.copy_row(key, kept)?;
        Ok(key.clone())
    }

    /// The copy first: one that outlived its row would let somebody in who logged out, so it must not be left behind. And the
    /// copy again, since others may have copied the row while it was there; those who come later see that it is gone.
    fn delete(&self, key: &SessionKey) -> Result<(), SessionError> {
        self.cache.delete(key)?;
        self.database.delete(key)?;
        self.cache.delete(key)
    }
}
