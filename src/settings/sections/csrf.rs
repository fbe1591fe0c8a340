//! `[csrf]`: which forms are accepted.

use crate::settings::hosts::header_mistake;
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

/// Cookies that djr itself sets.
const OTHER_COOKIES: [&str; 2] = ["messages", "djr_device"];

pub(in crate::settings) fn csrf(reader: &SettingsReader<'_>) -> CsrfSettings {
    let csrf = CsrfSettings {
        cookie: cookie(reader, "csrf"),
        header_name: reader.get("csrf.header_name"),
        trusted_origins: reader.get("csrf.trusted_origins"),
    };
    reader.check_with("csrf.header_name", &csrf.header_name, header_mistake);
    check_names(reader, &csrf.cookie.name);
    csrf
}

/// Two cookies of one name overwrite each other.
fn check_names(reader: &SettingsReader<'_>, csrf: &str) {
    let sessions: String = reader.get("sessions.cookie_name");
    let message = format!("two cookies cannot both be called `{csrf}`: it names the session's too");
    reader.check("csrf.cookie_name", csrf != sessions, message);
    let names = [
        ("csrf.cookie_name", csrf),
        ("sessions.cookie_name", &sessions),
    ];
    for (path, name) in names {
        let message = format!("two cookies cannot both be called `{name}`: djr sets one itself");
        reader.check(path, !OTHER_COOKIES.contains(&name), message);
    }
}
