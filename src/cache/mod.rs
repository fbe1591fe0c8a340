//! Caches: values that are kept for a while under a key.
//!
//! 1. [`Caches`] are those of `[caches]`, by alias; a backend is built when it is first asked for.
//! 2. A [`Cache`] makes keys as Django does, prefix and version before the caller's own, and knows the default timeout.
//! 3. A [`CacheBackend`] keeps the values, one for each kind in the settings: in memory, in a table, in files, in Redis, in
//!    memcached or not at all. What leaves the process is pickled, so that Django reads it, and the reverse.
//!
//! [`CacheTable`] is the table of a database cache, which `djr createcachetable` makes.

mod backend;
mod backends;
mod cache_handle;
mod cache_statements;
mod caches;
mod entry_version;
mod error;
mod expiry;
mod json;
mod key;
mod key_locks;
mod key_warnings;
mod pickle;
mod pickle_operations;
mod shared_turn;
mod slot_counts;
mod table;
mod value;

pub use backend::{CacheBackend, CulledEntries, OwnBackends};
pub use backends::{
    DatabaseBackend, DummyBackend, FileBackend, LocmemBackend, MemcachedBackend, RedisBackend,
};
pub use cache_handle::{Cache, CacheTimeout};
pub use caches::{CachePlaces, Caches, LocmemStores};
pub use entry_version::{EntryVersion, Replacement, VersionedEntry};
pub use error::CacheError;
pub use expiry::seconds_left;
pub use key::{CacheKey, InvalidCacheKey};
pub use key_locks::Computation;
pub use key_warnings::KeyWarnings;
pub use shared_turn::SharedTurn;
pub use slot_counts::{SlotCounts, TimeSlots};
pub use table::{CacheTable, CacheTableError, tables};
pub use value::{CacheEntry, CacheValue};

#[cfg(test)]
mod tests;
