//! A JSON value in memory.

use crate::serializers::json::{Reader, Style, Writer};

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
    /// Reads a document that is nothing but one value.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader::new(text.as_bytes());
        let value = reader.value().ok()?;
        reader.is_at_end().ok()?.then_some(value)
    }

    /// The document as Django stores it: in ASCII, with a space after `,` and `:`.
    pub fn stored(&self) -> String {
        let mut writer = Writer::new(Style {
            ascii: true,
            ..Style::COMPACT
        });
        writer.json(self);
        String::from_utf8_lossy(writer.written()).into_owned()
    }

    /// The value as an error shows it, cut where it is long.
    pub fn shown(&self) -> String {
        let mut writer = Writer::new(Style::COMPACT);
        writer.json(self);
        let text = String::from_utf8_lossy(writer.written()).into_owned();
        match text.char_indices().nth(60) {
            Some((cut, _)) => format!("{}...", &text[..cut]),
            None => text,
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

#[cfg(test)]
mod tests {
    use super::Json;

    /// The right sides are what Python's `json.dumps(json.loads(...))` gives.
    #[test]
    fn is_stored_as_python_stores_it() {
        for (given, stored) in [
            (
                r#"{"b":1,"a":[true,null]}"#,
                r#"{"b": 1, "a": [true, null]}"#,
            ),
            (r#"{"a":1,"b":2,"a":3}"#, r#"{"a": 3, "b": 2}"#),
            (
                "\"é\u{1f600}\\u0001\\/\u{7f}\"",
                r#""\u00e9\ud83d\ude00\u0001/\u007f""#,
            ),
            (
                "123456789012345678901234567890",
                "123456789012345678901234567890",
            ),
            (
                "[1.0, 1e3, 1e16, 1.5e-7, -0, -0.0]",
                "[1.0, 1000.0, 1e+16, 1.5e-07, 0, -0.0]",
            ),
            ("[NaN, -Infinity, 1e999]", "[NaN, -Infinity, Infinity]"),
            ("[[],{}]", "[[], {}]"),
        ] {
            assert_eq!(Json::parse(given).unwrap().stored(), stored, "{given}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "", "[1,]", "{a: 1}", "01", "[1] 2", "\"\n\"", "'a'", "1.", "\"\\x\"", "nul",
        ] {
            assert_eq!(Json::parse(text), None, "{text}");
        }
        assert_eq!(Json::parse(&"[".repeat(100_000)), None);
    }
}
