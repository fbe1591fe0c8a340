//! Each backend does what every one does, and what is its own.

use std::fs;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::servers::TestServer;
use super::{caches_in, conformance};
use crate::cache::{Cache, CacheEntry, CacheError, CacheTable, CacheTimeout, CulledEntries};
use crate::db::{Connections, Database, DatabaseAlias};

/// A cache in files, and its directory.
fn in_files(more: &str) -> (Cache, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let toml = format!("[caches.default]\nbackend = 'file'\nlocation = 'cache'\n{more}");
    let connections = Connections::new([].into());
    let caches = caches_in(&toml, folder.path(), connections);
    (caches.get("default").unwrap(), folder)
}

/// A cache in a table, and the directory of its database.
pub(super) fn in_a_table(more: &str) -> (Cache, Connections, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(10));
    assert!(CacheTable::new("kept").create(&database).unwrap());
    let connections = Connections::new([(DatabaseAlias::default(), database)].into());
    let toml = format!("[caches.default]\nbackend = 'database'\nlocation = 'kept'\n{more}");
    let caches = caches_in(&toml, folder.path(), connections.clone());
    (caches.get("default").unwrap(), connections, folder)
}

fn on_a_server(backend: &str, location: &str) -> Cache {
    let toml = format!(
        "[caches.default]\nbackend = '{backend}'\nlocation = '{location}'\nsocket_timeout = 1\n"
    );
    super::caches(&toml).get("default").unwrap()
}

fn numbered(cache: &Cache, count: i64) {
    for number in 0..count {
        cache
            .set(&format!("k{number:03}"), number, CacheTimeout::Never)
            .unwrap();
    }
}

fn left(cache: &Cache, count: i64) -> usize {
    let there = |number: &i64| cache.has_key(&format!("k{number:03}")).unwrap();
    (0..count).filter(there).count()
}

#[test]
fn memory_does_what_every_backend_does() {
    conformance::check(&super::locmem());
}

#[test]
fn a_table_does_what_every_backend_does() {
    let (cache, _connections, _folder) = in_a_table("");
    conformance::check(&cache);
}

#[test]
fn a_directory_does_what_every_backend_does() {
    let (cache, _folder) = in_files("");
    conformance::check(&cache);
}

#[test]
#[cfg_attr(without_redis, ignore = "needs redis-server")]
fn redis_does_what_every_backend_does() {
    let server = TestServer::redis();
    conformance::check(&on_a_server(
        "redis",
        &format!("redis://127.0.0.1:{}/3", server.port),
    ));
}

#[test]
#[cfg_attr(without_memcached, ignore = "needs memcached")]
fn memcached_does_what_every_backend_does() {
    let servers = [TestServer::memcached(), TestServer::memcached()];
    let location = servers
        .each_ref()
        .map(|server| format!("127.0.0.1:{}", server.port));
    conformance::check(&on_a_server("memcached", &location.join(",")));
}

#[test]
fn a_full_table_gives_up_what_expired_and_then_the_smallest_keys() {
    let (cache, _connections, _folder) = in_a_table("max_entries = 10\ncull_frequency = 2\n");
    numbered(&cache, 11);
    assert_eq!(left(&cache, 11), 11);
    assert_eq!(cache.entries().unwrap(), Some(11));
    cache.set("k011", 1, CacheTimeout::Never).unwrap();
    // Of the eleven, five went before the twelfth came.
    assert_eq!((left(&cache, 5), left(&cache, 12)), (0, 7));
    let soon = CacheTimeout::After(Duration::ZERO);
    for number in 0..3 {
        cache.set(&format!("k{number:03}"), number, soon).unwrap();
    }
    numbered(&cache, 4);
    let culled = CulledEntries {
        expired: 0,
        excess: 5,
    };
    assert_eq!(cache.count_cullable().unwrap(), Some(culled));
    assert_eq!(
        cache.cull().unwrap(),
        Some(culled),
        "of the eleven there are"
    );
    assert_eq!(left(&cache, 12), 6);
}

#[test]
fn a_full_directory_gives_up_what_expired_and_then_some_by_chance() {
    let (cache, folder) = in_files("max_entries = 10\ncull_frequency = 2\n");
    numbered(&cache, 10);
    assert_eq!(left(&cache, 10), 10);
    cache.set("k010", 1, CacheTimeout::Never).unwrap();
    assert_eq!(left(&cache, 11), 6);
    for number in 0..4 {
        let key = format!("over{number}");
        cache
            .set(&key, 1, CacheTimeout::After(Duration::ZERO))
            .unwrap();
    }
    let culled = CulledEntries {
        expired: 4,
        excess: 0,
    };
    assert_eq!(cache.count_cullable().unwrap(), Some(culled));
    assert_eq!(cache.cull().unwrap(), Some(culled));
    assert_eq!(
        fs::read_dir(folder.path().join("cache")).unwrap().count(),
        6
    );
}

#[test]
fn a_frequency_of_zero_gives_up_all() {
    let limits = "max_entries = 3\ncull_frequency = 0\n";
    let (table, _connections, _folder) = in_a_table(limits);
    let (files, _directory) = in_files(limits);
    for cache in [table, files] {
        numbered(&cache, 5);
        assert!(left(&cache, 5) <= 2);
    }
}

#[test]
fn damaged_files_are_misses_and_are_written_over() {
    let (cache, folder) = in_files("");
    cache
        .set("k", "x".repeat(1000), CacheTimeout::Never)
        .unwrap();
    let path = fs::read_dir(folder.path().join("cache")).unwrap().next();
    let path = path.unwrap().unwrap().path();
    let whole = fs::read(&path).unwrap();
    for damaged in [
        &[][..],
        &whole[..3],
        &whole[..whole.len() - 4],
        b"\x80\x05K\x01.x",
        b"text",
    ] {
        fs::write(&path, damaged).unwrap();
        assert_eq!(
            cache.entry("k").unwrap(),
            CacheEntry::Missing,
            "{damaged:?}"
        );
        assert!(cache.add("k", 1, CacheTimeout::Never).unwrap());
    }
    assert_eq!(cache.get("k").unwrap(), Some(1.into()));
}

#[test]
fn damaged_rows_are_misses_and_are_written_over() {
    let (cache, connections, _folder) = in_a_table("");
    cache.set("k", 1, CacheTimeout::Never).unwrap();
    for damage in [
        "value = 'not base64'",
        "value = x'00'",
        "expires = 'soon'",
        "expires = 5",
    ] {
        let connection = connections.get(&DatabaseAlias::default()).unwrap();
        connection
            .execute(&format!("UPDATE kept SET {damage}"), &[])
            .unwrap();
        assert_eq!(cache.entry("k").unwrap(), CacheEntry::Missing, "{damage}");
        assert!(cache.add("k", 1, CacheTimeout::Never).unwrap());
    }
    assert_eq!(cache.get("k").unwrap(), Some(1.into()));
}

#[test]
fn what_another_program_pickled_is_a_miss_that_stays() {
    let (cache, connections, _folder) = in_a_table("");
    cache.set("k", 1, CacheTimeout::Never).unwrap();
    // `Decimal('1.10')`, as Python 3.11 pickles it.
    let decimal = "gAWVIgAAAAAAAACMB2RlY2ltYWyUjAdEZWNpbWFslJOUjAQxLjEwlIWUUpQu";
    let connection = connections.get(&DatabaseAlias::default()).unwrap();
    let update = format!("UPDATE kept SET value = '{decimal}'");
    connection.execute(&update, &[]).unwrap();
    assert!(matches!(
        cache.entry("k").unwrap(),
        CacheEntry::Unreadable(_)
    ));
    assert_eq!(cache.get("k").unwrap(), None);
    assert!(!cache.add("k", 2, CacheTimeout::Never).unwrap());
    let compute = || Ok::<_, CacheError>(3.into());
    let value = cache.get_or_set("k", CacheTimeout::Never, compute).unwrap();
    assert_eq!(value, 3.into());
    let kept = connection.column::<String>("SELECT value FROM kept", &[]);
    assert_eq!(kept.unwrap(), [decimal]);
    assert!(cache.touch("k", CacheTimeout::Default).unwrap());
}

#[test]
fn a_table_that_is_not_there_names_the_command_that_makes_it() {
    use crate::diagnostic::Diagnostic as _;
    let (cache, connections, _folder) = in_a_table("");
    let connection = connections.get(&DatabaseAlias::default()).unwrap();
    connection.execute("DROP TABLE kept", &[]).unwrap();
    let error = cache.get("k").unwrap_err();
    assert!(
        error.hints()[0].contains("djr createcachetable"),
        "{error:?}"
    );
}

#[test]
fn a_server_that_is_not_there_fails_within_its_time_and_is_used_again_when_it_is_back() {
    let cache = on_a_server("redis", "redis://:hush@127.0.0.1:1");
    for cache in [cache, on_a_server("memcached", "127.0.0.1:1")] {
        let started = Instant::now();
        let error = cache.get("k").unwrap_err();
        assert!(matches!(error, CacheError::Server { .. }), "{error:?}");
        assert!(!format!("{error} {cache:?}").contains("hush"));
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}

/// The server stops in the middle of its work, and goes on.
fn check_a_stall(cache: &Cache, server: &TestServer) {
    cache.set("k", 1, CacheTimeout::Never).unwrap();
    server.signal("STOP");
    let started = Instant::now();
    cache.get("k").unwrap_err();
    cache.set("k", 2, CacheTimeout::Never).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(10));
    server.signal("CONT");
    // The answer that was late is not taken for that of another question.
    assert_eq!(cache.get("other").unwrap(), None);
    cache.set("k", 3, CacheTimeout::Never).unwrap();
    assert_eq!(cache.get("k").unwrap(), Some(3.into()));
}

#[test]
#[cfg_attr(without_redis, ignore = "needs redis-server")]
fn redis_may_stall() {
    let server = TestServer::redis();
    let location = format!("redis://127.0.0.1:{}", server.port);
    check_a_stall(&on_a_server("redis", &location), &server);
}

#[test]
#[cfg_attr(without_memcached, ignore = "needs memcached")]
fn memcached_may_stall() {
    let server = TestServer::memcached();
    let location = format!("127.0.0.1:{}", server.port);
    check_a_stall(&on_a_server("memcached", &location), &server);
}
