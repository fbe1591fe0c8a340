//! The key of a user, of whatever type the model's primary key is.

use std::fmt;

use crate::db::SqlValue;

/// The key of a user: as a column keeps it, and as Django's sessions and links write it.
#[derive(Clone, Debug, PartialEq)]
pub struct UserKey {
    value: SqlValue,
    text: String,
}

impl UserKey {
    /// The key that a column holds as `value`; `text` is what Python's `str` makes of it.
    pub fn new(value: SqlValue, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { value, text }
    }

    /// The key as a column keeps it.
    pub fn value(&self) -> &SqlValue {
        &self.value
    }

    /// The key as sessions, links and documents have it: a UUID with its dashes.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for UserKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<&UserKey> for SqlValue {
    fn from(key: &UserKey) -> Self {
        key.value.clone()
    }
}

impl From<i64> for UserKey {
    fn from(number: i64) -> Self {
        Self::new(number.into(), number.to_string())
    }
}
