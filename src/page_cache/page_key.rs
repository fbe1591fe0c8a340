//! The keys of pages, as `django.utils.cache` makes them.

use md5::{Digest as _, Md5};

use crate::crypto;
use crate::http::{Headers, Method};

/// The language of all pages, which is part of Django's keys.
const LANGUAGE: &str = "en-us";

/// What the keys of one address are made of.
#[derive(Clone, Debug)]
pub(super) struct PageKeys {
    key_prefix: String,
    uri_digest: String,
    zone: String,
}

impl PageKeys {
    /// The keys of the page at `uri`, its whole address, in a project whose zone is called `zone`.
    pub(super) fn new(key_prefix: &str, uri: &str, zone: &str) -> Self {
        Self {
            key_prefix: key_prefix.to_owned(),
            uri_digest: crypto::hex(&Md5::digest(uri)),
            zone: zone.to_owned(),
        }
    }

    /// The key of the names of headers that make other pages of it (Django's `_generate_cache_header_key`).
    pub(super) fn of_names(&self) -> String {
        format!(
            "views.decorators.cache.cache_header.{}.{}.{LANGUAGE}.{}",
            self.key_prefix, self.uri_digest, self.zone
        )
    }

    /// The key of the page that a request with `headers` gets, of which those of `names` count (Django's
    /// `_generate_cache_key`).
    pub(super) fn of_page(&self, method: &Method, headers: &Headers, names: &[String]) -> String {
        let mut hasher = Md5::new();
        for name in names {
            match value(headers, name) {
                Some(value) => hasher.update(value),
                None => hasher.update("-,"),
            }
        }
        format!(
            "views.decorators.cache.cache_page.{}.{method}.{}.{}.{LANGUAGE}.{}",
            self.key_prefix,
            self.uri_digest,
            crypto::hex(&hasher.finalize()),
            self.zone
        )
    }
}

/// What a request says under `name`, all lines of it.
pub(super) fn value(headers: &Headers, name: &str) -> Option<String> {
    let lines: Vec<_> = headers.get_all(name).collect();
    (!lines.is_empty()).then(|| lines.join(","))
}

/// The names in `Vary`, in the order of Django's keys.
pub(super) fn names_in_vary(headers: &Headers) -> Vec<String> {
    let names = headers.get("Vary").unwrap_or_default().split(',');
    let names = names.map(|name| name.trim().to_ascii_uppercase());
    let mut names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
    // Django sorts them as WSGI calls them.
    names.sort_by_key(|name| name.replace('-', "_"));
    names
}
