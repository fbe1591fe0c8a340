//! Where caches keep their entries: a file for each backend.

mod database;
mod dummy;
mod entry_limits;
mod file;
mod file_expiry;
mod locmem;
mod locmem_entries;
mod memcached;
mod redis_backend;
mod rendezvous;

pub use database::DatabaseBackend;
pub use dummy::DummyBackend;
pub use file::FileBackend;
pub use locmem::LocmemBackend;
pub use memcached::MemcachedBackend;
pub use redis_backend::RedisBackend;
