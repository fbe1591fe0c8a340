//! A JSON value in memory.

/// A JSON value; numbers keep their text.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as written; `NaN` and `Infinity` too, as in Python.
    Number(String),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Self>),
    /// Keys and values, in order; of a key that comes twice the last value counts.
    Object(Vec<(String, Self)>),
}

impl Json {
    /// The text, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of `key`, if it is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(pairs) => pairs
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }
}
