//! Percent encoding (RFC 3986, 2.1).

use std::borrow::Cow;
use std::fmt::Write as _;

/// What [`encode`] leaves alone besides letters, digits and `-._~`.
pub mod safe {
    /// A path: Django's `escape_uri_path`.
    pub const PATH: &str = "/:@&+$,!*'()";
    /// The name of a stored file: Django's `filepath_to_uri`.
    pub const FILE: &str = "/~!*()'";
    /// A reversed URL: the sub-delimiters of RFC 3986 and what paths hold.
    pub const REVERSE: &str = "!$&'()*+,;=/~:@";
    /// A whole URL, encoded parts included: Django's `iri_to_uri`.
    pub const IRI: &str = "/#%[]=:;$&()+,!?*@'~";
    /// A value in a query that may keep its slashes: Python's `quote`.
    pub const SLASH: &str = "/";
    /// A value by itself.
    pub const NOTHING: &str = "";
}

/// Encodes all bytes of `text` but letters, digits, `-._~` and those in `safe`.
pub fn encode(text: &str, safe: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let kept = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if kept || safe.as_bytes().contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Decodes `text`; a `%` that two hexadecimal digits do not follow stands for itself.
pub fn decode_bytes(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        let digits = bytes.get(index + 1..index + 3).filter(|_| *byte == b'%');
        if let Some(value) = digits.and_then(hexadecimal) {
            decoded.push(value);
            index += 3;
        } else {
            decoded.push(*byte);
            index += 1;
        }
    }
    decoded
}

/// Decodes `text`; `None` where the outcome is not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    String::from_utf8(decode_bytes(text)).ok()
}

/// The same without a copy where nothing is encoded.
pub fn decoded(text: &str) -> Option<Cow<'_, str>> {
    if text.contains('%') {
        decode(text).map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(text))
    }
}

/// Decodes a form's name or value: `+` is a space, what is not UTF-8 becomes `U+FFFD`.
pub fn decode_form(text: &str) -> String {
    let decoded = decode_bytes(&text.replace('+', " "));
    String::from_utf8(decoded)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let value = digit(digits[0])? * 16 + digit(digits[1])?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{decode, decode_form, encode, safe};

    #[test]
    fn decodes_strictly() {
        assert_eq!(decode("/a%20b%2Fc").as_deref(), Some("/a b/c"));
        assert_eq!(decode("%C3%A9").as_deref(), Some("é"));
        assert_eq!(decode("%FF"), None);
        assert_eq!(decode("%2").as_deref(), Some("%2"));
        assert_eq!(decode("%zz%+1").as_deref(), Some("%zz%+1"));
    }

    #[test]
    fn decodes_forms() {
        assert_eq!(decode_form("a+b%2B"), "a b+");
        assert_eq!(decode_form("%FF"), "\u{FFFD}");
    }

    #[test]
    fn encodes_what_is_not_safe() {
        assert_eq!(encode("/a b?é", safe::PATH), "/a%20b%3F%C3%A9");
        assert_eq!(encode("/prot/?a=1", safe::SLASH), "/prot/%3Fa%3D1");
        assert_eq!(encode("/a%20b?x=é", safe::IRI), "/a%20b?x=%C3%A9");
    }

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_itself(text in ".*") {
            prop_assert_eq!(decode(&encode(&text, safe::NOTHING)), Some(text));
        }
    }
}
