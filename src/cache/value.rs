//! The values that a cache keeps.

/// A value in a cache.
#[derive(Clone, Debug, PartialEq)]
pub enum CacheValue {
    /// Python's `None`; a cache that keeps it has the key.
    None,
    /// A boolean.
    Bool(bool),
    /// An integer, the only kind that can be counted up.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl From<i64> for CacheValue {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for CacheValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
