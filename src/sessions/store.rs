//! What every session engine does.

use std::fmt;
use std::sync::Arc;

use crate::clock::Moment;
use crate::db::DatabaseError;
use crate::diagnostic::Diagnostic;
use crate::sessions::{SessionData, SessionKey};
use crate::signing::{SecretKeys, SigningError};

/// Why a session could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// It was deleted since it was read, by a log-out in another tab for one.
    #[error("the session was deleted before the request was done")]
    Interrupted,
    /// It holds what JSON does not have.
    #[error("the session cannot be written")]
    Encoding(#[from] SigningError),
    /// The database does not do its part.
    #[error("the session table cannot be used")]
    Database(#[from] DatabaseError),
}

impl Diagnostic for SessionError {
    fn code(&self) -> &'static str {
        match self {
            Self::Interrupted => "session-interrupted",
            Self::Encoding(_) => "session-encoding",
            Self::Database(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Database(error) if error.is_missing_table() => {
                vec!["run `djr migrate` to create the session table".to_owned()]
            }
            Self::Database(error) => error.hints(),
            _ => Vec::new(),
        }
    }

    fn is_schema_mismatch(&self) -> bool {
        match self {
            Self::Database(error) => error.is_schema_mismatch(),
            _ => false,
        }
    }
}

/// A place where sessions are kept (Django's `SESSION_ENGINE`).
///
/// It needs no secret key: whoever only clears it has none.
pub trait SessionEngine: fmt::Debug + Send + Sync {
    /// The store that signs what it keeps with `keys`.
    fn store(&self, keys: &SecretKeys) -> Arc<dyn SessionStore>;

    /// Deletes the sessions that ended before `now`; returns how many, where the engine can tell.
    fn clear_expired(&self, now: Moment) -> Result<usize, SessionError>;
}

/// Reads and writes the sessions of an engine (Django's `SessionStore`).
pub trait SessionStore: fmt::Debug + Send + Sync {
    /// The data kept under `key`; `None` where there is no such session or it ended.
    fn load(&self, key: &SessionKey) -> Result<Option<SessionData>, SessionError>;

    /// Whether something is kept under `key`, ended or not.
    fn exists(&self, key: &SessionKey) -> Result<bool, SessionError>;

    /// Keeps `data` under a new key.
    fn create(&self, data: &SessionData) -> Result<SessionKey, SessionError>;

    /// Keeps `data` under `key`; fails with [`SessionError::Interrupted`] where nothing is kept.
    fn save(&self, key: &SessionKey, data: &SessionData) -> Result<(), SessionError>;

    /// Forgets what is kept under `key`, if anything is.
    fn delete(&self, key: &SessionKey) -> Result<(), SessionError>;
}
