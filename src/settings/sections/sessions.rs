//! `[sessions]`: what is remembered of a visitor.

use std::fmt;
use std::path::PathBuf;

use crate::settings::reader::SettingsReader;
use crate::settings::sections::caches::check_alias;
use crate::settings::sections::cookie::{CookieSettings, cookie};

/// `[sessions]`.
#[derive(Clone, Debug)]
pub struct SessionSettings {
    /// Where sessions are kept.
    pub engine: SessionEngineName,
    /// The dotted name of the module whose `SessionStore` keeps them, where it is one of the project.
    pub module: Option<String>,
    /// The cache of the engines that use one.
    pub cache_alias: String,
    /// The directory of the engine that keeps files.
    pub file_path: PathBuf,
    /// The cookie that names the session.
    pub cookie: CookieSettings,
    /// Whether the cookie ends with the browser.
    pub expire_at_browser_close: bool,
    /// Whether every request renews the session.
    pub save_every_request: bool,
}

/// A session engine that exists; any other name is refused with a list of these.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SessionEngineName {
    /// In a table of the database.
    Database,
    /// In a cache.
    Cache,
    /// In a table of the database, with copies in a cache.
    CachedDatabase,
    /// In files.
    File,
    /// In the cookie itself.
    SignedCookies,
    /// Where a class of the project puts them.
    Class,
}

impl SessionSettings {
    /// What the settings call the engine.
    pub fn engine_name(&self) -> String {
        let module = self.module.clone();
        module.unwrap_or_else(|| self.engine.to_string())
    }

    /// The dotted name of the class that keeps sessions, where it is one of the project.
    pub fn class(&self) -> Option<String> {
        let module = self.module.as_ref()?;
        Some(format!("{module}.SessionStore"))
    }
}

impl SessionEngineName {
    /// Whether sessions are rows of a table.
    pub fn has_table(self) -> bool {
        matches!(self, Self::Database | Self::CachedDatabase)
    }

    /// Whether sessions, or copies of them, are in a cache.
    pub fn uses_cache(self) -> bool {
        matches!(self, Self::Cache | Self::CachedDatabase)
    }
}

impl fmt::Display for SessionEngineName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = ENGINES.iter().find(|(_, engine)| engine == self);
        f.write_str(name.map_or("class", |(name, _)| name))
    }
}

const ENGINES: [(&str, SessionEngineName); 5] = [
    ("database", SessionEngineName::Database),
    ("cache", SessionEngineName::Cache),
    ("cached_db", SessionEngineName::CachedDatabase),
    ("file", SessionEngineName::File),
    ("signed_cookies", SessionEngineName::SignedCookies),
];

pub(in crate::settings) fn sessions(reader: &SettingsReader<'_>) -> SessionSettings {
    let module = reader.own_name("sessions.engine");
    let engine = match module {
        Some(_) => SessionEngineName::Class,
        None => reader.choice("sessions.engine", &ENGINES, SessionEngineName::Database),
    };
    let cache_alias: String = reader.get("sessions.cache_alias");
    if engine.uses_cache() {
        check_alias(reader, "sessions.cache_alias", &cache_alias);
    }
    // Others, such as Django's pickle, run what is in a session.
    reader.choice("sessions.serializer", &[("json", ())], ());
    SessionSettings {
        engine,
        module,
        cache_alias,
        file_path: reader.file_path("sessions.file_path"),
        cookie: cookie(reader, "sessions"),
        expire_at_browser_close: reader.get("sessions.expire_at_browser_close"),
        save_every_request: reader.get("sessions.save_every_request"),
    }
}
