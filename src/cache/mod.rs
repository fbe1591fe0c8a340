//! Caches: values that are kept for a while under a key.
//!
//! 1. [`Caches`] are those of `[caches]`, by alias; a backend is built when it is first asked for.
//! 2. A [`Cache`] makes keys as Django does, prefix and version before the caller's own, and knows the default timeout.
//! 3. A [`CacheBackend`] keeps the values: [`LocmemBackend`] in memory, [`DummyBackend`] not at all.
//!
//! [`CacheTable`] is the table of a database cache, which `djr createcachetable` makes.

mod backend;
mod cache_handle;
mod caches;
mod dummy;
mod error;
mod key;
mod locmem;
mod locmem_entries;

mod table;
mod value;

pub use backend::CacheBackend;
pub use cache_handle::{Cache, CacheTimeout};
pub use caches::Caches;
pub use dummy::DummyBackend;
pub use error::CacheError;
pub use key::{CacheKey, InvalidCacheKey};
pub use locmem::LocmemBackend;
pub use table::{CacheTable, CacheTableError, tables};
pub use value::CacheValue;

#[cfg(test)]
mod tests;
