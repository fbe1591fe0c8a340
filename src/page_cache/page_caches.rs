//! The caches of pages, and whose turn it is to make one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::cache::{CacheError, Caches, Computation, SharedTurn};
use crate::crypto;
use crate::http::{ContentCoding, HttpRequest, Method};
use crate::page_cache::page_key::PageKeys;
use crate::page_cache::{PageCaching, PageSlot};
use crate::settings::PageCacheSettings;

/// How long a request waits for another one that makes its page; then it makes the page itself.
///
/// A worker of the server waits along, so it is short.
const LONGEST_WAIT: Duration = Duration::from_secs(3);

/// What stands behind the key of a page that is being made.
const IN_THE_MAKING: &str = ".making";

/// How long nobody waits for a page that turned out not to be for others.
const NOT_SHARED_FOR: Duration = Duration::from_secs(10);

/// How many such pages are remembered.
const MOST_NOT_SHARED: usize = 1024;

/// The caches of pages.
#[derive(Debug)]
pub struct PageCache {
    caches: Arc<Caches>,
    settings: PageCacheSettings,
    zone: String,
    codings: Vec<ContentCoding>,
    /// What all keys have in them, so that no other version of the site finds them.
    version: String,
    /// Keys of pages that were not kept, and until when that is known.
    not_shared: Mutex<HashMap<String, Instant>>,
}

/// Whose turn it is to make a page that is missing.
#[derive(Debug)]
pub enum PageTurn {
    /// That of this request; others wait until this is dropped, those of other processes too where the cache is theirs as
    /// well.
    Own(Computation, Option<SharedTurn>),
    /// That of another one, which has ended or takes long: the page may be there now.
    Waited,
    /// Everybody's, since the page is not kept.
    Everybody,
}

impl PageCache {
    /// The page caches among `caches` of a project in the zone called `zone`, whose bodies have one of `codings` or none.
    pub fn new(
        caches: Arc<Caches>,
        settings: PageCacheSettings,
        zone: &str,
        codings: Vec<ContentCoding>,
    ) -> Self {
        Self {
            caches,
            settings,
            zone: zone.to_owned(),
            codings,
            version: String::new(),
            not_shared: Mutex::default(),
        }
    }

    /// The same for this version of a site whose files change: it finds no page that another one has kept.
    #[must_use]
    pub fn of_this_version(mut self) -> Self {
        self.version = crypto::random_string(8, crypto::ALPHANUMERIC);
        self
    }

    /// Whether pages of `caching` are kept in memory, where nobody waits for them.
    pub fn is_in_memory(&self, caching: &PageCaching) -> bool {
        let alias = caching.alias.as_ref().unwrap_or(&self.settings.alias);
        self.caches.is_in_memory(alias)
    }

    /// The place of the page at `uri`, the whole address that `request` asks for.
    ///
    /// `None` where the method is not GET or HEAD, or the cache failed a moment ago. Fails where the cache cannot be used.
    pub fn slot(
        &self,
        request: &HttpRequest,
        uri: String,
        caching: &PageCaching,
    ) -> Result<Option<PageSlot>, CacheError> {
        if !matches!(request.method, Method::Get | Method::Head) {
            return Ok(None);
        }
        let alias = caching.alias.as_ref().unwrap_or(&self.settings.alias);
        let Some(cache) = self.caches.usable(alias)? else {
            return Ok(None);
        };
        let prefix = caching.key_prefix.as_ref();
        let prefix = prefix.unwrap_or(&self.settings.key_prefix);
        Ok(Some(PageSlot {
            alias: alias.clone(),
            cache,
            keys: PageKeys::new(&format!("{prefix}{}", self.version), &uri, &self.zone),
            method: request.method.clone(),
            uri,
            timeout: caching.timeout,
            default_timeout: self.settings.timeout,
            headers: PageSlot::headers_of(request, &self.codings),
        }))
    }

    /// Waits until no other request makes the page of `slot` that is missing under `key`, but not for long.
    pub fn turn(&self, slot: &PageSlot, key: &str) -> PageTurn {
        let not_shared = self.not_shared().get(key).copied();
        if not_shared.is_some_and(|until| until > Instant::now()) {
            return PageTurn::Everybody;
        }
        let Some(computation) = slot.cache.begin(key, LONGEST_WAIT) else {
            return PageTurn::Waited;
        };
        if !slot.cache.is_shared() {
            return PageTurn::Own(computation, None);
        }
        match slot
            .cache
            .shared_turn(&format!("{key}{IN_THE_MAKING}"), LONGEST_WAIT)
        {
            Ok(None) => PageTurn::Waited,
            Ok(turn) => PageTurn::Own(computation, turn),
            // A cache that fails is told when the page is to be kept.
            Err(_) => PageTurn::Own(computation, None),
        }
    }

    /// Remembers that the page under `key` is not kept, so that nobody waits for it.
    pub fn not_kept(&self, key: String) {
        let mut not_shared = self.not_shared();
        // What is forgotten is found out again at the price of one wait.
        if not_shared.len() >= MOST_NOT_SHARED {
            not_shared.clear();
        }
        not_shared.insert(key, Instant::now() + NOT_SHARED_FOR);
    }

    /// Leaves the cache of `slot` alone for a while if `error` says that it does not answer.
    pub fn failed(&self, slot: &PageSlot, error: &CacheError) {
        self.caches.failed(&slot.alias, error);
    }

    /// The caches, for tests.
    #[cfg(test)]
    pub(super) fn caches_for_tests(&self) -> &Caches {
        &self.caches
    }

    /// Nothing of it is left half changed by a panic of another thread.
    fn not_shared(&self) -> MutexGuard<'_, HashMap<String, Instant>> {
        let not_shared = self.not_shared.lock();
        not_shared.unwrap_or_else(PoisonError::into_inner)
    }
}
