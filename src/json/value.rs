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
    /// Text that UTF-8 cannot write, in UTF-16: it holds half a surrogate pair, as Python's `str` may.
    Utf16(Vec<u16>),
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

impl Json {
    /// A number in it that JSON cannot say once Python read it: one that is not finite, such as `1e999`.
    pub fn infinite_number(&self) -> Option<&str> {
        match self {
            Self::Number(text) => {
                let is_whole = text
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'-');
                let number: Option<f64> = text.parse().ok();
                let is_infinite = !is_whole && number.is_some_and(|number| !number.is_finite());
                is_infinite.then_some(text)
            }
            Self::Array(items) => items.iter().find_map(Self::infinite_number),
            Self::Object(pairs) => pairs.iter().find_map(|(_, value)| value.infinite_number()),
            _ => None,
        }
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }
}
