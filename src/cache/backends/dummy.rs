//! A cache that keeps nothing, for development.

use crate::cache::{CacheBackend, CacheEntry, CacheError, CacheKey, CacheValue};
use crate::clock::Moment;

/// Keeps nothing; as in Django, `add` says that it did.
#[derive(Clone, Copy, Debug)]
pub struct DummyBackend;

impl CacheBackend for DummyBackend {
    fn get(&self, _: &CacheKey) -> Result<CacheEntry, CacheError> {
        Ok(CacheEntry::Missing)
    }

    fn set(&self, _: &CacheKey, _: CacheValue, _: Option<Moment>) -> Result<(), CacheError> {
        Ok(())
    }

    fn add(&self, _: &CacheKey, _: CacheValue, _: Option<Moment>) -> Result<bool, CacheError> {
        Ok(true)
    }

    fn replace(&self, _: &CacheKey, _: CacheValue, _: Option<Moment>) -> Result<bool, CacheError> {
        Ok(false)
    }

    fn touch(&self, _: &CacheKey, _: Option<Moment>) -> Result<bool, CacheError> {
        Ok(false)
    }

    fn delete(&self, _: &CacheKey) -> Result<bool, CacheError> {
        Ok(false)
    }

    fn incr(&self, key: &CacheKey, _: i64) -> Result<i64, CacheError> {
        Err(CacheError::KeyNotFound(key.clone()))
    }

    fn clear(&self) -> Result<(), CacheError> {
        Ok(())
    }
}
