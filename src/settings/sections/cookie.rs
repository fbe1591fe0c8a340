//! The attributes of a cookie, which `[sessions]` and `[csrf]` have each.

use std::time::Duration;

use crate::settings::hosts::{cookie_domain_mistake, cookie_path_mistake, token_mistake};
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
    let cookie = CookieSettings {
        name: reader.get(&path("name")),
        age: reader.seconds(&path("age")),
        domain: reader.nonempty(&path("domain")),
        path: reader.get(&path("path")),
        secure: reader.get(&path("secure")),
        httponly: reader.get(&path("httponly")),
        samesite: reader.choice(&path("samesite"), &SAME_SITE, SameSite::Lax),
    };
    reader.check_with(&path("name"), &cookie.name, token_mistake);
    reader.check_with(&path("path"), &cookie.path, cookie_path_mistake);
    if let Some(domain) = &cookie.domain {
        reader.check_with(&path("domain"), domain, cookie_domain_mistake);
    }
    check_together(reader, table, &cookie);
    cookie
}

/// What browsers refuse: the whole cookie, without a word.
fn check_together(reader: &SettingsReader<'_>, table: &str, cookie: &CookieSettings) {
    let path = |key: &str| format!("{table}.cookie_{key}");
    let message = format!(
        "`{0}` is `None` and `{1}` is off: browsers refuse such a cookie",
        path("samesite"),
        path("secure")
    );
    let is_sent = cookie.secure || cookie.samesite != SameSite::None;
    reader.check(&path("samesite"), is_sent, message);
    let is_of_host = cookie.name.starts_with("__Host-");
    let message = format!(
        "a cookie called `{}` needs `{}`{}",
        cookie.name,
        path("secure"),
        if is_of_host {
            ", the path `/` and no domain"
        } else {
            ""
        }
    );
    let is_bound = cookie.path == "/" && cookie.domain.is_none();
    let is_kept = match (is_of_host, cookie.name.starts_with("__Secure-")) {
        (true, _) => cookie.secure && is_bound,
        (_, is_secure) => cookie.secure || !is_secure,
    };
    reader.check(&path("name"), is_kept, message);
}
