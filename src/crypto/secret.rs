//! Text that nobody else is to see: shown by no formatting, and overwritten when it is done with.

use std::fmt;
use std::ops::Deref;

use zeroize::Zeroizing;

use crate::crypto::constant_time_eq;

/// A password or a key.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes over `text`, whose memory is overwritten with the secret's.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Deref for Secret {
    type Target = str;

    fn deref(&self) -> &str {
        self.expose()
    }
}

/// Found out in a time that depends on the lengths alone.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        constant_time_eq(self.expose(), other.expose())
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn is_shown_by_no_formatting() {
        let secret = Secret::new("hush");
        assert_eq!(
            format!("{secret:?} {:?}", Some(&secret)),
            "Secret(..) Some(Secret(..))"
        );
        assert_eq!((secret.expose(), secret.len()), ("hush", 4));
        assert!(secret == Secret::from("hush") && secret != Secret::from("husk"));
    }
}
