//! What is said of a page and caches.

use std::time::{Duration, SystemTime};

use crate::http::{CacheDirective, Headers};

/// What an entry of `urls.toml` says of its page and caches; by default nothing.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct CachingRule {
    /// How the page is kept here, if it is.
    pub cache: Option<PageCaching>,
    /// Whether no cache may keep it, neither here nor in a browser.
    pub never_cache: bool,
    /// The headers of requests that make other pages of it.
    pub vary: Vec<String>,
    /// What browsers and caches on the way are told.
    pub cache_control: Vec<CacheDirective>,
}

/// How pages are kept.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PageCaching {
    /// For how long; `None` leaves that to the page's own `max-age`, and then to `[page_cache] seconds`.
    pub timeout: Option<Duration>,
    /// The cache; `None` is that of `[page_cache]`.
    pub alias: Option<String>,
    /// What its keys begin with; `None` is what `[page_cache]` says.
    pub key_prefix: Option<String>,
}

impl CachingRule {
    /// Writes the headers that it asks for.
    pub fn apply(&self, headers: &mut Headers, now: SystemTime) {
        for header in &self.vary {
            headers.vary_on(header);
        }
        if !self.cache_control.is_empty() {
            headers.patch_cache_control(&self.cache_control);
        }
        if self.never_cache {
            headers.never_cache(now);
        }
    }

    /// Whether it asks for headers.
    pub fn has_headers(&self) -> bool {
        self.never_cache || !self.vary.is_empty() || !self.cache_control.is_empty()
    }
}
