//! Whole numbers in base 62, as in the timestamps of signatures.

use crate::crypto::digits;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Writes `number`, with a minus sign where it is negative.
pub fn encode(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", digits::write(number.unsigned_abs(), DIGITS))
}

/// Reads what [`encode`] writes; `None` for anything else.
pub fn decode(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() {
        return None;
    }
    let number = digits.bytes().try_fold(0_i64, |number, digit| {
        let digit = DIGITS.iter().position(|candidate| *candidate == digit)?;
        number
            .checked_mul(62)?
            .checked_add(i64::try_from(digit).ok()?)
    })?;
    Some(if digits.len() < text.len() {
        -number
    } else {
        number
    })
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
        for vector in vectors["b62"].as_array().unwrap() {
            // Django's numbers have no limit; ours are timestamps.
            if let Some(number) = vector["n"].as_i64() {
                assert_eq!(encode(number), vector["b62"], "{vector}");
            }
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", "-", "a_b", "é", "zzzzzzzzzzzz"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(number in (i64::MIN + 1)..) {
            assert_eq!(decode(&encode(number)), Some(number));
        }

        #[test]
        fn survives_any_text(text in any::<String>()) {
            decode(&text);
        }
    }
}
