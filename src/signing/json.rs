//! JSON as Python writes it: compact, pure ASCII, floats as `repr` has them.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::signing::SigningError;

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
        writer.write_all(python_float(value).as_bytes())
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        fragment.chars().try_for_each(|character| match character {
            ' '..='~' => write!(writer, "{character}"),
            _ => character
                .encode_utf16(&mut [0; 2])
                .iter()
                .try_for_each(|unit| write!(writer, "\\u{unit:04x}")),
        })
    }
}

/// The shortest text that reads back as `value`, with an exponent where Python has one.
fn python_float(value: f64) -> String {
    let scientific = format!("{value:e}");
    let Some((digits, exponent)) = scientific.split_once('e') else {
        return scientific;
    };
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..16).contains(&exponent) {
        return format!("{value:?}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{python_float, to_compact_json};

    #[test]
    fn writes_floats_as_python() {
        for (value, expected) in [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (0.1, "0.1"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.5e-7, "1.5e-07"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.25e300, "1.25e+300"),
        ] {
            assert_eq!(python_float(value), expected);
        }
    }

    #[test]
    fn writes_text_as_ascii() {
        let value = json!({ "ü\u{1F600}\u{7f}": "\"\\/\u{8}\u{1}\n" });
        assert_eq!(
            to_compact_json(&value).unwrap(),
            r#"{"\u00fc\ud83d\ude00\u007f":"\"\\/\b\u0001\n"}"#
        );
    }
}
