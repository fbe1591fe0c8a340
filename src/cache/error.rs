//! What can be wrong with a cache.

use crate::cache::CacheKey;
use crate::diagnostic::Diagnostic;
use crate::settings::CacheBackendName;

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
    /// The backend can be named in the settings, but does not keep values yet.
    #[error("cache `{alias}`: the backend `{backend}` does not keep values yet")]
    UnsupportedBackend {
        /// The alias of the cache.
        alias: String,
        /// The backend.
        backend: CacheBackendName,
        /// The backends that do.
        supported: &'static [CacheBackendName],
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

impl Diagnostic for CacheError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownAlias { .. } => "unknown-cache",
            Self::UnsupportedBackend { .. } => "unsupported-cache-backend",
            Self::KeyNotFound(_) => "cache-key-not-found",
            Self::NotAnInteger(_) => "cache-value-not-an-integer",
            Self::Overflow(_) => "cache-value-overflow",
        }
    }

    fn hints(&self) -> Vec<String> {
        let list = |names: Vec<String>| vec![format!("one of `{}`", names.join("`, `"))];
        match self {
            Self::UnknownAlias { known, .. } => list(known.clone()),
            Self::UnsupportedBackend { supported, .. } => {
                list(supported.iter().map(ToString::to_string).collect())
            }
            _ => Vec::new(),
        }
    }
}
