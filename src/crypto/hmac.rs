//! Keyed hashes whose key is derived from a salt and a secret, as Django's `salted_hmac`.

use ::hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use zeroize::Zeroizing;

/// A hash function.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Hash {
    /// SHA-1, which Django once signed with.
    Sha1,
    /// SHA-256, which Django signs with.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// The HMAC of `value` under the hash of `key_salt` and `secret`.
///
/// The salt keeps uses apart: a signature made for one is worth nothing in another.
pub fn salted_hmac(key_salt: &str, value: &[u8], secret: &str, hash: Hash) -> Vec<u8> {
    // What keys are derived from, and the keys, are not left in memory.
    let salted = Zeroizing::new([key_salt.as_bytes(), secret.as_bytes()].concat());
    match hash {
        Hash::Sha1 => {
            let mac = Hmac::<Sha1>::new_from_slice(&derived::<Sha1>(&salted));
            finish(mac.map(|mac| mac.chain_update(value).finalize().into_bytes().to_vec()))
        }
        Hash::Sha256 => {
            let mac = Hmac::<Sha256>::new_from_slice(&derived::<Sha256>(&salted));
            finish(mac.map(|mac| mac.chain_update(value).finalize().into_bytes().to_vec()))
        }
        Hash::Sha512 => {
            let mac = Hmac::<Sha512>::new_from_slice(&derived::<Sha512>(&salted));
            finish(mac.map(|mac| mac.chain_update(value).finalize().into_bytes().to_vec()))
        }
    }
}

/// The hash of `salted`, as a key.
fn derived<D: sha2::Digest>(salted: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(D::digest(salted).to_vec())
}

fn finish<E: std::fmt::Debug>(mac: Result<Vec<u8>, E>) -> Vec<u8> {
    mac.expect("HMAC takes keys of any length")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Hash, salted_hmac};
    use crate::crypto::hex;

    #[test]
    fn agrees_with_django() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../tests/vectors/signing.json")).unwrap();
        for vector in vectors["salted_hmac"].as_array().unwrap() {
            let text = |key: &str| vector[key].as_str().unwrap();
            let hash = match text("algorithm") {
                "sha1" => Hash::Sha1,
                "sha256" => Hash::Sha256,
                _ => Hash::Sha512,
            };
            let value = text("value").as_bytes();
            let mac = salted_hmac(text("key_salt"), value, text("secret"), hash);
            assert_eq!(hex(&mac), text("hex"), "{vector}");
        }
    }
}
