//! Whether a text looks like an encoded hash, without hashing anything.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use crate::auth::password_hashers::is_password_usable;

/// The algorithm whose well-formed hash `encoded` is; `None` for any other text, a bare password above all.
pub fn encoded_algorithm(encoded: &str) -> Option<&'static str> {
    let parts: Vec<_> = encoded.split('$').collect();
    let number = |text: &str| text.parse::<u32>().is_ok_and(|number| number > 0);
    match parts.as_slice() {
        ["argon2", kind, middle @ .., salt, hash] => {
            let sound = ["argon2id", "argon2i", "argon2d"].contains(kind)
                && matches!(middle, [_] | [_, _])
                && middle.iter().all(|part| part.contains('='))
                && [salt, hash]
                    .iter()
                    .all(|part| STANDARD_NO_PAD.decode(part).is_ok());
            sound.then_some("argon2")
        }
        ["pbkdf2_sha256", cost, salt, hash] => {
            (number(cost) && !salt.is_empty() && decodes_to_length(hash, 32))
                .then_some("pbkdf2_sha256")
        }
        ["pbkdf2_sha1", cost, salt, hash] => {
            (number(cost) && !salt.is_empty() && decodes_to_length(hash, 20))
                .then_some("pbkdf2_sha1")
        }
        ["scrypt", cost, salt, block, parallel, hash] => {
            let numbers = [cost, block, parallel].into_iter().all(|part| number(part));
            (numbers && !salt.is_empty() && decodes_to_length(hash, 64)).then_some("scrypt")
        }
        ["bcrypt_sha256", "", version, cost, hash] => {
            is_bcrypt(version, cost, hash).then_some("bcrypt_sha256")
        }
        ["bcrypt", "", version, cost, hash] => is_bcrypt(version, cost, hash).then_some("bcrypt"),
        ["md5", _, hash] => {
            let hex = hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            hex.then_some("md5")
        }
        _ => None,
    }
}

/// Whether `encoded` is a well-formed hash, or marks a password that nothing matches.
pub fn is_encoded(encoded: &str) -> bool {
    !is_password_usable(encoded) || encoded_algorithm(encoded).is_some()
}

fn decodes_to_length(hash: &str, bytes: usize) -> bool {
    STANDARD.decode(hash).is_ok_and(|hash| hash.len() == bytes)
}

fn is_bcrypt(version: &str, cost: &str, hash: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"./".contains(&byte);
    ["2a", "2b", "2x", "2y"].contains(&version)
        && cost.len() == 2
        && cost.bytes().all(|byte| byte.is_ascii_digit())
        && hash.len() == 53
        && hash.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::{encoded_algorithm, is_encoded};
    use crate::auth::tests::hashers;

    #[test]
    fn knows_the_hashes_of_every_algorithm() {
        for name in ["pbkdf2_sha256", "pbkdf2_sha1", "md5"] {
            let encoded = hashers([name]).make_password("secret").unwrap();
            assert_eq!(encoded_algorithm(&encoded), Some(name), "{encoded}");
        }
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/vectors/passwords.json")).unwrap();
        for vector in vectors["passwords"].as_array().unwrap() {
            assert!(is_encoded(vector["encoded"].as_str().unwrap()), "{vector}");
        }
    }

    #[test]
    fn takes_no_password_for_a_hash() {
        for text in [
            "",
            "secret",
            "pa$$word",
            "md5$salt$short",
            "argon2$a$b$c$d",
            "pbkdf2_sha256$0$salt$AAAA",
            "bcrypt$$2b$12$short",
        ] {
            assert!(!is_encoded(text), "{text}");
        }
        assert!(is_encoded("!anything"));
    }
}
