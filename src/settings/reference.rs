//! The reference of all settings: types, defaults and Django's names, as data in `reference.toml`.

use std::collections::HashMap;
use std::path::Path;
use std::sync::OnceLock;

use crate::diagnostic::Finding;
use crate::document::{Document, Item, Table, Value};
use crate::settings::setting_path::parts;

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

/// The least and the greatest number that a setting may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberRange {
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
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
    /// The numbers it may be, where it is one.
    pub range: Option<NumberRange>,
    /// Its name in Django, where it has one.
    pub django: Option<String>,
    /// What it does.
    pub help: String,
}

impl SettingKey {
    /// Refuses `item`, the value at `path`, if it is to be a number and is not one in the range.
    pub(super) fn check_range(&self, path: &str, item: &Item) -> Result<(), Finding> {
        let Some(range) = self.range else {
            return Ok(());
        };
        let is_whole = self.value_type == SettingType::Integer;
        let given = number(item).filter(|_| !is_whole || is_integer(item));
        let NumberRange { min, max } = range;
        if given.is_some_and(|number| (min..=max).contains(&number)) {
            return Ok(());
        }
        let noun = if is_whole {
            "a whole number"
        } else {
            "a number"
        };
        let message = format!("`{path}` must be {noun} from {min} to {max}");
        let (code, found) = if let Some(number) = given {
            let shown = match item.value {
                Value::Integer(number) => number.to_string(),
                _ => number.to_string(),
            };
            ("out-of-range", shown)
        } else {
            ("wrong-type", item.value.type_name().to_owned())
        };
        Err(item.error(code, format!("{message}, not {found}")))
    }
}

fn is_integer(item: &Item) -> bool {
    matches!(item.value, Value::Integer(_))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the ends of all ranges are far below 53 bits"
)]
fn number(item: &Item) -> Option<f64> {
    match item.value {
        Value::Integer(number) => Some(number as f64),
        Value::Float(number) => Some(number),
        _ => None,
    }
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
    if let Some(key) = index.by_path.get(path) {
        return Some(key);
    }
    let mut of_an_alias = index
        .by_pattern
        .iter()
        .filter(|key| matches(&key.path, path));
    let found = of_an_alias.next()?;
    (!has_own_keys(path)).then_some(found)
}

/// Whether the table of `path` has keys of its own, although others beside it have those of an alias.
pub(super) fn has_own_keys(path: &str) -> bool {
    let Some((table, _)) = path.rsplit_once('.') else {
        return false;
    };
    keys().iter().any(|key| {
        let own = key.path.rsplit_once('.');
        own.is_some_and(|(own, _)| own == table)
    })
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
    let (mut wanted, mut given) = (pattern.split('.'), parts(path));
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
        range: table.get("range").and_then(range),
        django: django.map(ToOwned::to_owned),
        help: help.to_owned(),
    }
}

fn range(item: &Item) -> Option<NumberRange> {
    let Value::Array(ends) = &item.value else {
        return None;
    };
    match ends.as_slice() {
        [min, max] => Some(NumberRange {
            min: number(min)?,
            max: number(max)?,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{SettingType, find, keys};
    use crate::settings::Settings;

    #[test]
    fn every_number_has_a_range_that_is_checked_with_its_line() {
        for key in keys() {
            let is_whole = key.value_type == SettingType::Integer;
            if !is_whole && key.value_type != SettingType::Number {
                assert!(key.range.is_none(), "{}", key.path);
                continue;
            }
            let range = key
                .range
                .unwrap_or_else(|| panic!("{} has no range", key.path));
            let default = key.default.as_ref().unwrap();
            assert_eq!(key.check_range(&key.path, default), Ok(()));
            let path = key.path.replace('*', "default");
            let (table, name) = path.rsplit_once('.').unwrap();
            let beyond = [range.min - 1.0, range.max + 1.0].map(|number| number.to_string());
            let huge = [i64::MIN.to_string(), i64::MAX.to_string()];
            for number in beyond.iter().chain(&huge) {
                let text = format!("[{table}]\n{name} = {number}\n");
                let found = Settings::parse(&text).unwrap_err().to_string();
                let place = format!("djr.toml:2:{}: `{path}` must be a", name.len() + 4);
                assert!(found.contains(&place), "{text}{found}");
            }
        }
    }

    #[test]
    fn a_number_that_is_not_one_is_refused() {
        for text in ["nan", "inf", "-inf", "'0.5'", "true"] {
            let text = format!("[auth]\npassword_max_similarity = {text}\n");
            let found = Settings::parse(&text).unwrap_err().to_string();
            assert!(found.contains("must be a number from 0.1 to 1"), "{found}");
        }
        let found = Settings::parse("[server]\nworkers = 1.5\n")
            .unwrap_err()
            .to_string();
        assert!(
            found.contains("must be a whole number from 0 to 1024, not a float"),
            "{found}"
        );
    }

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
