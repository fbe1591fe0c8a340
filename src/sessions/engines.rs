//! The session engine that the settings name.

use std::path::PathBuf;
use std::sync::Arc;

use crate::cache::Caches;
use crate::db::{Connections, DatabaseAlias};
use crate::sessions::cache_engine::CacheEngine;
use crate::sessions::cached_database::CachedDatabaseEngine;
use crate::sessions::file_engine::FileEngine;
use crate::sessions::session_cache::SessionCache;
use crate::sessions::signed_cookies::SignedCookiesEngine;
use crate::sessions::{DatabaseEngine, SessionEngine};
use crate::settings::{SessionEngineName, SessionSettings};

/// Where sessions can be kept.
#[derive(Clone, Debug)]
pub struct SessionPlaces {
    /// The directory that the one of files is named from.
    pub root: PathBuf,
    /// The databases.
    pub connections: Connections,
    /// The database that has the table.
    pub alias: DatabaseAlias,
    /// The caches.
    pub caches: Arc<Caches>,
}

/// The engine of `settings`; that in the table where a class of the project is one, which is made elsewhere.
pub fn session_engine(
    settings: &SessionSettings,
    places: &SessionPlaces,
) -> Box<dyn SessionEngine> {
    let age = settings.cookie.age;
    let database = || {
        let (connections, alias) = (places.connections.clone(), places.alias.clone());
        DatabaseEngine::new(connections, alias, age)
    };
    let cache = |prefix| {
        let (caches, alias) = (Arc::clone(&places.caches), settings.cache_alias.clone());
        SessionCache::new(caches, alias, prefix)
    };
    match settings.engine {
        SessionEngineName::Database | SessionEngineName::Class => Box::new(database()),
        SessionEngineName::Cache => Box::new(CacheEngine::new(cache(SessionCache::ALONE), age)),
        SessionEngineName::CachedDatabase => {
            let cache = cache(SessionCache::BEFORE_A_DATABASE);
            Box::new(CachedDatabaseEngine::new(database(), cache))
        }
        SessionEngineName::File => {
            let directory = places.root.join(&settings.file_path);
            Box::new(FileEngine::new(directory, &settings.cookie))
        }
        SessionEngineName::SignedCookies => Box::new(SignedCookiesEngine::new(&settings.cookie)),
    }
}
