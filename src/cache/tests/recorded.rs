//! Every call of Django's caches in every backend, as it was recorded.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use super::backends::in_a_table;
use super::caches_in;
use super::servers::TestServer;
use crate::cache::{Cache, CacheError, CacheKey, CacheTimeout, CacheValue, KeyWarnings};
use crate::db::Connections;
use crate::json::Json;

fn recording() -> Value {
    let text = include_str!("../../../tests/parity/golden/caches.json");
    serde_json::from_str(text).unwrap()
}

/// A call with its arguments, by place or by name.
struct Call<'c> {
    name: &'c str,
    step: &'c Value,
    /// The names of the arguments, in order.
    parameters: Vec<&'c str>,
}

impl Call<'_> {
    fn argument(&self, name: &str) -> Option<&Value> {
        let place = self.parameters.iter().position(|known| *known == name)?;
        let by_place = self.step["arguments"].get(place);
        by_place.or_else(|| self.step["named"].get(name))
    }

    fn key(&self) -> &str {
        self.argument("key").unwrap().as_str().unwrap()
    }

    fn delta(&self) -> i64 {
        self.argument("delta")
            .map_or(1, |delta| delta.as_i64().unwrap())
    }

    fn value(&self, name: &str) -> CacheValue {
        cached(self.argument(name).unwrap())
    }

    fn keys(&self) -> Vec<&str> {
        let keys = self.argument("keys").unwrap().as_array().unwrap().iter();
        keys.map(|key| key.as_str().unwrap()).collect()
    }

    fn timeout(&self) -> CacheTimeout {
        match self.argument("timeout") {
            None => CacheTimeout::Default,
            Some(Value::Null) => CacheTimeout::Never,
            Some(seconds) => {
                let seconds = u64::try_from(seconds.as_i64().unwrap()).unwrap_or_default();
                CacheTimeout::After(Duration::from_secs(seconds))
            }
        }
    }

    /// Does it with `cache`.
    fn run(&self, cache: &Cache) -> Result<Value, CacheError> {
        let cache = match self.argument("version") {
            Some(version) => cache.clone().with_version(version.as_u64().unwrap()),
            None => cache.clone(),
        };
        let found = |value: Option<CacheValue>| match value {
            Some(value) => plain(&value),
            None => self.argument("default").cloned().unwrap_or_default(),
        };
        Ok(match self.name {
            "get" => found(cache.get(self.key())?),
            "set" => {
                cache.set(self.key(), self.value("value"), self.timeout())?;
                Value::Null
            }
            "add" => cache
                .add(self.key(), self.value("value"), self.timeout())?
                .into(),
            "touch" => cache.touch(self.key(), self.timeout())?.into(),
            "delete" => cache.delete(self.key())?.into(),
            "has_key" | "__contains__" => cache.has_key(self.key())?.into(),
            "incr" => cache.incr(self.key(), self.delta())?.into(),
            "decr" => cache.decr(self.key(), self.delta())?.into(),
            "incr_version" => cache.incr_version(self.key(), self.delta())?.into(),
            "decr_version" => cache.decr_version(self.key(), self.delta())?.into(),
            "get_many" => {
                let found = cache.get_many(&self.keys())?.into_iter();
                found
                    .map(|(key, value)| (key.to_owned(), plain(&value)))
                    .collect()
            }
            "set_many" => {
                let data = self.argument("data").unwrap().as_object().unwrap().iter();
                let data = data.map(|(key, value)| (key.as_str(), cached(value)));
                cache.set_many(data, self.timeout())?;
                json!([])
            }
            "delete_many" => {
                cache.delete_many(self.keys())?;
                Value::Null
            }
            "get_or_set" => {
                let compute = || Ok::<_, CacheError>(self.value("default"));
                plain(&cache.get_or_set(self.key(), self.timeout(), compute)?)
            }
            "clear" => {
                cache.clear()?;
                Value::Null
            }
            "close" => {
                cache.close();
                Value::Null
            }
            "make_key" => cache.make_key(self.key()).as_str().into(),
            name => panic!("djr has no call for `{name}` of Django's caches"),
        })
    }
}

fn cached(value: &Value) -> CacheValue {
    CacheValue::from_json(Json::parse(&value.to_string()).unwrap())
}

fn plain(value: &CacheValue) -> Value {
    serde_json::from_str(&value.to_json().to_python()).unwrap()
}

/// Whether the key, a whole one of Django's, is one that memcached refuses.
fn is_refused(key: &str) -> bool {
    // What stands before a key is three characters here.
    let key = key.strip_prefix("kkk").unwrap_or(key);
    CacheKey::new("", 1, key).validate().is_err()
}

/// The lines of TOML for the settings of a recorded cache.
fn lines(settings: &Value) -> String {
    let line = |(key, value): (&String, &Value)| {
        // For ever is -1 in TOML, which has no null.
        let value = if value.is_null() { &json!(-1) } else { value };
        format!("{} = {value}\n", key.to_lowercase())
    };
    let lines: Vec<_> = settings.as_object().unwrap().iter().map(line).collect();
    lines.concat()
}

/// Whether djr does something else than Django, on purpose: a key that never ends is touched, too, and one in one entry is all.
fn differs(kind: &str, settings: &Value, step: &Value) -> bool {
    let is_touched = kind == "redis" && step["call"] == "touch" && step["result"] == false;
    let is_culled = kind == "database" && settings["CULL_FREQUENCY"] == 1;
    is_touched && settings["TIMEOUT"].is_null() || is_culled
}

/// Makes the recorded calls of `kind` in the empty caches that `cache` makes of lines of settings.
fn check(kind: &str, cache: impl Fn(&str) -> Cache) {
    let recording = recording();
    let mut tried = BTreeSet::new();
    for script in recording["backends"][kind].as_array().unwrap() {
        let cache = cache(&lines(&script["settings"]));
        for (number, step) in script["steps"].as_array().unwrap().iter().enumerate() {
            let name = step["call"].as_str().unwrap();
            tried.insert(name.to_owned());
            let place = format!("{kind} {} {number}: {step}", script["settings"]);
            let parameters = recording["methods"][name].as_array().unwrap().iter();
            let parameters = parameters.map(|name| name.as_str().unwrap()).collect();
            let call = Call {
                name,
                step,
                parameters,
            };
            if name == "validate_key" {
                let expected = step.get("warns").is_none_or(|warns| warns == true);
                assert_eq!(is_refused(call.key()), expected, "{place}");
                continue;
            }
            let told = Arc::new(AtomicBool::new(false));
            let warned = Arc::clone(&told);
            let warnings = KeyWarnings::new(move |_| warned.store(true, Ordering::Relaxed));
            let cache = match kind {
                // It refuses such keys.
                "memcached" => cache.clone(),
                _ => cache.clone().with_key_warnings(warnings),
            };
            let outcome = call.run(&cache);
            let expected = step["warns"] == true;
            assert_eq!(told.load(Ordering::Relaxed), expected, "{place}");
            match (outcome, step["raises"].as_str()) {
                (Ok(result), None) => {
                    let is_same = result == step["result"];
                    assert!(
                        is_same || differs(kind, &script["settings"], step),
                        "{place}: {result}"
                    );
                }
                (Err(CacheError::KeyNotFound(_)), Some("ValueError"))
                | (Err(CacheError::InvalidKey(_)), Some("InvalidCacheKey"))
                | (
                    Err(CacheError::NotAnInteger(_)),
                    Some("TypeError" | "ResponseError" | "MemcacheClientError"),
                ) => {}
                (outcome, _) => panic!("{place}: {outcome:?}"),
            }
        }
    }
    let known = recording["methods"].as_object().unwrap().keys().cloned();
    assert_eq!(tried, known.collect::<BTreeSet<_>>(), "{kind}");
}

fn on_a_server(kind: &str, location: &str, lines: &str) -> Cache {
    let toml = format!("[caches.default]\nbackend = '{kind}'\nlocation = '{location}'\n{lines}");
    let cache = super::caches(&toml).get("default").unwrap();
    cache.clear().unwrap();
    cache
}

#[test]
fn calls_in_memory_return_what_they_do_in_django() {
    check("locmem", |lines| {
        let toml = format!("[caches.default]\n{lines}");
        super::caches(&toml).get("default").unwrap()
    });
}

#[test]
fn calls_of_a_cache_that_keeps_nothing_return_what_they_do_in_django() {
    check("dummy", |lines| {
        let toml = format!("[caches.default]\nbackend = 'dummy'\n{lines}");
        super::caches(&toml).get("default").unwrap()
    });
}

#[test]
fn calls_in_a_table_return_what_they_do_in_django() {
    let kept = std::cell::RefCell::new(Vec::new());
    check("database", |lines| {
        let (cache, _, folder) = in_a_table(lines);
        kept.borrow_mut().push(folder);
        cache
    });
}

#[test]
fn calls_in_files_return_what_they_do_in_django() {
    let folder = tempfile::tempdir().unwrap();
    let number = std::cell::Cell::new(0);
    check("file", |lines| {
        number.set(number.get() + 1);
        let toml = format!(
            "[caches.default]\nbackend = 'file'\nlocation = 'cache{}'\n{lines}",
            number.get()
        );
        let caches = caches_in(&toml, folder.path(), Connections::new([].into()));
        caches.get("default").unwrap()
    });
}

#[test]
#[cfg_attr(without_redis, ignore = "needs redis-server")]
fn calls_in_redis_return_what_they_do_in_django() {
    let server = TestServer::redis();
    let location = format!("redis://127.0.0.1:{}", server.port);
    check("redis", |lines| on_a_server("redis", &location, lines));
}

#[test]
#[cfg_attr(without_memcached, ignore = "needs memcached")]
fn calls_in_memcached_return_what_they_do_in_django() {
    let server = TestServer::memcached();
    let location = format!("127.0.0.1:{}", server.port);
    check("memcached", |lines| {
        on_a_server("memcached", &location, lines)
    });
}
