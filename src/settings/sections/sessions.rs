//! `[sessions]`: what is remembered of a visitor.

use crate::settings::reader::SettingsReader;
use crate::settings::sections::cookie::{CookieSettings, cookie};

/// `[sessions]`.
#[derive(Clone, Debug)]
pub struct SessionSettings {
    /// Where sessions are kept.
    pub engine: SessionEngineName,
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
}

const ENGINES: [(&str, SessionEngineName); 1] = [("database", SessionEngineName::Database)];

pub(in crate::settings) fn sessions(reader: &SettingsReader<'_>) -> SessionSettings {
    SessionSettings {
        engine: reader.choice("sessions.engine", &ENGINES, SessionEngineName::Database),
        cookie: cookie(reader, "sessions"),
        expire_at_browser_close: reader.get("sessions.expire_at_browser_close"),
        save_every_request: reader.get("sessions.save_every_request"),
    }
}
