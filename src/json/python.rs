//! Texts and numbers as Python's `json` writes them.

use std::io::Write as _;

/// Adds `text` in quotes; with `ascii`, all beyond ASCII is escaped.
pub fn quote(out: &mut Vec<u8>, text: &str, ascii: bool) {
    out.push(b'"');
    if is_plain(text, if ascii { 0x7f } else { u8::MAX }) {
        out.extend_from_slice(text.as_bytes());
    } else {
        text.chars().for_each(|c| escape(out, c, ascii));
    }
    out.push(b'"');
}

/// Whether nothing in `text` has to be escaped, bytes from `end` on least of all.
fn is_plain(text: &str, end: u8) -> bool {
    let special = |byte: u8| matches!(byte, b'"' | b'\\' | 0..0x20) || byte >= end;
    // Within a part all bytes are looked at, so that many are looked at at once.
    let mut parts = text.as_bytes().chunks(64);
    !parts.any(|part| {
        part.iter()
            .fold(false, |found, byte| found | special(*byte))
    })
}

/// `text` in quotes, in ASCII.
pub fn quoted(text: &str) -> String {
    let mut out = Vec::new();
    quote(&mut out, text, true);
    String::from_utf8_lossy(&out).into_owned()
}

/// Adds one character of a text, as it stands between quotes.
pub fn escape(out: &mut Vec<u8>, c: char, ascii: bool) {
    let short = match c {
        '"' => Some('"'),
        '\\' => Some('\\'),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        '\u{8}' => Some('b'),
        '\u{c}' => Some('f'),
        _ => None,
    };
    if let Some(short) = short {
        out.push(b'\\');
        out.extend_from_slice(short.encode_utf8(&mut [0; 4]).as_bytes());
    } else if c < ' ' || ascii && !(' '..='~').contains(&c) {
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to memory cannot fail.
            write!(out, "\\u{unit:04x}").ok();
        }
    } else {
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// The shortest text that reads back as `number`, as Python's `repr` writes it.
pub fn float(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        let sign = if number > 0.0 { "" } else { "-" };
        return format!("{sign}Infinity");
    }
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs());
    }
    let plain = number.to_string();
    if plain.contains('.') {
        plain
    } else {
        format!("{plain}.0")
    }
}

#[cfg(test)]
mod tests {
    use super::{float, quoted};

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
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(float(value), expected);
        }
    }

    #[test]
    fn writes_text_as_ascii() {
        let text = "ü\u{1F600}\u{7f}\"\\/\u{8}\u{1}\n";
        assert_eq!(quoted(text), r#""\u00fc\ud83d\ude00\u007f\"\\/\b\u0001\n""#);
    }
}
