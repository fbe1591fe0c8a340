//! Signed objects: compact JSON, compressed where that is shorter, in base64.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::crypto::base64url;
use crate::signing::{SecretKeys, SigningError, Timed, TimestampSigner};
use crate::{json, zlib};

/// The salt of [`dumps`] and [`loads`] where a use has none of its own.
pub const DEFAULT_SALT: &str = "django.core.signing";

/// Stands in front of compressed objects.
const COMPRESSED: char = '.';

/// How much a signed object may hold: what is signed was written by us, but once was input.
const MAX_SIZE: usize = 64 << 20;

impl TimestampSigner {
    /// `object` as signed text, compressed if asked for and shorter so.
    pub fn sign_object(
        &self,
        object: &impl Serialize,
        compress: bool,
    ) -> Result<String, SigningError> {
        let document = json::to_compact(object).map_err(|_| SigningError::Payload)?;
        Ok(self.sign_json(&document, compress))
    }

    /// A document of JSON as signed text, as it stands.
    pub fn sign_json(&self, document: &str, compress: bool) -> String {
        self.sign(&encode(document.as_bytes(), compress))
    }

    /// The object in `signed`, if one of the keys signed it no longer than `max_age` ago.
    pub fn unsign_object<T: DeserializeOwned>(
        &self,
        signed: &str,
        max_age: Option<Duration>,
    ) -> Result<T, SigningError> {
        let document = self.unsign_json(signed, max_age)?;
        serde_json::from_str(&document.value).map_err(|_| SigningError::Payload)
    }

    /// The document of JSON in `signed`, unread, and when it was signed.
    pub fn unsign_json(
        &self,
        signed: &str,
        max_age: Option<Duration>,
    ) -> Result<Timed<String>, SigningError> {
        let Timed { value, signed_at } = self.unsign_timed(signed, max_age)?;
        let document = decode(value).and_then(|bytes| String::from_utf8(bytes).ok());
        let value = document.ok_or(SigningError::Payload)?;
        Ok(Timed { value, signed_at })
    }
}

/// `object` as signed text, for the use that `salt` names; Django's `signing.dumps`.
pub fn dumps(
    object: &impl Serialize,
    keys: &SecretKeys,
    salt: &str,
    compress: bool,
) -> Result<String, SigningError> {
    TimestampSigner::new(keys, salt).sign_object(object, compress)
}

/// Reads what [`dumps`] or Django's `signing.dumps` wrote no longer than `max_age` ago.
pub fn loads<T: DeserializeOwned>(
    signed: &str,
    keys: &SecretKeys,
    salt: &str,
    max_age: Option<Duration>,
) -> Result<T, SigningError> {
    TimestampSigner::new(keys, salt).unsign_object(signed, max_age)
}

/// The document of JSON in an object that anybody may have signed, with a time or without.
pub fn unverified_json(signed: &str) -> Option<String> {
    let payload = signed.split(':').next()?;
    String::from_utf8(decode(payload)?).ok()
}

fn encode(json: &[u8], compress: bool) -> String {
    let compressed = compress.then(|| zlib::compress(json)).flatten();
    match compressed {
        // The mark in front must not eat up what was saved.
        Some(shorter) if shorter.len() + 1 < json.len() => {
            format!("{COMPRESSED}{}", base64url::encode(shorter))
        }
        _ => base64url::encode(json),
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let Some(compressed) = text.strip_prefix(COMPRESSED) else {
        return base64url::decode(text);
    };
    zlib::decompress(&base64url::decode(compressed)?, MAX_SIZE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use serde_json::Value;

    use super::{DEFAULT_SALT, decode, encode, loads};
    use crate::clock::Moment;
    use crate::signing::{SecretKeys, SigningError, TimestampSigner};

    fn vectors() -> Value {
        serde_json::from_str(include_str!("../../tests/vectors/signing.json")).unwrap()
    }

    #[test]
    fn signs_objects_as_django() {
        let vectors = vectors();
        let objects = vectors["signing"].as_array().unwrap().iter();
        for vector in objects.filter(|vector| vector["op"] == "signing.dumps") {
            let text = |key: &str| vector[key].as_str().unwrap();
            let keys = SecretKeys::new(text("key"), Vec::new());
            let time = Moment::from_unix_seconds(vector["time"].as_i64().unwrap());
            let signer = TimestampSigner::new(&keys, text("salt")).at(time);
            let read: Value = signer.unsign_object(text("out"), None).unwrap();
            assert_eq!(read, vector["obj"], "{vector}");
            let compress = vector["compress"].as_bool().unwrap();
            let written = signer.sign_object(&vector["obj"], compress).unwrap();
            if written.starts_with('.') {
                // Two compressors may differ in their bytes, and the signature with them.
                assert_eq!(vector["compressed"], true, "{vector}");
                assert_eq!(signer.unsign_object::<Value>(&written, None).unwrap(), read);
            } else {
                assert_eq!(written, text("out"), "{vector}");
            }
        }
    }

    #[test]
    fn refuses_what_django_refuses() {
        let vectors = vectors();
        let keys = SecretKeys::new(vectors["secret_key"].as_str().unwrap(), Vec::new());
        let failures = vectors["signing_failures"].as_array().unwrap().iter();
        for vector in failures.filter(|vector| vector["op"] == "signing.loads") {
            let input = vector["input"].as_str().unwrap();
            let expected = vector["result"].as_str().unwrap();
            match loads::<Value>(input, &keys, DEFAULT_SALT, None) {
                Ok(value) => assert_eq!(value, serde_json::json!([1, 2]), "{vector}"),
                Err(SigningError::NoSeparator(_) | SigningError::Mismatch) => {
                    assert!(expected.starts_with("BadSignature"), "{vector}");
                }
                Err(error) => {
                    assert!(matches!(error, SigningError::Payload), "{vector}");
                    assert!(expected.contains("rror"), "{vector}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(bytes: Vec<u8>, compress: bool) {
            assert_eq!(decode(&encode(&bytes, compress)).unwrap(), bytes);
        }

        #[test]
        fn survives_any_text(text in any::<String>()) {
            drop(decode(&text));
        }
    }
}
