//! What can be wrong with a cache.

use std::io;
use std::path::PathBuf;

use crate::cache::{CacheKey, InvalidCacheKey};
use crate::db::DatabaseError;
use crate::diagnostic::{self, Diagnostic};
use crate::files::FileError;

/// Why a cache did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// `[caches]` does not have the alias.
    #[error("no cache is called `{alias}`")]
    UnknownAlias {
        /// The alias.
        alias: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The settings name a server whose address cannot be read.
    #[error("the `location` of a cache must be `{expected}`")]
    InvalidServer {
        /// What is expected.
        expected: &'static str,
    },
    /// A server does not do its part, or not in time.
    #[error("the cache on `{address}` does not answer")]
    Server {
        /// The server, or all there are.
        address: String,
        /// What the client said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The directory of a cache cannot be used.
    #[error("the cache in `{}` cannot be used", directory.display())]
    Directory {
        /// The directory.
        directory: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// A file of a cache cannot be written.
    #[error("the cache cannot be written")]
    File(#[from] FileError),
    /// The database does not do its part.
    #[error("the table of the cache cannot be used")]
    Database(#[from] DatabaseError),
    /// memcached does not take the key.
    #[error(transparent)]
    InvalidKey(#[from] InvalidCacheKey),
    /// A key of a dictionary or an item of a set is not hashable.
    #[error("the value cannot be pickled: keys of dictionaries and items of sets must be hashable")]
    NotPicklable,
    /// A class of the project has no place for its entries.
    #[error("the cache `{alias}` needs `location`, {place}: its class keeps entries there")]
    NoLocation {
        /// The alias.
        alias: String,
        /// What the location would be.
        place: &'static str,
    },
    /// A class of the project does not do its part.
    #[error("the class `{class}` of a cache failed: {message}")]
    Class {
        /// Its dotted name.
        class: String,
        /// What it raised, and where.
        message: String,
    },
    /// Only a key that is there can be counted up.
    #[error("the cache does not have the key `{0}`")]
    KeyNotFound(CacheKey),
    /// Only integers can be counted up.
    #[error("the value of the cache key `{0}` is not an integer")]
    NotAnInteger(CacheKey),
    /// The sum does not fit into 64 bits.
    #[error("the value of the cache key `{0}` would be too large")]
    Overflow(CacheKey),
}

impl CacheError {
    /// What happened, its causes and what to do about it, as a line of a log.
    pub fn log_line(&self) -> String {
        let causes = diagnostic::messages(self).join(": ");
        let hints = self.hints().into_iter();
        hints.fold(causes, |line, hint| format!("{line}; {hint}"))
    }

    /// Whether the place of the cache cannot be used, so that it cannot for any other key either.
    pub fn is_outage(&self) -> bool {
        matches!(
            self,
            Self::Server { .. }
                | Self::Class { .. }
                | Self::Directory { .. }
                | Self::File(_)
                | Self::Database(_)
        )
    }
}

impl Diagnostic for CacheError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownAlias { .. } => "unknown-cache",
            Self::InvalidServer { .. } => "invalid-cache-server",
            Self::Server { .. } => "cache-server",
            Self::Directory { .. } => "cache-directory",
            Self::File(error) => error.code(),
            Self::Database(error) => error.code(),
            Self::InvalidKey(_) => "invalid-cache-key",
            Self::NoLocation { .. } => "cache-without-location",
            Self::Class { .. } => "cache-class",
            Self::NotPicklable => "cache-value-not-picklable",
            Self::KeyNotFound(_) => "cache-key-not-found",
            Self::NotAnInteger(_) => "cache-value-not-an-integer",
            Self::Overflow(_) => "cache-value-overflow",
        }
    }

    fn hints(&self) -> Vec<String> {
        let list = |names: Vec<String>| vec![format!("one of `{}`", names.join("`, `"))];
        match self {
            Self::UnknownAlias { known, .. } => list(known.clone()),
            Self::File(error) => error.hints(),
            Self::Database(error) if error.is_missing_table() => {
                vec!["run `djr createcachetable` to create the table of the cache".to_owned()]
            }
            Self::Database(error) => error.hints(),
            _ => Vec::new(),
        }
    }
}
