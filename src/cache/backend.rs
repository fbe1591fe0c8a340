//! What every cache backend does.

use std::fmt;

use crate::cache::{CacheError, CacheKey, CacheValue};
use crate::clock::Moment;

/// A place where a cache keeps its values (Django's `BaseCache`), used by many threads at once.
///
/// An entry whose `expires` is past is not there; one without it never expires.
pub trait CacheBackend: fmt::Debug + Send + Sync {
    /// The value of `key`.
    fn get(&self, key: &CacheKey) -> Result<Option<CacheValue>, CacheError>;

    /// Keeps `value` under `key`, whether or not there is another one.
    fn set(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<(), CacheError>;

    /// Keeps `value` under `key` unless there is another one; returns whether it does.
    fn add(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError>;

    /// Changes when `key` expires; returns whether it is there.
    fn touch(&self, key: &CacheKey, expires: Option<Moment>) -> Result<bool, CacheError>;

    /// Forgets `key`; returns whether it was kept.
    fn delete(&self, key: &CacheKey) -> Result<bool, CacheError>;

    /// Whether `key` is there.
    fn has_key(&self, key: &CacheKey) -> Result<bool, CacheError>;

    /// Adds `delta` to the integer under `key` and returns the sum; fails if the key is not there.
    fn incr(&self, key: &CacheKey, delta: i64) -> Result<i64, CacheError>;

    /// Forgets all keys, whatever their prefix and version.
    fn clear(&self) -> Result<(), CacheError>;
}
