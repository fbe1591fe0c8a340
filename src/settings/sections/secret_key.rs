//! A secret key, which no formatting shows.

use std::fmt;

use crate::crypto::{ALPHANUMERIC, Secret, random_string};

/// The length of a new key: 297 bits, in characters no shell would mind.
const LENGTH: usize = 50;

/// A secret key; its value is shown by no formatting.
#[derive(Clone, Eq, PartialEq)]
pub struct SecretKey(Secret);

impl SecretKey {
    /// Wraps a key.
    pub fn new(key: impl Into<String>) -> Self {
        Self(Secret::new(key))
    }

    /// A new key.
    pub fn random() -> Self {
        Self::new(random_string(LENGTH, ALPHANUMERIC))
    }

    /// The key itself, for signing.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(..)")
    }
}
