//! Randomness, message authentication and the text forms of bytes, as Django's `crypto` has them.
//!
//! * [`Secret`]: passwords and keys, overwritten when they are done with.
//! * [`random_string`]: keys and salts.
//! * [`salted_hmac`], [`constant_time_eq`]: what signatures are made of and compared with.
//! * [`base36`], [`base62`], [`base64url`]: numbers and bytes as text.
//! * [`csrf`]: secrets and the masks they are shown under.

pub mod base36;
pub mod base62;
pub mod base64url;
pub mod csrf;
mod digits;
mod hmac;
mod random;
mod secret;

pub use hmac::{Hash, salted_hmac};
pub use random::{ALPHANUMERIC, LOWER_ALPHANUMERIC, random_bytes, random_string};
pub use secret::Secret;

use subtle::ConstantTimeEq as _;

/// Whether both are equal, found out in a time that depends on their length alone.
pub fn constant_time_eq(left: impl AsRef<[u8]>, right: impl AsRef<[u8]>) -> bool {
    left.as_ref().ct_eq(right.as_ref()).into()
}

/// `bytes` as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{constant_time_eq, hex};

    #[test]
    fn compares_length_and_content() {
        assert!(constant_time_eq("secret", "secret"));
        assert!(!constant_time_eq("secret", "secreT"));
        assert!(!constant_time_eq("secret", "secre"));
    }

    #[test]
    fn writes_bytes_in_lower_case() {
        assert_eq!(hex(&[0, 15, 171, 255]), "000fabff");
    }
}
