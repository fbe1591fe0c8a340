//! `[page_cache]`: whole pages in a cache.

use std::time::Duration;

use crate::settings::reader::SettingsReader;

/// `[page_cache]`: whole pages in a cache.
#[derive(Clone, Debug)]
pub struct PageCacheSettings {
    /// The cache of pages.
    pub alias: String,
    /// How long a page is kept that does not say so itself.
    pub timeout: Duration,
    /// What the keys of pages begin with.
    pub key_prefix: String,
}

pub(in crate::settings) fn page_cache(reader: &SettingsReader<'_>) -> PageCacheSettings {
    let alias: String = reader.get("page_cache.alias");
    let known = reader.aliases("caches");
    let message = format!("`[caches]` has no `{alias}`");
    reader.check("page_cache.alias", known.contains(&alias), message);
    let key_prefix: String = reader.get("page_cache.key_prefix");
    reader.check_with("page_cache.key_prefix", &key_prefix, |prefix| {
        page_key_prefix_mistake(prefix).map(ToOwned::to_owned)
    });
    PageCacheSettings {
        alias,
        timeout: reader.seconds("page_cache.seconds"),
        key_prefix,
    }
}

/// What is wrong with `prefix` before the keys of pages: memcached takes neither spaces nor long keys.
pub fn page_key_prefix_mistake(prefix: &str) -> Option<&'static str> {
    let is_odd = |character: char| character.is_whitespace() || character.is_control();
    if prefix.contains(is_odd) {
        return Some("a prefix of keys has no spaces");
    }
    (prefix.chars().count() > 50).then_some("a prefix of keys has up to 50 characters")
}
