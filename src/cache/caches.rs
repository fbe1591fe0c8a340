//! The caches of a project, by alias.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::cache::{
    Cache, CacheBackend, CacheError, DatabaseBackend, DummyBackend, FileBackend, KeyWarnings,
    LocmemBackend, MemcachedBackend, OwnBackends, RedisBackend,
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
    memory: LocmemStores,
    built: Mutex<HashMap<String, Cache>>,
    /// What makes those that are classes of the project, if anything can.
    own: Option<Arc<dyn OwnBackends>>,
    /// What is told of their keys, if anything is.
    warnings: Option<KeyWarnings>,
    /// Those that failed, and until when they are not asked.
    paused: Mutex<HashMap<String, Instant>>,
}

/// The entries of caches in memory: as in Django, those with the same `location` have the same ones.
///
/// Clones are the same entries. Whoever keeps one keeps them, while settings and caches come and go.
#[derive(Clone, Debug, Default)]
pub struct LocmemStores(Arc<Mutex<HashMap<String, LocmemBackend>>>);

/// What caches in files and in tables are found by.
#[derive(Clone, Debug)]
pub struct CachePlaces {
    /// The directory that those of files are named from.
    pub root: PathBuf,
    /// The connections whose default database has the tables.
    pub connections: Connections,
}

impl Caches {
    /// The caches of `settings`, by alias.
    pub fn new(settings: &BTreeMap<String, CacheSettings>, places: CachePlaces) -> Self {
        Self {
            settings: settings.clone(),
            places,
            memory: LocmemStores::default(),
            built: Mutex::default(),
            own: None,
            warnings: None,
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

    /// Leaves the cache `alias` alone for a while, since it failed; returns whether it was not left alone before.
    pub fn pause(&self, alias: &str) -> bool {
        let mut paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let before = paused.insert(alias.to_owned(), now + PAUSE);
        before.is_none_or(|until| until <= now)
    }

    /// Leaves the cache `alias` alone for a while if `error` says that it does not answer.
    pub fn failed(&self, alias: &str, error: &CacheError) {
        if error.is_outage() {
            self.pause(alias);
        }
    }

    /// Whether the cache called `alias` never waits for a disk or a network.
    pub fn is_in_memory(&self, alias: &str) -> bool {
        match self.built().get(alias) {
            Some(cache) => cache.is_in_memory(),
            None => self
                .settings
                .get(alias)
                .is_some_and(|settings| settings.backend == CacheBackendName::Locmem),
        }
    }

    /// Whether the settings have a cache called `alias`.
    pub fn has(&self, alias: &str) -> bool {
        self.settings.contains_key(alias)
    }

    /// The same caches, with the entries of `memory`.
    #[must_use]
    pub fn in_memory(mut self, memory: LocmemStores) -> Self {
        self.memory = memory;
        self
    }

    /// The same caches, of which `own` makes those that are classes of the project.
    #[must_use]
    pub fn with_own_backends(mut self, own: Arc<dyn OwnBackends>) -> Self {
        self.own = Some(own);
        self
    }

    /// The same caches, of which those that are not memcached tell of keys that memcached would refuse.
    #[must_use]
    pub fn with_key_warnings(mut self, warnings: KeyWarnings) -> Self {
        self.warnings = Some(warnings);
        self
    }

    /// The same caches, with `cache` under `alias`: one with a backend of one's own, which no settings name.
    #[must_use]
    pub fn with_cache(self, alias: &str, cache: Cache) -> Self {
        self.built().insert(alias.to_owned(), cache);
        self
    }

    /// The cache called `alias`; fails if the settings do not have it or its servers have no address.
    pub fn get(&self, alias: &str) -> Result<Cache, CacheError> {
        let mut built = self.built();
        if let Some(cache) = built.get(alias) {
            return Ok(cache.clone());
        }
        let settings = self.settings.get(alias);
        let settings = settings.ok_or_else(|| CacheError::UnknownAlias {
            alias: alias.to_owned(),
            known: self.settings.keys().cloned().collect(),
        })?;
        let mut cache = Cache::new(self.backend(alias, settings)?, settings);
        if let Some(warnings) = &self.warnings
            && settings.backend != CacheBackendName::Memcached
        {
            cache = cache.with_key_warnings(warnings.clone());
        }
        built.insert(alias.to_owned(), cache.clone());
        Ok(cache)
    }

    /// The cache `alias` whose class keeps its entries as the kind `backend` does, as a class that is derived from one of
    /// djr's asks for it; fails where that kind needs a location and the settings have none.
    pub fn beneath_class(
        &self,
        alias: &str,
        backend: CacheBackendName,
    ) -> Result<Cache, CacheError> {
        // No alias of the settings has a control character.
        let name = format!("{alias}\n{backend}");
        if let Some(cache) = self.built().get(&name) {
            return Ok(cache.clone());
        }
        let Some(settings) = self.settings.get(alias) else {
            return self.get(alias);
        };
        if let Some(place) = backend.place()
            && settings.servers().next().is_none()
        {
            let alias = alias.to_owned();
            return Err(CacheError::NoLocation { alias, place });
        }
        let settings = CacheSettings {
            backend,
            ..settings.clone()
        };
        let cache = Cache::new(self.backend(alias, &settings)?, &settings);
        self.built().insert(name, cache.clone());
        Ok(cache)
    }

    fn built(&self) -> MutexGuard<'_, HashMap<String, Cache>> {
        self.built.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn backend(
        &self,
        alias: &str,
        settings: &CacheSettings,
    ) -> Result<Arc<dyn CacheBackend>, CacheError> {
        let places = &self.places;
        Ok(match settings.backend {
            CacheBackendName::Locmem => Arc::new(self.memory.backend(settings)),
            CacheBackendName::Dummy => Arc::new(DummyBackend),
            CacheBackendName::File => {
                let directory = places.root.join(&settings.location);
                Arc::new(FileBackend::new(directory, settings))
            }
            CacheBackendName::Redis => Arc::new(RedisBackend::new(settings)?),
            CacheBackendName::Memcached => Arc::new(MemcachedBackend::new(settings)?),
            CacheBackendName::Class => {
                let own = self.own.as_ref().ok_or_else(|| CacheError::Class {
                    class: settings.class.clone().unwrap_or_default(),
                    message: "nothing here runs Python".to_owned(),
                })?;
                own.backend(alias, settings)
            }
            CacheBackendName::Database => {
                let (connections, alias) = (places.connections.clone(), DatabaseAlias::default());
                Arc::new(DatabaseBackend::new(connections, alias, settings))
            }
        })
    }
}

impl LocmemStores {
    fn backend(&self, settings: &CacheSettings) -> LocmemBackend {
        let mut stores = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stores
            .entry(settings.location.clone())
            .or_insert_with(|| LocmemBackend::new(settings))
            .sharing_entries(settings)
    }
}
