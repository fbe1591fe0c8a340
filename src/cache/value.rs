//! The values that a cache keeps.

use crate::cache::{CacheError, CacheKey};
use crate::http::SharedBytes;

/// A value in a cache: what Python's pickle writes without naming a class.
#[derive(Clone, Debug, PartialEq)]
pub enum CacheValue {
    /// Python's `None`; a cache that keeps it has the key.
    None,
    /// A boolean.
    Bool(bool),
    /// An integer, the only kind that can be counted up.
    Int(i64),
    /// An integer that does not fit into 64 bits: its decimal digits.
    BigInt(String),
    /// A number with a fraction.
    Float(f64),
    /// Text.
    Text(String),
    /// Text that Django marked as safe: a part of a page.
    SafeText(String),
    /// Bytes.
    Bytes(SharedBytes),
    /// A list.
    List(Vec<Self>),
    /// A tuple.
    Tuple(Vec<Self>),
    /// A dictionary; its keys are hashable, or it cannot be pickled.
    Dict(Vec<(Self, Self)>),
    /// A set; what is in it is hashable, or it cannot be pickled.
    Set(Vec<Self>),
    /// A frozen set; what is in it is hashable, or it cannot be pickled.
    FrozenSet(Vec<Self>),
    /// An object of a class: the pickle that Python wrote of it. It is kept as it is, and read by Python only.
    Object(SharedBytes),
}

/// What a backend has under a key.
#[derive(Clone, Debug, PartialEq)]
pub enum CacheEntry {
    /// Nothing, or what has expired.
    Missing,
    /// A value that another program wrote and that cannot be read here, as it is stored: of a class of Python's for one.
    Unreadable(SharedBytes),
    /// A value.
    Found(CacheValue),
}

impl CacheValue {
    /// The integer that `digits` write, of any size; `None` where they are not the digits of one.
    pub(super) fn from_digits(digits: &str) -> Option<Self> {
        if let Ok(number) = digits.parse() {
            return Some(Self::Int(number));
        }
        let unsigned = digits.strip_prefix('-').unwrap_or(digits);
        let is_number = !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| Self::BigInt(digits.to_owned()))
    }

    /// The integer that can be counted up; `None` where it is something else.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }
}

impl CacheEntry {
    /// `delta` more than the integer that `key` has; fails if it has none.
    pub(super) fn counted(&self, key: &CacheKey, delta: i64) -> Result<i64, CacheError> {
        match self {
            Self::Missing => Err(CacheError::KeyNotFound(key.clone())),
            Self::Found(CacheValue::Int(number)) => number
                .checked_add(delta)
                .ok_or_else(|| CacheError::Overflow(key.clone())),
            Self::Found(_) | Self::Unreadable(_) => Err(CacheError::NotAnInteger(key.clone())),
        }
    }

    /// `value`, which only Python reads where it is an object of a class.
    pub(super) fn of(value: CacheValue) -> Self {
        match value {
            CacheValue::Object(pickle) => Self::Unreadable(pickle),
            value => Self::Found(value),
        }
    }

    /// The value that can be read.
    pub fn into_value(self) -> Option<CacheValue> {
        match self {
            Self::Found(value) => Some(value),
            Self::Missing | Self::Unreadable(_) => None,
        }
    }
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

impl From<String> for CacheValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for CacheValue {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}
