//! `[csrf]`: which forms are accepted.

use crate::settings::reader::SettingsReader;
use crate::settings::sections::cookie::{CookieSettings, cookie};

/// `[csrf]`.
#[derive(Clone, Debug)]
pub struct CsrfSettings {
    /// The cookie that holds the secret.
    pub cookie: CookieSettings,
    /// The header a script may send the token in.
    pub header_name: String,
    /// Other origins whose forms are accepted: `https://example.com`, `https://*.example.com`.
    pub trusted_origins: Vec<String>,
}

pub(in crate::settings) fn csrf(reader: &SettingsReader<'_>) -> CsrfSettings {
    CsrfSettings {
        cookie: cookie(reader, "csrf"),
        header_name: reader.get("csrf.header_name"),
        trusted_origins: reader.get("csrf.trusted_origins"),
    }
}
