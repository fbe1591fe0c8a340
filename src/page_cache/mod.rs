//! Pages that are kept in a cache, and what browsers and other caches are told of pages.
//!
//! 1. A [`CachingRule`] is what an entry of `urls.toml` says: `cache`, `never_cache`, `vary`, `cache_control`.
//! 2. [`PageCache`] knows the caches and what `[page_cache]` sets; [`PageCache::slot`] is the place of one page in them.
//! 3. [`PageSlot::find`] reads it by keys that are made as Django makes them, from the method, the address, the headers that
//!    the page's `Vary` names, the language and the zone. [`PageSlot::keep`] writes it, if it is meant for others too.
//! 4. Of the requests that miss one page at once one makes it, and the others wait a little: [`PageCache::turn`].
//!
//! Django pickles its response objects, which nothing else reads. What is kept here is under keys of its own, so that a
//! Django on the same cache finds none of it and makes its own.

mod caching_rule;
mod page_caches;
mod page_key;
mod page_slot;
mod read_rule;
mod stored_page;

pub use caching_rule::{CachingRule, PageCaching};
pub use page_caches::{PageCache, PageTurn};
pub use page_slot::{PageLookup, PageSlot};

#[cfg(test)]
mod tests;
