//! Where pages and parts of them are kept.

use std::sync::Arc;

use crate::cache::Caches;
use crate::logging::CurrentLogging;
use crate::page_cache::PageCache;
use crate::settings::Settings;
use crate::templates::FragmentCache;

/// Where parts of pages are kept; the log is told where that fails.
pub(super) fn fragment_cache(caches: &Arc<Caches>, logging: CurrentLogging) -> FragmentCache {
    FragmentCache::new(Arc::clone(caches), move |error| {
        if let Some(logging) = logging.get() {
            let (log, line) = (logging.logger("djr.cache"), error.log_line());
            log.warn(format!("parts of pages are not kept for now: {line}"));
        }
    })
}

/// Where pages are kept; their bodies are compressed if the middleware for that is there.
pub(super) fn page_cache(settings: &Settings, caches: &Arc<Caches>) -> PageCache {
    let codings = settings.compression.codings.clone();
    let zone = settings.project.time_zone.name();
    let pages = PageCache::new(
        Arc::clone(caches),
        settings.page_cache.clone(),
        zone,
        codings,
    );
    // With `debug` the files of the site change, and its pages with them.
    if settings.project.debug {
        pages.of_this_version()
    } else {
        pages
    }
}
