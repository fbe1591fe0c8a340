//! What Django's caches wrote, recorded.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

use super::caches_in;
use crate::cache::{CacheEntry, CacheKey, CacheValue, pickle};
use crate::db::Connections;

fn vectors(kind: &str) -> Vec<Json> {
    let text = include_str!("../../../tests/vectors/cache.json");
    let vectors: Json = serde_json::from_str(text).unwrap();
    vectors[kind].as_array().unwrap().clone()
}

/// The value as Python's `repr` writes it.
fn repr(value: &CacheValue) -> String {
    let list = |items: &[CacheValue]| items.iter().map(repr).collect::<Vec<_>>().join(", ");
    match value {
        CacheValue::None => "None".to_owned(),
        CacheValue::Bool(true) => "True".to_owned(),
        CacheValue::Bool(false) => "False".to_owned(),
        CacheValue::Int(number) => number.to_string(),
        CacheValue::BigInt(digits) => digits.clone(),
        CacheValue::Float(number) => format!("{number:?}"),
        CacheValue::Text(text) | CacheValue::SafeText(text) => format!("'{text}'"),
        CacheValue::Bytes(bytes) | CacheValue::Object(bytes) => {
            format!("b'{}'", String::from_utf8_lossy(bytes))
        }
        CacheValue::List(items) => format!("[{}]", list(items)),
        CacheValue::Tuple(items) => format!("({})", list(items)),
        CacheValue::Set(items) | CacheValue::FrozenSet(items) => format!("{{{}}}", list(items)),
        CacheValue::Dict(items) => {
            let item =
                |(key, value): &(CacheValue, CacheValue)| format!("{}: {}", repr(key), repr(value));
            format!(
                "{{{}}}",
                items.iter().map(item).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

fn is_a_class(written: &str) -> bool {
    written.starts_with("datetime") || written.starts_with("Decimal")
}

#[test]
fn keys_are_those_of_django() {
    for vector in vectors("keys") {
        let prefix = vector["prefix"].as_str().unwrap();
        let version = vector["version"].as_u64().unwrap();
        let key = CacheKey::new(prefix, version, vector["key"].as_str().unwrap());
        assert_eq!(key.as_str(), vector["full"].as_str().unwrap());
    }
}

#[test]
fn rows_of_django_are_read() {
    for vector in vectors("rows") {
        let written = vector["value"].as_str().unwrap();
        let bytes = STANDARD.decode(vector["row"][1].as_str().unwrap()).unwrap();
        let value = pickle::loads(&bytes);
        match value {
            None => assert!(is_a_class(written), "{written}"),
            Some(value) => {
                assert_eq!(repr(&value), written);
                let again = pickle::dumps(value.clone()).unwrap();
                assert_eq!(pickle::loads(&again), Some(value));
            }
        }
    }
}

#[test]
fn files_of_django_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let toml = "[caches.default]\nbackend = 'file'\nlocation = '.'\n";
    let caches = caches_in(toml, folder.path(), Connections::new([].into()));
    let cache = caches.get("default").unwrap();
    for vector in vectors("files") {
        let digits = vector["hex"].as_str().unwrap().as_bytes();
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16);
        let mut bytes: Vec<u8> = digits.chunks(2).map(|pair| byte(pair).unwrap()).collect();
        // They expired in 2023; the number is the one that says when.
        if vector["timeout"]
            .as_i64()
            .is_some_and(|timeout| timeout > 0)
        {
            let later = 4e9_f64.to_be_bytes();
            bytes[12..20].copy_from_slice(&later);
        }
        let path = folder.path().join(vector["file"].as_str().unwrap());
        fs::write(&path, bytes).unwrap();
        let written = vector["value_repr"].as_str().unwrap();
        let entry = cache.entry(vector["key"].as_str().unwrap()).unwrap();
        let over = vector["timeout"]
            .as_i64()
            .is_some_and(|timeout| timeout <= 0);
        match entry {
            CacheEntry::Missing => assert!(over, "{written}"),
            CacheEntry::Unreadable(_) => assert!(is_a_class(written), "{written}"),
            CacheEntry::Found(value) => assert_eq!(repr(&value), written),
        }
    }
}
