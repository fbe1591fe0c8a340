//! `Cache-Control`, `Expires` and `Age`: how long browsers and caches may keep a response (Django's `django.utils.cache`).

use std::fmt;
use std::time::{Duration, SystemTime};

use crate::http::{Headers, date};

/// A directive of `Cache-Control` (RFC 9111, 5.2): `public`, `max-age=60`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CacheDirective {
    /// Its name, in lower case.
    pub name: String,
    /// What stands behind its `=`.
    pub value: Option<String>,
}

/// The one directive that may stand there several times: each names other fields.
const NO_CACHE: &str = "no-cache";

impl CacheDirective {
    /// A directive without a value.
    pub fn flag(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            value: None,
        }
    }

    /// `max-age`, in seconds.
    pub fn max_age(seconds: i64) -> Self {
        Self {
            name: "max-age".to_owned(),
            value: Some(seconds.to_string()),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (text, None),
        };
        (!text.is_empty()).then(|| Self {
            name: name.to_ascii_lowercase(),
            value,
        })
    }

    /// Its value as a whole number.
    fn seconds(&self) -> Option<i64> {
        self.value.as_ref()?.trim().parse().ok()
    }
}

impl fmt::Display for CacheDirective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{}={value}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl Headers {
    /// The directives of `Cache-Control`, in order.
    pub fn cache_directives(&self) -> Vec<CacheDirective> {
        let fields = self.get("Cache-Control").unwrap_or_default().split(',');
        fields
            .filter_map(|field| CacheDirective::parse(field.trim()))
            .collect()
    }

    /// Whether `Cache-Control` speaks of `name`: anywhere in it and in any case, as Django looks for it.
    pub fn has_cache_directive(&self, name: &str) -> bool {
        let written = self.get("Cache-Control").unwrap_or_default();
        written.to_ascii_lowercase().contains(name)
    }

    /// Adds `changes` to `Cache-Control` (Django's `patch_cache_control`).
    ///
    /// Of two `max-age` the smaller one holds; `public` takes the place of `private`, and the reverse.
    pub fn patch_cache_control(&mut self, changes: &[CacheDirective]) {
        let mut all: Vec<CacheDirective> = Vec::new();
        for directive in self.cache_directives() {
            merge(&mut all, directive);
        }
        let kept_age = self.max_age();
        for (replaced, by) in [("private", "public"), ("public", "private")] {
            let is_there = all.iter().any(|directive| directive.name == replaced);
            if is_there && changes.iter().any(|change| change.name == by) {
                all.retain(|directive| directive.name != replaced);
                break;
            }
        }
        for change in changes {
            let smaller =
                kept_age.filter(|kept| change.name == "max-age" && change.seconds() > Some(*kept));
            merge(
                &mut all,
                smaller.map_or_else(|| change.clone(), CacheDirective::max_age),
            );
        }
        let written: Vec<_> = all.iter().map(ToString::to_string).collect();
        self.set("Cache-Control", written.join(", "));
    }

    /// The seconds of `max-age`; `None` where there is none or it is not a number (Django's `get_max_age`).
    pub fn max_age(&self) -> Option<i64> {
        let directives = self.cache_directives();
        let age = directives
            .iter()
            .rfind(|directive| directive.name == "max-age");
        age?.seconds()
    }

    /// Says that the response may be kept for `seconds` from `now`, where it does not say less (Django's
    /// `patch_response_headers`).
    pub fn patch_response_headers(&mut self, now: SystemTime, seconds: u64) {
        let expires = now.checked_add(Duration::from_secs(seconds)).unwrap_or(now);
        self.set_default("Expires", date::format(expires));
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        self.patch_cache_control(&[CacheDirective::max_age(seconds)]);
    }

    /// Forbids every cache to keep the response (Django's `add_never_cache_headers`).
    pub fn never_cache(&mut self, now: SystemTime) {
        self.patch_response_headers(now, 0);
        self.patch_cache_control(
            &[NO_CACHE, "no-store", "must-revalidate", "private"].map(CacheDirective::flag),
        );
    }

    /// Says how old a response is that a cache kept: what is left of `max-age` until `Expires`.
    pub fn set_age(&mut self, now: SystemTime) {
        let expires = self.get("Expires").and_then(date::parse);
        if let (Some(max_age), Some(expires)) = (self.max_age(), expires) {
            let left = unix_seconds(expires) - unix_seconds(now);
            self.set("Age", (max_age - left).max(0).to_string());
        }
    }
}

/// Adds `directive`, in the place of one of its name.
fn merge(all: &mut Vec<CacheDirective>, directive: CacheDirective) {
    let mut same = all.iter().filter(|known| known.name == directive.name);
    if directive.name == NO_CACHE {
        // Without a value it covers those with one.
        if same.any(|known| known.value.is_none() || *known == directive) {
            return;
        }
        if directive.value.is_some() {
            let last = all.iter().rposition(|known| known.name == NO_CACHE);
            all.insert(last.map_or(all.len(), |last| last + 1), directive);
            return;
        }
    }
    let Some(first) = all.iter().position(|known| known.name == directive.name) else {
        all.push(directive);
        return;
    };
    let name = directive.name.clone();
    all[first] = directive;
    let mut index = 0;
    all.retain(|known| {
        index += 1;
        index - 1 <= first || known.name != name
    });
}

fn unix_seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_secs()).unwrap_or(i64::MAX)
}
