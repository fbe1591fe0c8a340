//! Caches as a project gets them, by alias.

use std::time::Duration;

use super::{Cache, CacheError, CacheTimeout, CacheValue, Caches};
use crate::diagnostic::Diagnostic as _;
use crate::settings::Settings;

const NOW: CacheTimeout = CacheTimeout::After(Duration::ZERO);

fn caches(toml: &str) -> Caches {
    Caches::new(&Settings::parse(toml).unwrap().caches)
}

fn locmem() -> Cache {
    caches("").get("default").unwrap()
}

#[test]
fn values_are_kept_as_in_django() {
    let cache = locmem();
    cache
        .set("none", CacheValue::None, CacheTimeout::Default)
        .unwrap();
    assert_eq!(cache.get("none").unwrap(), Some(CacheValue::None));
    assert!(cache.has_key("none").unwrap());
    assert!(!cache.add("none", 1, CacheTimeout::Default).unwrap());
    assert!(cache.add("n", 1, CacheTimeout::Never).unwrap());
    assert_eq!(cache.incr("n", -3).unwrap(), -2);
    assert!(cache.touch("n", NOW).unwrap());
    assert!(!cache.touch("n", CacheTimeout::Never).unwrap());
    cache.set("text", "x", CacheTimeout::Default).unwrap();
    assert!(cache.delete("text").unwrap());
    assert!(!cache.delete("text").unwrap());
    cache.set("over", "x", NOW).unwrap();
    assert_eq!(cache.get("over").unwrap(), None);
    cache.clear().unwrap();
    assert!(!cache.has_key("none").unwrap());
}

#[test]
fn only_integers_that_are_there_are_counted_up() {
    let cache = locmem();
    let error = cache.incr("zz", 1).unwrap_err();
    assert_eq!(error.to_string(), "the cache does not have the key `:1:zz`");
    cache.set("text", "x", CacheTimeout::Default).unwrap();
    assert!(matches!(
        cache.incr("text", 1),
        Err(CacheError::NotAnInteger(_))
    ));
    cache.set("max", i64::MAX, CacheTimeout::Default).unwrap();
    assert!(matches!(cache.incr("max", 1), Err(CacheError::Overflow(_))));
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
fn an_unknown_alias_and_a_backend_that_keeps_nothing_yet_are_errors() {
    let caches = caches("[caches.default]\nbackend = 'database'\nlocation = 't'\n");
    let error = caches.get("default").unwrap_err();
    assert_eq!(
        error.to_string(),
        "cache `default`: the backend `database` does not keep values yet"
    );
    assert_eq!(error.hints(), ["one of `locmem`, `dummy`"]);
    let error = caches.get("nope").unwrap_err();
    assert_eq!(error.to_string(), "no cache is called `nope`");
    assert_eq!(error.hints(), ["one of `default`"]);
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
