//! The caches of a project, by alias.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::cache::{Cache, CacheBackend, CacheError, DummyBackend, LocmemBackend};
use crate::settings::{CacheBackendName, CacheSettings};

/// The backends that keep values; the others can only be named.
const SUPPORTED: &[CacheBackendName] = &[CacheBackendName::Locmem, CacheBackendName::Dummy];

/// The caches of `[caches]` (Django's `caches`).
///
/// A backend is built when it is first asked for: a project may name one that it does not use.
#[derive(Debug)]
pub struct Caches {
    settings: BTreeMap<String, CacheSettings>,
    built: Mutex<BuiltCaches>,
}

#[derive(Debug, Default)]
struct BuiltCaches {
    by_alias: HashMap<String, Cache>,
    /// As in Django, caches in memory with the same `location` have the same entries.
    locmem_by_location: HashMap<String, LocmemBackend>,
}

impl Caches {
    /// The caches of `settings`, by alias.
    pub fn new(settings: &BTreeMap<String, CacheSettings>) -> Self {
        Self {
            settings: settings.clone(),
            built: Mutex::default(),
        }
    }

    /// The cache called `alias`; fails if the settings do not have it or its backend is not supported.
    pub fn get(&self, alias: &str) -> Result<Cache, CacheError> {
        let settings = self.settings.get(alias);
        let settings = settings.ok_or_else(|| CacheError::UnknownAlias {
            alias: alias.to_owned(),
            known: self.settings.keys().cloned().collect(),
        })?;
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cache) = built.by_alias.get(alias) {
            return Ok(cache.clone());
        }
        let cache = Cache::new(built.backend(alias, settings)?, settings);
        built.by_alias.insert(alias.to_owned(), cache.clone());
        Ok(cache)
    }
}

impl BuiltCaches {
    fn backend(
        &mut self,
        alias: &str,
        settings: &CacheSettings,
    ) -> Result<Arc<dyn CacheBackend>, CacheError> {
        match settings.backend {
            CacheBackendName::Locmem => Ok(Arc::new(self.locmem(settings))),
            CacheBackendName::Dummy => Ok(Arc::new(DummyBackend)),
            backend => Err(CacheError::UnsupportedBackend {
                alias: alias.to_owned(),
                backend,
                supported: SUPPORTED,
            }),
        }
    }

    fn locmem(&mut self, settings: &CacheSettings) -> LocmemBackend {
        self.locmem_by_location
            .entry(settings.location.clone())
            .or_insert_with(|| LocmemBackend::new(settings))
            .sharing_entries(settings)
    }
}
