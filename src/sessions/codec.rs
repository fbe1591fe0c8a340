//! Session data as signed text, the same for every engine but signed cookies.

use std::time::Duration;

use crate::clock::Moment;
use crate::json::Json;
use crate::sessions::SessionData;
use crate::signing::{self, SecretKeys, Timed, TimestampSigner};

/// The salt of the engines that keep the text themselves.
const SESSION_STORE_SALT: &str = "django.contrib.sessions.SessionStore";

/// The salt of sessions that are cookies.
const SIGNED_COOKIES_SALT: &str = "django.contrib.sessions.backends.signed_cookies";

/// Writes and reads session data as signed text.
#[derive(Clone, Debug)]
pub struct SessionCodec(TimestampSigner);

impl SessionCodec {
    /// The codec of sessions in a database or in files.
    pub fn stored(keys: &SecretKeys) -> Self {
        Self(TimestampSigner::new(keys, SESSION_STORE_SALT))
    }

    /// The codec of sessions that are kept in the cookie itself.
    pub(super) fn in_cookies(keys: &SecretKeys) -> Self {
        Self(TimestampSigner::new(keys, SIGNED_COOKIES_SALT))
    }

    /// Signs with the time `now`.
    #[must_use]
    pub fn at(self, now: Moment) -> Self {
        Self(self.0.at(now))
    }

    /// `data` as signed text.
    pub fn encode(&self, data: &SessionData) -> String {
        self.0.sign_json(&data.to_json(), true)
    }

    /// The data in `text`; none where it was altered, or signed with a key that counts no more.
    pub fn decode(&self, text: &str) -> Option<SessionData> {
        Some(self.decode_timed(text, None)?.value)
    }

    /// The same with the moment at which it was written, if that is no longer than `age` ago.
    pub(super) fn decode_timed(
        &self,
        text: &str,
        age: Option<Duration>,
    ) -> Option<Timed<SessionData>> {
        let Timed { value, signed_at } = self.0.unsign_json(text, age).ok()?;
        let value = Self::read(&value)?;
        Some(Timed { value, signed_at })
    }

    /// The data in `text`, whoever wrote it: for those who only clear sessions away, and have no key.
    pub(super) fn decode_unverified(text: &str) -> Option<SessionData> {
        Self::read(&signing::unverified_json(text)?)
    }

    fn read(document: &str) -> Option<SessionData> {
        SessionData::from_json(Json::parse(document)?)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{SESSION_STORE_SALT, SessionCodec};
    use crate::clock::Moment;
    use crate::json::Json;
    use crate::sessions::SessionData;
    use crate::signing::SecretKeys;

    fn vectors() -> (SecretKeys, Value) {
        let vectors: Value =
            serde_json::from_str(include_str!("../../tests/vectors/sessions.json")).unwrap();
        let key = vectors["secret_key"].as_str().unwrap();
        (SecretKeys::new(key, Vec::new()), vectors)
    }

    #[test]
    fn reads_and_writes_as_django() {
        let (keys, vectors) = vectors();
        let sessions = vectors["sessions"].as_array().unwrap().iter();
        let mut tried = 0;
        for vector in sessions.filter(|vector| vector["salt"] == SESSION_STORE_SALT) {
            let time = Moment::from_unix_seconds(vector["time"].as_i64().unwrap());
            let codec = SessionCodec::stored(&keys).at(time);
            let expected = vector["encoded"].as_str().unwrap();
            let data = codec.decode(expected).unwrap();
            assert_eq!(value(&data), vector["data"], "{vector}");
            let written = codec.encode(&data);
            // Two compressors may differ.
            if !written.starts_with('.') {
                tried += 1;
                assert_eq!(written, expected, "{vector}");
            }
            assert_eq!(codec.decode(&written), Some(data));
        }
        assert!(tried > 5);
    }

    #[test]
    fn takes_what_was_altered_for_nothing() {
        let (keys, vectors) = vectors();
        for vector in vectors["session_decode"].as_array().unwrap() {
            let decoded = SessionCodec::stored(&keys).decode(vector["input"].as_str().unwrap());
            let expected = Json::parse(&vector["decode_returns"].to_string()).unwrap();
            // Django hands a signed list on; a session is a map.
            let expected = SessionData::from_json(expected);
            assert_eq!(
                decoded.unwrap_or_default(),
                expected.unwrap_or_default(),
                "{vector}"
            );
        }
    }

    #[test]
    fn what_a_session_keeps_is_kept_whatever_python_puts_into_it() {
        let codec = SessionCodec::stored(&SecretKeys::new("key", Vec::new()));
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        for value in [
            "NaN",
            "-Infinity",
            "123456789012345678901234567890",
            r#""\ud83d""#,
            r#""\ud83d\ude00 \ude00""#,
            &deep,
        ] {
            let document = format!(r#"{{"_auth_user_id":"1","x":{value}}}"#);
            let data = codec.decode(&codec.0.sign_json(&document, true)).unwrap();
            assert_eq!(data.text("_auth_user_id"), Some("1"), "{value}");
            assert_eq!(data.to_json(), document);
        }
    }

    fn value(data: &SessionData) -> Value {
        serde_json::from_str(&data.to_json()).unwrap()
    }
}
