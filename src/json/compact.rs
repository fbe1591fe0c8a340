//! JSON as Python writes it: compact and pure ASCII.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::json::python;

/// `value` as Python's `json.dumps(value, separators=(",", ":"))` writes it.
///
/// Fails where `value` fails to serialize itself.
pub fn to_compact(value: &impl Serialize) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, PythonFormatter);
    value.serialize(&mut serializer)?;
    // The formatter writes ASCII alone.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

struct PythonFormatter;

impl Formatter for PythonFormatter {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(python::float(value).as_bytes())
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut escaped = Vec::new();
        fragment
            .chars()
            .for_each(|c| python::escape(&mut escaped, c, true));
        writer.write_all(&escaped)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::to_compact;

    #[test]
    fn writes_text_as_ascii() {
        let value = json!({ "ü\u{1F600}\u{7f}": "\"\\/\u{8}\u{1}\n" });
        assert_eq!(
            to_compact(&value).unwrap(),
            r#"{"\u00fc\ud83d\ude00\u007f":"\"\\/\b\u0001\n"}"#
        );
    }
}
