//! Signed values of cookies: Django's `set_signed_cookie` and `get_signed_cookie`.

use std::time::Duration;

use crate::clock::Moment;
use crate::signing::{SecretKeys, SigningError, TimestampSigner};

/// Stands in front of the secret keys: what is signed for a cookie is worth nothing elsewhere.
pub const COOKIE_KEY_PREFIX: &str = "django.http.cookies";

/// Signs values of one cookie, for the use that a salt names; they tell when they were signed.
#[derive(Clone, Debug)]
pub struct CookieSigner {
    signer: TimestampSigner,
    legacy: Option<TimestampSigner>,
}

impl CookieSigner {
    /// Signs the cookie `name` with `keys`; an empty `salt` is the same as no salt.
    pub fn new(keys: &SecretKeys, name: &str, salt: &str) -> Self {
        let keys = keys.prefixed(COOKIE_KEY_PREFIX);
        let length = salt.chars().count();
        // With its length in front no other name and salt give the same text.
        let unambiguous = format!("{COOKIE_KEY_PREFIX}.v2:{length}:{salt}{name}");
        Self {
            signer: TimestampSigner::new(&keys, &unambiguous),
            legacy: Some(TimestampSigner::new(&keys, &format!("{name}{salt}"))),
        }
    }

    /// Refuses what Django signed before 5.2.15, where names and salts could be mistaken for each other.
    #[must_use]
    pub fn without_legacy(mut self) -> Self {
        self.legacy = None;
        self
    }

    /// Takes `now` for the current moment.
    #[must_use]
    pub fn at(mut self, now: Moment) -> Self {
        self.signer = self.signer.at(now);
        self.legacy = self.legacy.map(|legacy| legacy.at(now));
        self
    }

    /// The value of the cookie that says `value`.
    pub fn sign(&self, value: &str) -> String {
        self.signer.sign(value)
    }

    /// What the cookie says, if it was signed no longer than `max_age` ago.
    pub fn unsign<'s>(
        &self,
        signed: &'s str,
        max_age: Option<Duration>,
    ) -> Result<&'s str, SigningError> {
        let outcome = self.signer.unsign(signed, max_age);
        match (&outcome, &self.legacy) {
            // One that is too old was signed by today's rule.
            (Ok(_) | Err(SigningError::Expired { .. }), _) | (_, None) => outcome,
            (Err(_), Some(legacy)) => legacy.unsign(signed, max_age),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::Value;

    use super::{COOKIE_KEY_PREFIX, CookieSigner};
    use crate::clock::Moment;
    use crate::signing::{SecretKeys, SigningError, TimestampSigner};

    fn keys(of: &Value) -> SecretKeys {
        let key = of["key"].as_str().unwrap();
        SecretKeys::new(key.strip_prefix(COOKIE_KEY_PREFIX).unwrap(), Vec::new())
    }

    #[test]
    fn signs_and_reads_cookies_as_django() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../tests/vectors/signing.json")).unwrap();
        for vector in vectors["signed_cookies"].as_array().unwrap() {
            let text = |key: &str| vector[key].as_str().unwrap();
            let time = Moment::from_unix_seconds(vector["time"].as_i64().unwrap());
            let signer = CookieSigner::new(&keys(vector), text("name"), text("salt_arg")).at(time);
            assert_eq!(signer.sign(text("value")), text("signed_value"), "{vector}");
            let read = signer.unsign(text("signed_value"), Some(Duration::ZERO));
            assert_eq!(read.unwrap(), text("value"), "{vector}");
            let strict = signer.clone().without_legacy();
            assert_eq!(
                strict.unsign(text("signed_value"), None).unwrap(),
                text("value")
            );
            let salt = text("legacy_signer_salt");
            let prefixed = keys(vector).prefixed(COOKIE_KEY_PREFIX);
            let legacy = TimestampSigner::new(&prefixed, salt)
                .at(time)
                .sign(text("value"));
            assert_eq!(
                signer.unsign(&legacy, None).unwrap(),
                text("value"),
                "{vector}"
            );
            assert!(strict.unsign(&legacy, None).is_err(), "{vector}");
        }
    }

    #[test]
    fn names_and_salts_are_not_mistaken_for_each_other() {
        let keys = SecretKeys::new("key", Vec::new());
        let signed = CookieSigner::new(&keys, "tes", "tone").sign("value");
        let other = CookieSigner::new(&keys, "test", "one");
        assert!(other.unsign(&signed, None).is_err());
    }

    #[test]
    fn a_cookie_that_is_too_old_is_not_read_by_the_older_rule() {
        let keys = SecretKeys::new("key", vec!["old".to_owned()]);
        let (then, later) = (1_700_000_000, 1_700_000_011);
        let signer = CookieSigner::new(&SecretKeys::new("old", Vec::new()), "a", "");
        let cookie = signer.at(Moment::from_unix_seconds(then)).sign("value");
        let reader = CookieSigner::new(&keys, "a", "").at(Moment::from_unix_seconds(later));
        let age = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(reader.unsign(&cookie, age(11)).unwrap(), "value");
        let error = reader.unsign(&cookie, age(10)).unwrap_err();
        assert!(matches!(error, SigningError::Expired { .. }));
    }
}
