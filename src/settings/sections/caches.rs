//! `[caches]`: what is computed once and kept.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::settings::reader::SettingsReader;
use crate::text;

/// `[caches.ALIAS]`: a cache.
#[derive(Clone, Debug)]
pub struct CacheSettings {
    /// Where entries are kept.
    pub backend: CacheBackendName,
    /// The dotted name of the class that keeps them, where it is one of the project.
    pub class: Option<String>,
    /// The backend's place: a table, a directory or addresses.
    pub location: String,
    /// How long a server is waited for.
    pub socket_timeout: Duration,
    /// How long an entry is kept; `None` is for ever.
    pub timeout: Option<Duration>,
    /// The prefix of every key.
    pub key_prefix: String,
    /// The version of every key.
    pub version: u64,
    /// How many entries are kept before some are culled.
    pub max_entries: usize,
    /// One entry in this many is culled; 0 culls all.
    pub cull_frequency: usize,
}

impl CacheSettings {
    /// The addresses in the location, parted by `,` or `;`.
    pub fn servers(&self) -> impl Iterator<Item = &str> {
        let servers = self.location.split([',', ';']).map(str::trim);
        servers.filter(|server| !server.is_empty())
    }
}

/// The kinds of cache.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CacheBackendName {
    /// In the server's memory.
    Locmem,
    /// In a table.
    Database,
    /// In a directory.
    File,
    /// Nowhere.
    Dummy,
    /// In Redis.
    Redis,
    /// In memcached.
    Memcached,
    /// Where a class of the project puts them.
    Class,
}

impl CacheBackendName {
    /// Whether all processes see the same entries.
    pub fn is_shared(self) -> bool {
        !matches!(self, Self::Locmem | Self::Dummy)
    }

    /// The one of this name in `djr.toml`.
    pub fn named(name: &str) -> Option<Self> {
        let found = BACKENDS.iter().find(|(known, _)| *known == name);
        found.map(|(_, backend)| *backend)
    }

    /// What a location of this kind is, where one is needed.
    pub fn place(self) -> Option<&'static str> {
        match self {
            Self::Locmem | Self::Dummy | Self::Class => None,
            Self::Database => Some("the name of its table"),
            Self::File => Some("its directory"),
            Self::Redis => Some("the address of its server, such as `redis://127.0.0.1:6379`"),
            Self::Memcached => Some("the addresses of its servers, such as `127.0.0.1:11211`"),
        }
    }
}

impl fmt::Display for CacheBackendName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = BACKENDS.iter().find(|(_, backend)| backend == self);
        f.write_str(name.map_or("class", |(name, _)| name))
    }
}

const BACKENDS: [(&str, CacheBackendName); 6] = [
    ("locmem", CacheBackendName::Locmem),
    ("database", CacheBackendName::Database),
    ("file", CacheBackendName::File),
    ("dummy", CacheBackendName::Dummy),
    ("redis", CacheBackendName::Redis),
    ("memcached", CacheBackendName::Memcached),
];

pub(in crate::settings) fn caches(reader: &SettingsReader<'_>) -> BTreeMap<String, CacheSettings> {
    let aliases = reader.aliases("caches").into_iter();
    aliases
        .map(|alias| (alias.clone(), cache(reader, &alias)))
        .collect()
}

/// Reports `alias`, which stands at `path`, if it is not a cache of the settings.
pub(super) fn check_alias(reader: &SettingsReader<'_>, path: &str, alias: &str) {
    let known = reader.aliases("caches");
    if known.iter().any(|known| known == alias) {
        return;
    }
    let message = format!("`[caches]` has no `{alias}`");
    let hint = text::did_you_mean(alias, known.iter().map(String::as_str));
    reader.report(path, "invalid-setting", message, hint);
}

fn cache(reader: &SettingsReader<'_>, alias: &str) -> CacheSettings {
    let path = |key: &str| format!("caches.{alias}.{key}");
    let timeout: i64 = reader.get(&path("timeout"));
    let class = reader.own_name(&path("backend"));
    let cache = CacheSettings {
        backend: match class {
            Some(_) => CacheBackendName::Class,
            None => reader.choice(&path("backend"), &BACKENDS, CacheBackendName::Locmem),
        },
        class,
        location: reader.get(&path("location")),
        socket_timeout: reader.seconds(&path("socket_timeout")),
        timeout: u64::try_from(timeout).ok().map(Duration::from_secs),
        key_prefix: reader.get(&path("key_prefix")),
        version: reader.get(&path("version")),
        max_entries: reader.get(&path("max_entries")),
        cull_frequency: reader.get(&path("cull_frequency")),
    };
    if let Some(noun) = cache.backend.place() {
        let message = format!("cache `{alias}` needs `location`, {noun}");
        let valid = cache.servers().next().is_some();
        reader.check(&path("backend"), valid, message);
    }
    cache
}
