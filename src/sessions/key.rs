//! The key of a session.

use std::fmt;

use crate::crypto::{LOWER_ALPHANUMERIC, random_string};

/// The characters of a new key.
const LENGTH: usize = 32;

/// The key of a session: what the cookie holds, and worth as much as a password.
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct SessionKey(String);

impl SessionKey {
    /// A new key.
    pub fn random() -> Self {
        Self(random_string(LENGTH, LOWER_ALPHANUMERIC))
    }

    /// The key in a cookie: 8 to 40 letters, digits, `-` and `_`, so that it is safe in any store.
    ///
    /// Django takes any text from 8 characters on, and then finds no such session.
    pub fn parse(cookie: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let valid = (8..=40).contains(&cookie.len()) && cookie.bytes().all(allowed);
        valid.then(|| Self(cookie.to_owned()))
    }

    /// What a cookie holds that is the session itself, and names nothing.
    pub(super) fn opaque(cookie: String) -> Self {
        Self(cookie)
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::SessionKey;

    #[test]
    fn accepts_its_own_keys_and_no_paths() {
        let key = SessionKey::random();
        assert_eq!(SessionKey::parse(key.as_str()), Some(key));
        assert!(SessionKey::parse("UPPER-case_1").is_some());
        for text in [
            "",
            "short",
            "../../etc/passwd",
            "ünïcødéxx",
            &"a".repeat(41),
        ] {
            assert!(SessionKey::parse(text).is_none(), "{text}");
        }
    }
}
