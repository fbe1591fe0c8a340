//! The reference of all settings: types, defaults and Django's names, as data in `reference.toml`.

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use crate::document::{Document, Item, Table, Value};

const TEXT: &str = include_str!("reference.toml");

/// The type of a setting.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SettingType {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A list of texts.
    Strings,
}

/// One setting.
#[derive(Clone, Debug)]
pub struct SettingKey {
    /// Its path, such as `sessions.cookie_age`; `*` stands for an alias.
    pub path: String,
    /// Its type.
    pub value_type: SettingType,
    /// Its default, if it has one.
    pub default: Option<Item>,
    /// Its name in Django, where it has one.
    pub django: Option<String>,
    /// What it does.
    pub help: String,
}

/// All settings, in the order of the reference.
pub fn keys() -> &'static [SettingKey] {
    static KEYS: OnceLock<Vec<SettingKey>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let document = Document::parse(Path::new("<djr>/settings/reference.toml"), TEXT);
        let mut keys = Vec::new();
        // A test holds that the reference parses.
        if let Ok(document) = document {
            collect(document.root(), "", &mut keys);
        }
        keys
    })
}

/// The setting at `path`, an alias in it allowed for `*`.
pub(super) fn find(path: &str) -> Option<&'static SettingKey> {
    // Every command asks for every key: a walk through all of them was half of its time.
    static INDEX: OnceLock<KeyIndex> = OnceLock::new();
    let index = INDEX.get_or_init(|| KeyIndex::new(keys()));
    let of_an_alias = || index.by_pattern.iter().find(|key| matches(&key.path, path));
    index.by_path.get(path).or_else(of_an_alias).copied()
}

/// The keys by path, and apart from them those whose path has a `*`.
struct KeyIndex {
    by_path: HashMap<&'static str, &'static SettingKey>,
    by_pattern: Vec<&'static SettingKey>,
}

impl KeyIndex {
    fn new(keys: &'static [SettingKey]) -> Self {
        let (by_pattern, others): (Vec<_>, Vec<_>) =
            keys.iter().partition(|key| key.path.contains('*'));
        let by_path = others.into_iter().map(|key| (key.path.as_str(), key));
        Self {
            by_path: by_path.collect(),
            by_pattern,
        }
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('.'), path.split('.'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(left), Some(right)) if left == "*" || left == right => {}
            _ => return false,
        }
    }
}

fn collect(table: &Table, prefix: &str, keys: &mut Vec<SettingKey>) {
    for entry in table.entries() {
        let path = format!("{prefix}{}", entry.key);
        let Some(inner) = entry.item.as_table() else {
            continue;
        };
        match inner.get("help").and_then(Item::as_str) {
            Some(help) => keys.push(key(path, inner, help)),
            None => collect(inner, &format!("{path}."), keys),
        }
    }
}

fn key(path: String, table: &Table, help: &str) -> SettingKey {
    let default = table.get("default").cloned();
    let value_type = match default.as_ref().map(|item| &item.value) {
        Some(Value::Integer(_)) => SettingType::Integer,
        Some(Value::Float(_)) => SettingType::Number,
        Some(Value::Boolean(_)) => SettingType::Boolean,
        Some(Value::Array(_)) => SettingType::Strings,
        _ => SettingType::String,
    };
    let django = table.get("django").and_then(Item::as_str);
    SettingKey {
        path,
        value_type,
        default,
        django: django.map(ToOwned::to_owned),
        help: help.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{SettingType, find, keys};

    #[test]
    fn holds_every_key_once() {
        let mut paths: Vec<_> = keys().iter().map(|key| &key.path).collect();
        assert!(paths.len() > 60, "{paths:?}");
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), keys().len());
    }

    #[test]
    fn finds_keys_of_any_alias() {
        assert_eq!(
            find("databases.archive.timeout").unwrap().value_type,
            SettingType::Integer
        );
        assert!(find("databases.archive").is_none());
        assert!(find("project.nosuch").is_none());
    }
}
