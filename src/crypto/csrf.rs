//! The secret against forged requests, and the masks that keep its text from repeating in pages.
//!
//! The cookie holds the secret; a form holds `mask || cipher`, where each
//! character of the cipher is the sum of secret and mask in the alphabet.

use crate::crypto::{ALPHANUMERIC, constant_time_eq, random_string};

/// Characters of a secret.
pub const SECRET_LENGTH: usize = 32;

/// Characters of a masked token.
pub const TOKEN_LENGTH: usize = 2 * SECRET_LENGTH;

/// Why a text is neither a secret nor a masked token.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum TokenFormatError {
    /// It is too short or too long.
    #[error("has incorrect length")]
    Length,
    /// A character is not of the alphabet.
    #[error("has invalid characters")]
    Characters,
}

/// A new secret.
pub fn new_secret() -> String {
    random_string(SECRET_LENGTH, ALPHANUMERIC)
}

/// The secret under a new mask, for a form or a script.
pub fn mask(secret: &str) -> String {
    mask_with(secret, &new_secret())
}

fn mask_with(secret: &str, mask: &str) -> String {
    let cipher = combine(secret, mask, |secret, mask| secret + mask);
    format!("{mask}{cipher}")
}

/// The secret in `token`, which is a secret or a masked one, as cookies and forms hold it.
pub fn unmask(token: &str) -> Result<String, TokenFormatError> {
    let length = token.chars().count();
    if length != SECRET_LENGTH && length != TOKEN_LENGTH {
        return Err(TokenFormatError::Length);
    }
    if !token.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(TokenFormatError::Characters);
    }
    if length == SECRET_LENGTH {
        return Ok(token.to_owned());
    }
    let (mask, cipher) = token.split_at(SECRET_LENGTH);
    let size = ALPHANUMERIC.len();
    Ok(combine(cipher, mask, |cipher, mask| cipher + size - mask))
}

/// Whether the submitted `token` stands for `secret`, found out in constant time.
pub fn matches(token: &str, secret: &str) -> Result<bool, TokenFormatError> {
    Ok(constant_time_eq(unmask(token)?, secret))
}

/// Combines two texts of the alphabet, character by character.
fn combine(left: &str, right: &str, operation: impl Fn(usize, usize) -> usize) -> String {
    let alphabet = ALPHANUMERIC.as_bytes();
    let indices = left.bytes().map(index).zip(right.bytes().map(index));
    indices
        .map(|(left, right)| char::from(alphabet[operation(left, right) % alphabet.len()]))
        .collect()
}

fn index(character: u8) -> usize {
    let index = match character {
        b'a'..=b'z' => character - b'a',
        b'A'..=b'Z' => character - b'A' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        _ => 0,
    };
    usize::from(index)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{mask, mask_with, matches, new_secret, unmask};

    fn vectors() -> Value {
        serde_json::from_str(include_str!("../../tests/vectors/csrf.json")).unwrap()
    }

    #[test]
    fn masks_as_django() {
        for vector in vectors()["csrf"].as_array().unwrap() {
            let text = |key: &str| vector[key].as_str().unwrap();
            assert_eq!(mask_with(text("secret"), text("mask")), text("token"));
            assert_eq!(unmask(text("token")).unwrap(), text("secret"));
        }
    }

    #[test]
    fn matches_as_django() {
        for vector in vectors()["csrf_match"].as_array().unwrap() {
            let text = |key: &str| vector[key].as_str().unwrap();
            match matches(text("submitted"), text("cookie_secret")) {
                Ok(matched) => assert_eq!(matched, vector["result"], "{vector}"),
                Err(error) => assert_eq!(
                    format!("InvalidTokenFormat: {error}"),
                    text("result"),
                    "{vector}"
                ),
            }
        }
    }

    #[test]
    fn shows_a_secret_differently_each_time() {
        let secret = new_secret();
        let (one, other) = (mask(&secret), mask(&secret));
        assert_ne!(one, other);
        assert!(matches(&one, &secret).unwrap() && matches(&other, &secret).unwrap());
    }
}
