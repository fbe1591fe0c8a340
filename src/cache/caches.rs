//! The caches of a project, by alias.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::cache::{
    Cache, CacheBackend, CacheError, DatabaseBackend, DummyBackend, FileBackend, LocmemBackend,
    MemcachedBackend, RedisBackend,
};
use crate::db::{Connections, DatabaseAlias};
use crate::settings::{CacheBackendName, CacheSettings};

/// How long a cache that failed is not asked: each question may wait until the time is out.
const PAUSE: Duration = Duration::from_secs(5);

/// The caches of `[caches]` (Django's `caches`).
///
/// A backend is built when it is first asked for: a project may name one that it does not use.
#[derive(Debug)]
pub struct Caches {
    settings: BTreeMap<String, CacheSettings>,
    places: CachePlaces,
    built: Mutex<BuiltCaches>,
    /// Those that failed, and until when they are not asked.
    paused: Mutex<HashMap<String, Instant>>,
}

/// What caches in files and in tables are found by.
#[derive(Clone, Debug)]
pub struct CachePlaces {
    /// The directory that those of files are named from.
    pub root: PathBuf,
    /// The connections whose default database has the tables.
    pub connections: Connections,
}

#[derive(Debug, Default)]
struct BuiltCaches {
    by_alias: HashMap<String, Cache>,
    /// As in Django, caches in memory with the same `location` have the same entries.
    locmem_by_location: HashMap<String, LocmemBackend>,
}

impl Caches {
    /// The caches of `settings`, by alias.
    pub fn new(settings: &BTreeMap<String, CacheSettings>, places: CachePlaces) -> Self {
        Self {
            settings: settings.clone(),
            places,
            built: Mutex::default(),
            paused: Mutex::default(),
        }
    }

    /// The cache called `alias`, for who can do without it: `None` where it failed a moment ago; fails as [`Self::get`].
    pub fn usable(&self, alias: &str) -> Result<Option<Cache>, CacheError> {
        let paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        let until = paused.get(alias).copied();
        drop(paused);
        if until.is_some_and(|until| until > Instant::now()) {
            return Ok(None);
        }
        self.get(alias).map(Some)
    }

    /// Leaves the cache `alias` alone for a while, since it failed.
    pub fn pause(&self, alias: &str) {
        let mut paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        paused.insert(alias.to_owned(), Instant::now() + PAUSE);
    }

    /// Whether the settings have a cache called `alias`.
    pub fn has(&self, alias: &str) -> bool {
        self.settings.contains_key(alias)
    }

    /// The cache called `alias`; fails if the settings do not have it or its servers have no address.
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
        let cache = Cache::new(built.backend(settings, &self.places)?, settings);
        built.by_alias.insert(alias.to_owned(), cache.clone());
        Ok(cache)
    }
}

impl BuiltCaches {
    fn backend(
        &mut self,
        settings: &CacheSettings,
        places: &CachePlaces,
    ) -> Result<Arc<dyn CacheBackend>, CacheError> {
        Ok(match settings.backend {
            CacheBackendName::Locmem => Arc::new(self.locmem(settings)),
            CacheBackendName::Dummy => Arc::new(DummyBackend),
            CacheBackendName::File => {
                let directory = places.root.join(&settings.location);
                Arc::new(FileBackend::new(directory, settings))
            }
            CacheBackendName::Redis => Arc::new(RedisBackend::new(settings)?),
            CacheBackendName::Memcached => Arc::new(MemcachedBackend::new(settings)?),
            CacheBackendName::Database => {
                let (connections, alias) = (places.connections.clone(), DatabaseAlias::default());
                Arc::new(DatabaseBackend::new(connections, alias, settings))
            }
        })
    }

    fn locmem(&mut self, settings: &CacheSettings) -> LocmemBackend {
        self.locmem_by_location
            .entry(settings.location.clone())
            .or_insert_with(|| LocmemBackend::new(settings))
            .sharing_entries(settings)
    }
}
