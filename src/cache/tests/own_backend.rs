//! A backend of one's own, behind the trait that all have.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use super::{caches, conformance};
use crate::cache::{
    Cache, CacheBackend, CacheEntry, CacheError, CacheKey, CacheTimeout, CacheValue,
};
use crate::clock::{self, Moment};
use crate::settings::Settings;

/// Keeps everything in a map, and never forgets but what expired.
#[derive(Debug, Default)]
struct MapBackend(Mutex<HashMap<CacheKey, MapEntry>>);

#[derive(Debug)]
struct MapEntry {
    value: CacheValue,
    expires: Option<Moment>,
}

type Entries<'b> = MutexGuard<'b, HashMap<CacheKey, MapEntry>>;

impl MapBackend {
    /// The entries that have not expired.
    fn entries(&self) -> Entries<'_> {
        let mut entries = self.0.lock().unwrap();
        let now = clock::now();
        entries.retain(|_, entry| entry.expires.is_none_or(|expires| expires > now));
        entries
    }
}

impl CacheBackend for MapBackend {
    fn get(&self, key: &CacheKey) -> Result<CacheEntry, CacheError> {
        let entries = self.entries();
        let found = entries.get(key).map(|entry| entry.value.clone());
        Ok(found.map_or(CacheEntry::Missing, CacheEntry::Found))
    }

    fn set(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<(), CacheError> {
        self.entries()
            .insert(key.clone(), MapEntry { value, expires });
        Ok(())
    }

    fn add(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        let mut entries = self.entries();
        let is_free = !entries.contains_key(key);
        if is_free {
            entries.insert(key.clone(), MapEntry { value, expires });
        }
        Ok(is_free)
    }

    fn replace(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        let mut entries = self.entries();
        let found = entries.get_mut(key);
        Ok(found
            .map(|entry| *entry = MapEntry { value, expires })
            .is_some())
    }

    fn touch(&self, key: &CacheKey, expires: Option<Moment>) -> Result<bool, CacheError> {
        let mut entries = self.entries();
        let found = entries.get_mut(key);
        Ok(found.map(|entry| entry.expires = expires).is_some())
    }

    fn delete(&self, key: &CacheKey) -> Result<bool, CacheError> {
        Ok(self.entries().remove(key).is_some())
    }

    fn incr(&self, key: &CacheKey, delta: i64) -> Result<i64, CacheError> {
        let mut entries = self.entries();
        let entry = entries.get_mut(key);
        let entry = entry.ok_or_else(|| CacheError::KeyNotFound(key.clone()))?;
        let number = entry.value.as_integer();
        let number = number.ok_or_else(|| CacheError::NotAnInteger(key.clone()))?;
        let sum = number.checked_add(delta);
        let sum = sum.ok_or_else(|| CacheError::Overflow(key.clone()))?;
        entry.value = sum.into();
        Ok(sum)
    }

    fn clear(&self) -> Result<(), CacheError> {
        self.0.lock().unwrap().clear();
        Ok(())
    }
}

fn own_cache() -> Cache {
    let settings = Settings::parse("[caches.default]\nkey_prefix = 'own'\n").unwrap();
    Cache::new(Arc::new(MapBackend::default()), &settings.caches["default"])
}

#[test]
fn a_backend_of_ones_own_does_what_every_backend_does() {
    conformance::check(&own_cache());
}

#[test]
fn a_backend_of_ones_own_has_an_alias_among_the_caches() {
    let caches = caches("").with_cache("own", own_cache());
    let cache = caches.get("own").unwrap();
    cache.set("k", 1, CacheTimeout::Never).unwrap();
    assert_eq!(caches.get("own").unwrap().get("k").unwrap(), Some(1.into()));
    assert!(!caches.get("default").unwrap().has_key("k").unwrap());
    assert_eq!(cache.make_key("k").as_str(), "own:1:k");
}
