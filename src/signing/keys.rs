//! The secret key, and older ones whose signatures still count.

use std::fmt;

use crate::crypto::Secret;

/// The key that signs, and older ones whose signatures still count; no formatting shows them.
#[derive(Clone)]
pub struct SecretKeys {
    key: Secret,
    fallbacks: Vec<Secret>,
}

impl SecretKeys {
    /// Signs with `key`; accepts what was signed with `fallbacks` too.
    pub fn new(key: impl Into<String>, fallbacks: Vec<String>) -> Self {
        Self {
            key: Secret::new(key),
            fallbacks: fallbacks.into_iter().map(Secret::from).collect(),
        }
    }

    /// The keys with `prefix` in front of each, as Django derives those of cookies.
    #[must_use]
    pub fn prefixed(&self, prefix: &str) -> Self {
        let prefixed = |key: &Secret| Secret::new([prefix, key.expose()].concat());
        Self {
            key: prefixed(&self.key),
            fallbacks: self.fallbacks.iter().map(prefixed).collect(),
        }
    }

    /// The key that signs.
    pub fn primary(&self) -> &str {
        self.key.expose()
    }

    /// The older keys, in the order they are tried in.
    pub fn fallbacks(&self) -> impl Iterator<Item = &str> {
        self.fallbacks.iter().map(Secret::expose)
    }

    /// All keys, the one that signs first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.primary()).chain(self.fallbacks())
    }
}

impl fmt::Debug for SecretKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKeys(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::SecretKeys;

    #[test]
    fn shows_no_key() {
        let keys = SecretKeys::new("hush", vec!["hush too".to_owned()]);
        assert!(!format!("{keys:?}").contains("hush"));
    }

    #[test]
    fn prefixes_every_key() {
        let keys = SecretKeys::new("b", vec!["c".to_owned()]).prefixed("a");
        assert_eq!(keys.all().collect::<Vec<_>>(), ["ab", "ac"]);
    }
}
