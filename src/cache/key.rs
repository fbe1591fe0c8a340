//! The keys of entries.

use std::fmt;

/// The longest key that every backend takes, in characters.
const MAX_KEY_LENGTH: usize = 250;

/// A whole key, as backends keep it: `PREFIX:VERSION:KEY` (Django's `make_key`).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct CacheKey(String);

/// Why memcached does not take a key.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum InvalidCacheKey {
    /// The key is too long.
    #[error("the cache key `{0}` is longer than {MAX_KEY_LENGTH} characters")]
    TooLong(CacheKey),
    /// The key has a space or a control character.
    #[error("the cache key `{0}` has spaces or control characters")]
    Characters(CacheKey),
}

impl CacheKey {
    /// The whole key of `key`.
    pub fn new(prefix: &str, version: u64, key: &str) -> Self {
        Self(format!("{prefix}:{version}:{key}"))
    }

    /// A key that was made whole elsewhere.
    pub fn whole(key: String) -> Self {
        Self(key)
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Fails if memcached would refuse the key; the other backends take any (Django's `memcache_key_warnings`).
    pub fn validate(&self) -> Result<(), InvalidCacheKey> {
        // A text has no more characters than bytes, and these characters are one byte each.
        if self.0.len() > MAX_KEY_LENGTH && self.0.chars().count() > MAX_KEY_LENGTH {
            return Err(InvalidCacheKey::TooLong(self.clone()));
        }
        if self.0.bytes().any(|byte| byte < 33 || byte == 127) {
            return Err(InvalidCacheKey::Characters(self.clone()));
        }
        Ok(())
    }
}

impl fmt::Display for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{CacheKey, InvalidCacheKey};

    #[test]
    fn has_prefix_and_version_first() {
        assert_eq!(CacheKey::new("", 1, "k0").as_str(), ":1:k0");
        assert_eq!(CacheKey::new("pre", 2, "k0").as_str(), "pre:2:k0");
        assert_eq!(CacheKey::new("", 1, "ключ").as_str(), ":1:ключ");
    }

    #[test]
    fn is_invalid_where_memcached_refuses_it() {
        let validate = |key: &str| CacheKey::new("", 1, key).validate();
        assert_eq!(validate(&"ж".repeat(247)), Ok(()));
        assert!(matches!(
            validate(&"x".repeat(248)),
            Err(InvalidCacheKey::TooLong(_))
        ));
        for key in ["with space", "line\n", "\u{7f}"] {
            assert!(matches!(validate(key), Err(InvalidCacheKey::Characters(_))));
        }
    }
}
