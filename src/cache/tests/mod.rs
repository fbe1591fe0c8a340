//! Caches as a project gets them, by alias.

mod backends;
mod conformance;
mod culling;
mod own_backend;
mod recorded;
#[path = "../../../tests/support/cache_server.rs"]
mod servers;
mod vectors;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::{Cache, CacheError, CachePlaces, CacheTimeout, Caches};
use crate::db::Connections;
use crate::diagnostic::Diagnostic as _;
use crate::settings::Settings;

fn caches(toml: &str) -> Caches {
    caches_in(toml, Path::new("."), Connections::new(BTreeMap::new()))
}

/// The caches of the settings `toml`, those in files below `root`.
fn caches_in(toml: &str, root: &Path, connections: Connections) -> Caches {
    let root = root.to_owned();
    let places = CachePlaces { root, connections };
    Caches::new(&Settings::parse(toml).unwrap().caches, places)
}

fn locmem() -> Cache {
    caches("").get("default").unwrap()
}

#[test]
fn versions_and_prefixes_part_keys_and_a_location_joins_caches() {
    let caches = caches(
        "[caches.default]\nlocation = 'a'\n[caches.same]\nlocation = 'a'\n\
         [caches.prefixed]\nlocation = 'a'\nkey_prefix = 'p'\n[caches.other]\nlocation = 'b'\n",
    );
    let cache = caches.get("default").unwrap();
    cache.set("k", 1, CacheTimeout::Default).unwrap();
    let found = |alias: &str| caches.get(alias).unwrap().has_key("k").unwrap();
    assert!(found("same"));
    assert!(!found("prefixed"));
    assert!(!found("other"));
    assert!(!cache.with_version(2).has_key("k").unwrap());
}

#[test]
fn the_dummy_keeps_nothing() {
    let cache = caches("[caches.default]\nbackend = 'dummy'\n");
    let cache = cache.get("default").unwrap();
    cache.set("k", 1, CacheTimeout::Never).unwrap();
    assert!(cache.add("k", 1, CacheTimeout::Never).unwrap());
    assert_eq!(cache.get("k").unwrap(), None);
    assert!(!cache.touch("k", CacheTimeout::Never).unwrap());
    cache.incr("k", 1).unwrap_err();
}

#[test]
fn an_unknown_alias_is_an_error() {
    let error = caches("").get("nope").unwrap_err();
    assert_eq!(error.to_string(), "no cache is called `nope`");
    assert_eq!(error.hints(), ["one of `default`"]);
}

#[test]
fn a_server_without_an_address_is_an_error_that_does_not_show_it() {
    let caches = caches("[caches.default]\nbackend = 'redis'\nlocation = 'http://:hush@b'\n");
    let error = caches.get("default").unwrap_err();
    assert!(matches!(error, CacheError::InvalidServer { .. }));
    assert!(!error.to_string().contains("hush"), "{error}");
}

#[test]
fn one_of_many_threads_computes_what_all_of_them_miss() {
    let cache = locmem();
    let computed = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let compute = || {
                    std::thread::sleep(Duration::from_millis(20));
                    computed.fetch_add(1, Ordering::Relaxed);
                    Ok::<_, CacheError>("value".into())
                };
                let value = cache.get_or_set("k", CacheTimeout::Never, compute);
                assert_eq!(value.unwrap(), "value".into());
            });
        }
    });
    assert_eq!(computed.into_inner(), 1);
}

#[test]
fn what_computes_a_value_may_ask_for_the_same_one() {
    let cache = locmem();
    let inner = || Ok::<_, CacheError>("inner".into());
    let outer = || cache.get_or_set("k", CacheTimeout::Never, inner);
    let value = cache.get_or_set("k", CacheTimeout::Never, outer).unwrap();
    assert_eq!(value, "inner".into());
}

#[test]
fn a_value_moves_to_another_version() {
    let cache = locmem();
    cache.set("k", 7, CacheTimeout::Default).unwrap();
    assert_eq!(cache.incr_version("k", 2).unwrap(), 3);
    assert_eq!(cache.get("k").unwrap(), None);
    assert_eq!(
        cache.clone().with_version(3).get("k").unwrap(),
        Some(7.into())
    );
    let error = cache.incr_version("k", 1).unwrap_err();
    assert!(matches!(error, CacheError::KeyNotFound(_)));
}

#[test]
fn no_addition_of_many_threads_is_lost() {
    let cache = locmem();
    let added: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let added = cache.add("n", 0, CacheTimeout::Never).unwrap();
                    for _ in 0..100 {
                        cache.incr("n", 1).unwrap();
                    }
                    usize::from(added)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum()
    });
    assert_eq!(added, 1);
    assert_eq!(cache.get("n").unwrap(), Some(800.into()));
}
