//! JSON as Python writes it: compact and pure ASCII.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::signing::SigningError;
use crate::text::json;

/// `value` as Python's `json.dumps(value, separators=(",", ":"))` writes it.
pub fn to_compact_json(value: &impl Serialize) -> Result<String, SigningError> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Python);
    value
        .serialize(&mut serializer)
        .map_err(|_| SigningError::Payload)?;
    String::from_utf8(bytes).map_err(|_| SigningError::Payload)
}

struct Python;

impl Formatter for Python {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(json::float(value).as_bytes())
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut escaped = Vec::new();
        fragment
            .chars()
            .for_each(|c| json::escape(&mut escaped, c, true));
        writer.write_all(&escaped)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::to_compact_json;

    #[test]
    fn writes_text_as_ascii() {
        let value = json!({ "ü\u{1F600}\u{7f}": "\"\\/\u{8}\u{1}\n" });
        assert_eq!(
            to_compact_json(&value).unwrap(),
            r#"{"\u00fc\ud83d\ude00\u007f":"\"\\/\b\u0001\n"}"#
        );
    }
}
