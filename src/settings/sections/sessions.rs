//! `[sessions]`: what is remembered of a visitor.

use crate::settings::reader::SettingsReader;
use crate::settings::sections::cookie::{CookieSettings, cookie};

/// `[sessions]`.
#[derive(Clone, Debug)]
pub struct SessionSettings {
    /// Where sessions are kept: `database`, `cached_db`, `cache`, `file` or `signed_cookies`.
    pub engine: String,
    /// The cookie that names the session.
    pub cookie: CookieSettings,
    /// Whether the cookie ends with the browser.
    pub expire_at_browser_close: bool,
    /// Whether every request renews the session.
    pub save_every_request: bool,
}

/// The engines that are built; the others get their own message until they are.
const ENGINES: [(&str, &str); 1] = [("database", "database")];

pub(in crate::settings) fn sessions(reader: &SettingsReader<'_>) -> SessionSettings {
    SessionSettings {
        engine: reader
            .choice("sessions.engine", &ENGINES, "database")
            .to_owned(),
        cookie: cookie(reader, "sessions"),
        expire_at_browser_close: reader.get("sessions.expire_at_browser_close"),
        save_every_request: reader.get("sessions.save_every_request"),
    }
}
