//! What every session engine does.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::cache::CacheError;
use crate::clock::Moment;
use crate::db::DatabaseError;
use crate::diagnostic::Diagnostic;
use crate::files::FileError;
use crate::sessions::{ClearEvent, KeptSession, SessionData, SessionEdit, SessionKey};
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
    /// The cache takes no session, and does not say why.
    #[error("the cache does not keep sessions")]
    NotKept,
    /// It is larger than what browsers keep in a cookie.
    #[error("the session takes {size} bytes, of which a cookie holds {most}")]
    TooLarge {
        /// Bytes of the session, signed.
        size: usize,
        /// Bytes that browsers keep.
        most: usize,
    },
    /// The class of the project does not do its part.
    #[error("`{class}` does not keep sessions: {message}")]
    Class {
        /// Its dotted name.
        class: String,
        /// What it raised.
        message: String,
    },
    /// The database does not do its part.
    #[error("the session table cannot be used")]
    Database(#[from] DatabaseError),
    /// The cache does not do its part.
    #[error("the cache of sessions cannot be used")]
    Cache(#[from] CacheError),
    /// A file of a session cannot be written.
    #[error("the session cannot be written")]
    File(#[from] FileError),
    /// The directory of sessions cannot be used.
    #[error("the sessions in `{}` cannot be used", directory.display())]
    Directory {
        /// The directory.
        directory: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
}

impl Diagnostic for SessionError {
    fn code(&self) -> &'static str {
        match self {
            Self::Interrupted => "session-interrupted",
            Self::Encoding(_) => "session-encoding",
            Self::NotKept => "session-not-kept",
            Self::TooLarge { .. } => "session-too-large",
            Self::Directory { .. } => "session-directory",
            Self::Class { .. } => "session-class",
            Self::Cache(error) => error.code(),
            Self::File(error) => error.code(),
            Self::Database(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Database(error) if error.is_missing_table() => {
                vec!["run `djr migrate` to create the session table".to_owned()]
            }
            Self::Database(error) => error.hints(),
            Self::Cache(error) => error.hints(),
            Self::File(error) => error.hints(),
            Self::TooLarge { .. } => {
                vec!["keep less in it, or choose another `engine` below `[sessions]`".to_owned()]
            }
            Self::Directory { .. } => vec![
                "`file_path` below `[sessions]` must be a directory that this user can write to"
                    .to_owned(),
            ],
            Self::NotKept => vec![
                "`[caches]` must keep what is put in: `dummy` does not, and a server may be full"
                    .to_owned(),
            ],
            Self::Interrupted | Self::Encoding(_) | Self::Class { .. } => Vec::new(),
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

    /// Deletes the sessions that ended before `moment`, and tells how far it is; returns how many, or none where the engine
    /// forgets them by itself.
    ///
    /// No other writer waits for it longer than for a page. It may be killed at any time, and several may run at once: what
    /// is left is for the next one.
    fn clear_expired(
        &self,
        _moment: Moment,
        _on_event: &mut dyn FnMut(ClearEvent<'_>),
    ) -> Result<Option<u64>, SessionError> {
        Ok(None)
    }

    /// How many sessions ended before `moment`; none where the engine forgets them by itself.
    fn count_expired(
        &self,
        _moment: Moment,
        _on_event: &mut dyn FnMut(ClearEvent<'_>),
    ) -> Result<Option<u64>, SessionError> {
        Ok(None)
    }
}

/// Reads and writes the sessions of an engine (Django's `SessionStore`).
pub trait SessionStore: fmt::Debug + Send + Sync {
    /// The key in the cookie of a browser; none where it cannot be one.
    fn key_in_cookie(&self, cookie: &str) -> Option<SessionKey> {
        SessionKey::parse(cookie)
    }

    /// What is kept under `key`; `None` where there is no such session or it ended.
    fn load_kept(&self, key: &SessionKey) -> Result<Option<KeptSession>, SessionError>;

    /// The data kept under `key`; `None` where there is no such session or it ended.
    fn load(&self, key: &SessionKey) -> Result<Option<SessionData>, SessionError> {
        Ok(self.load_kept(key)?.map(|kept| kept.data))
    }

    /// Whether something is kept under `key`, ended or not.
    fn exists(&self, key: &SessionKey) -> Result<bool, SessionError>;

    /// Keeps `data` under a new key.
    fn create(&self, data: &SessionData) -> Result<SessionKey, SessionError>;

    /// Keeps the `edit` of what is kept under `key`; fails with [`SessionError::Interrupted`] where nothing is. Returns the
    /// key that it has from now on, which is another one only where the key holds the data.
    ///
    /// What others wrote since the session was read stays, where the engine can tell.
    fn save(&self, key: &SessionKey, edit: SessionEdit<'_>) -> Result<SessionKey, SessionError>;

    /// Forgets what is kept under `key`, if anything is.
    fn delete(&self, key: &SessionKey) -> Result<(), SessionError>;
}
