//! Whole numbers in base 36, as in the times of password reset tokens.

use crate::crypto::digits;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Writes `number` in digits and lower-case letters.
pub fn encode(number: u64) -> String {
    digits::write(number, DIGITS)
}

/// Reads what [`encode`] writes, in either case; `None` for anything else.
pub fn decode(text: &str) -> Option<u64> {
    // The parser would take a sign.
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    u64::from_str_radix(text, 36).ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use serde_json::Value;

    use super::{decode, encode};

    #[test]
    fn agrees_with_django() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../tests/vectors/signing.json")).unwrap();
        for vector in vectors["b36"].as_array().unwrap() {
            let (number, text) = (vector["n"].as_u64().unwrap(), vector["b36"].as_str());
            assert_eq!(encode(number), text.unwrap(), "{vector}");
            assert_eq!(decode(text.unwrap()), Some(number), "{vector}");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", "-", "+1", "-1", "a_b", " 1", "é", "zzzzzzzzzzzzzz"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(number: u64) {
            assert_eq!(decode(&encode(number)), Some(number));
        }

        #[test]
        fn survives_any_text(text in any::<String>()) {
            decode(&text);
        }
    }
}
