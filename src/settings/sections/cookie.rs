//! The attributes of a cookie, which `[sessions]` and `[csrf]` have each.

use std::time::Duration;

use crate::settings::reader::SettingsReader;

/// The attributes of a cookie.
#[derive(Clone, Debug)]
pub struct CookieSettings {
    /// Its name.
    pub name: String,
    /// How long browsers keep it.
    pub age: Duration,
    /// The domain it is sent to; `None` for the host that set it.
    pub domain: Option<String>,
    /// The path it is sent to.
    pub path: String,
    /// Whether it is sent over HTTPS only.
    pub secure: bool,
    /// Whether scripts cannot read it.
    pub httponly: bool,
    /// When it is sent from other sites.
    pub samesite: SameSite,
}

/// The `SameSite` attribute of a cookie.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SameSite {
    /// Sent with links from elsewhere.
    Lax,
    /// Sent from the site itself only.
    Strict,
    /// Always sent; browsers want `Secure` with it.
    None,
    /// No attribute.
    Unset,
}

const SAME_SITE: [(&str, SameSite); 4] = [
    ("Lax", SameSite::Lax),
    ("Strict", SameSite::Strict),
    ("None", SameSite::None),
    ("", SameSite::Unset),
];

pub(super) fn cookie(reader: &SettingsReader<'_>, table: &str) -> CookieSettings {
    let path = |key: &str| format!("{table}.cookie_{key}");
    CookieSettings {
        name: reader.get(&path("name")),
        age: reader.seconds(&path("age")),
        domain: reader.nonempty(&path("domain")),
        path: reader.get(&path("path")),
        secure: reader.get(&path("secure")),
        httponly: reader.get(&path("httponly")),
        samesite: reader.choice(&path("samesite"), &SAME_SITE, SameSite::Lax),
    }
}
