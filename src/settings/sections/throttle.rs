//! `[auth.throttle]`: how often passwords may be guessed and mails be asked for.

use crate::settings::reader::SettingsReader;
use crate::settings::sections::caches::check_alias;

/// `[auth.throttle]`: how often passwords may be guessed and mails be asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ThrottleLimits {
    /// Whether anything is refused.
    pub enabled: bool,
    /// Wrong passwords for one account from one address or device.
    pub login: RateLimit,
    /// Wrong passwords from one address.
    pub address: RateLimit,
    /// Wrong passwords for one account.
    pub account: RateLimit,
    /// Mails to one address.
    pub mail: RateLimit,
    /// Sign-ups and requests for mails from one address.
    pub form: RateLimit,
    /// How many of each kind are remembered.
    pub max_entries: usize,
    /// The cache that counts for all processes together; none where each counts for itself.
    pub cache: Option<String>,
}

/// How often something may be tried.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RateLimit {
    /// How often at once.
    pub burst: u32,
    /// How often in an hour after that.
    pub per_hour: u32,
}

/// How many times more may be tried with `debug`, where a project sets no limit itself: whoever develops it guesses
/// at accounts of no worth, and is in nobody's way.
const DEBUG_FACTOR: u32 = 20;

pub(super) fn throttle(reader: &SettingsReader<'_>) -> ThrottleLimits {
    ThrottleLimits {
        enabled: reader.get("auth.throttle.enabled"),
        login: rate(reader, "login"),
        address: rate(reader, "address"),
        account: rate(reader, "account"),
        mail: rate(reader, "mail"),
        form: rate(reader, "form"),
        max_entries: reader.get("auth.throttle.max_entries"),
        cache: cache(reader),
    }
}

fn cache(reader: &SettingsReader<'_>) -> Option<String> {
    let path = "auth.throttle.cache";
    let alias = reader.nonempty(path)?;
    check_alias(reader, path, &alias);
    Some(alias)
}

fn rate(reader: &SettingsReader<'_>, name: &str) -> RateLimit {
    let debug = reader.is_on("project.debug");
    let number = |key: &str| {
        let path = format!("auth.throttle.{name}_{key}");
        let limit: u32 = reader.get(&path);
        let factor = if debug && !reader.is_set(&path) {
            DEBUG_FACTOR
        } else {
            1
        };
        limit.saturating_mul(factor)
    };
    RateLimit {
        burst: number("burst"),
        per_hour: number("per_hour"),
    }
}
