//! Text with a signature behind it.

use crate::crypto::{self, Hash, base64url, salted_hmac};
use crate::signing::{SecretKeys, SigningError};

/// Signs text for one use, which the salt names: `value:signature`.
#[derive(Clone, Debug)]
pub struct Signer {
    keys: SecretKeys,
    salt: String,
    separator: char,
    hash: Hash,
}

impl Signer {
    /// Signs with `keys` for the use that `salt` names.
    pub fn new(keys: &SecretKeys, salt: &str) -> Self {
        Self {
            keys: keys.clone(),
            salt: salt.to_owned(),
            separator: ':',
            hash: Hash::Sha256,
        }
    }

    /// Puts `separator` in front of the signature; no character of base64 can be one.
    #[must_use]
    pub fn with_separator(mut self, separator: char) -> Self {
        self.separator = separator;
        self
    }

    /// Signs with another hash than SHA-256.
    #[must_use]
    pub fn with_hash(mut self, hash: Hash) -> Self {
        self.hash = hash;
        self
    }

    /// The character in front of the signature.
    pub fn separator(&self) -> char {
        self.separator
    }

    /// The signature of `value`.
    pub fn signature(&self, value: &str) -> String {
        self.signature_with(value, self.keys.primary())
    }

    fn signature_with(&self, value: &str, key: &str) -> String {
        let salt = format!("{}signer", self.salt);
        base64url::encode(salted_hmac(&salt, value.as_bytes(), key, self.hash))
    }

    /// `value` with its signature.
    pub fn sign(&self, value: &str) -> String {
        format!("{value}{}{}", self.separator, self.signature(value))
    }

    /// The value in `signed`, if one of the keys signed it.
    pub fn unsign<'s>(&self, signed: &'s str) -> Result<&'s str, SigningError> {
        let (value, signature) = signed
            .rsplit_once(self.separator)
            .ok_or(SigningError::NoSeparator(self.separator))?;
        let matches = |key| crypto::constant_time_eq(signature, self.signature_with(value, key));
        if self.keys.all().any(matches) {
            Ok(value)
        } else {
            Err(SigningError::Mismatch)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::Signer;
    use crate::crypto::Hash;
    use crate::signing::SecretKeys;

    #[test]
    fn signs_as_django() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../tests/vectors/signing.json")).unwrap();
        let vectors = vectors["signing"].as_array().unwrap();
        let plain = vectors
            .iter()
            .filter(|vector| vector["op"] == "Signer.sign");
        for vector in plain {
            let text = |key: &str| vector[key].as_str().unwrap();
            let hash = match text("algorithm") {
                "sha1" => Hash::Sha1,
                "sha512" => Hash::Sha512,
                _ => Hash::Sha256,
            };
            let signer = Signer::new(&SecretKeys::new(text("key"), Vec::new()), text("salt"))
                .with_separator(text("sep").chars().next().unwrap())
                .with_hash(hash);
            assert_eq!(signer.sign(text("value")), text("out"), "{vector}");
            assert_eq!(signer.unsign(text("out")).unwrap(), text("value"));
        }
    }

    #[test]
    fn accepts_older_keys_and_signs_with_the_newest() {
        let old = Signer::new(&SecretKeys::new("old", Vec::new()), "salt");
        let new = Signer::new(&SecretKeys::new("new", vec!["old".to_owned()]), "salt");
        assert_eq!(new.unsign(&old.sign("value")).unwrap(), "value");
        assert!(old.unsign(&new.sign("value")).is_err());
    }

    #[test]
    fn keeps_uses_apart() {
        let keys = SecretKeys::new("key", Vec::new());
        let signed = Signer::new(&keys, "one").sign("value");
        assert!(Signer::new(&keys, "other").unsign(&signed).is_err());
    }
}
