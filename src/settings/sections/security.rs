//! `[security]`: keys, proxies and headers.

use std::time::Duration;

use crate::settings::hosts::host_mistake;
use crate::settings::reader::SettingsReader;
use crate::settings::sections::secret_key::SecretKey;

/// `[security]`.
#[derive(Clone, Debug)]
pub struct SecuritySettings {
    /// Older secret keys, whose signatures are still accepted.
    pub secret_key_fallbacks: Vec<SecretKey>,
    /// Whether cookies that were signed by Django's older rule are read.
    pub signed_cookie_legacy_read: bool,
    /// Addresses and networks (`10.0.0.0/8`) whose `X-Forwarded-For` and `-Proto` are believed.
    pub trusted_proxies: Vec<String>,
    /// Whether a trusted proxy's `X-Forwarded-Host` is believed.
    pub use_forwarded_host: bool,
    /// `X-Content-Type-Options: nosniff`.
    pub content_type_nosniff: bool,
    /// `Referrer-Policy`; empty sends none.
    pub referrer_policy: String,
    /// `Cross-Origin-Opener-Policy`; empty sends none.
    pub cross_origin_opener_policy: String,
    /// `X-Frame-Options`.
    pub frame_options: String,
    /// `Strict-Transport-Security`; zero sends none.
    pub hsts: Duration,
    /// `includeSubDomains` in it.
    pub hsts_include_subdomains: bool,
    /// `preload` in it.
    pub hsts_preload: bool,
    /// Whether HTTP is redirected to HTTPS.
    pub ssl_redirect: bool,
    /// The host of that redirect; empty keeps the request's.
    pub ssl_host: String,
}

pub(in crate::settings) fn security(reader: &SettingsReader<'_>) -> SecuritySettings {
    let fallbacks: Vec<String> = reader.get("security.secret_key_fallbacks");
    let ssl_host = reader.nonempty("security.ssl_host");
    if let Some(host) = &ssl_host {
        reader.check_with("security.ssl_host", host, host_mistake);
    }
    SecuritySettings {
        secret_key_fallbacks: fallbacks.into_iter().map(SecretKey::new).collect(),
        signed_cookie_legacy_read: reader.get("security.signed_cookie_legacy_read"),
        trusted_proxies: reader.get("security.trusted_proxies"),
        use_forwarded_host: reader.get("security.use_forwarded_host"),
        content_type_nosniff: reader.get("security.content_type_nosniff"),
        referrer_policy: reader.get("security.referrer_policy"),
        cross_origin_opener_policy: reader.get("security.cross_origin_opener_policy"),
        frame_options: reader.get("security.frame_options"),
        hsts: reader.seconds("security.hsts_seconds"),
        hsts_include_subdomains: reader.get("security.hsts_include_subdomains"),
        hsts_preload: reader.get("security.hsts_preload"),
        ssl_redirect: reader.get("security.ssl_redirect"),
        ssl_host: ssl_host.unwrap_or_default(),
    }
}
