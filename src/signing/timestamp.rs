//! Signed text that knows when it was signed.

use std::time::Duration;

use crate::clock::{self, Moment};
use crate::crypto::base62;
use crate::signing::{SecretKeys, Signer, SigningError};

/// Signs text with the time: `value:time:signature`.
#[derive(Clone, Debug)]
pub struct TimestampSigner {
    signer: Signer,
    now: Option<Moment>,
}

/// What was signed, and when.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Timed<T> {
    /// What was signed.
    pub value: T,
    /// When, in whole seconds.
    pub signed_at: Moment,
}

impl TimestampSigner {
    /// Signs with `keys` for the use that `salt` names.
    pub fn new(keys: &SecretKeys, salt: &str) -> Self {
        Self {
            signer: Signer::new(keys, salt),
            now: None,
        }
    }

    /// Takes `now` for the current moment.
    #[must_use]
    pub fn at(mut self, now: Moment) -> Self {
        self.now = Some(now);
        self
    }

    fn now(&self) -> Moment {
        self.now.unwrap_or_else(clock::now)
    }

    /// `value` with the time and the signature of both.
    pub fn sign(&self, value: &str) -> String {
        let time = base62::encode(self.now().unix_seconds());
        let separator = self.signer.separator();
        self.signer.sign(&format!("{value}{separator}{time}"))
    }

    /// The value in `signed`, if one of the keys signed it no longer than `max_age` ago.
    pub fn unsign<'s>(
        &self,
        signed: &'s str,
        max_age: Option<Duration>,
    ) -> Result<&'s str, SigningError> {
        Ok(self.unsign_timed(signed, max_age)?.value)
    }

    /// The same, with the moment at which it was signed.
    pub fn unsign_timed<'s>(
        &self,
        signed: &'s str,
        max_age: Option<Duration>,
    ) -> Result<Timed<&'s str>, SigningError> {
        let timed = self.signer.unsign(signed)?;
        let (value, time) = timed
            .rsplit_once(self.signer.separator())
            .ok_or(SigningError::Payload)?;
        let time = base62::decode(time).ok_or(SigningError::Payload)?;
        let signed_at = Moment::from_unix_seconds(time);
        max_age.map_or(Ok(()), |max_age| self.check_age(signed_at, max_age))?;
        Ok(Timed { value, signed_at })
    }

    fn check_age(&self, signed_at: Moment, max_age: Duration) -> Result<(), SigningError> {
        let signed_at = signed_at.unix_microseconds();
        let age = self.now().unix_microseconds().saturating_sub(signed_at);
        let age = Duration::from_micros(u64::try_from(age).unwrap_or(0));
        if age <= max_age {
            return Ok(());
        }
        Err(SigningError::Expired {
            age: age.as_secs_f64(),
            limit: max_age.as_secs_f64(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::Value;

    use super::TimestampSigner;
    use crate::clock::Moment;
    use crate::signing::{SecretKeys, SigningError};

    const DEFAULT_SALT: &str = "django.core.signing.TimestampSigner";

    fn vectors() -> Value {
        serde_json::from_str(include_str!("../../tests/vectors/signing.json")).unwrap()
    }

    #[test]
    fn signs_as_django() {
        let vectors = vectors();
        let timed = vectors["signing"].as_array().unwrap().iter();
        for vector in timed.filter(|vector| vector["op"] == "TimestampSigner.sign") {
            let text = |key: &str| vector[key].as_str().unwrap();
            let time = Moment::from_unix_seconds(vector["time"].as_i64().unwrap());
            let keys = SecretKeys::new(text("key"), Vec::new());
            let signer = TimestampSigner::new(&keys, text("salt")).at(time);
            assert_eq!(signer.sign(text("value")), text("out"), "{vector}");
        }
    }

    #[test]
    fn lets_signatures_expire_as_django() {
        let vectors = vectors();
        let keys = SecretKeys::new(vectors["secret_key"].as_str().unwrap(), Vec::new());
        let failures = vectors["signing_failures"].as_array().unwrap().iter();
        for vector in failures.filter(|vector| vector["op"] == "TimestampSigner().unsign") {
            let now = Duration::from_secs_f64(vector["now"].as_f64().unwrap());
            let now = Moment::from_unix_seconds(0).after(now);
            let signer = TimestampSigner::new(&keys, DEFAULT_SALT).at(now);
            let max_age = vector["max_age"].as_f64().map(Duration::from_secs_f64);
            let expected = vector["result"].as_str().unwrap();
            match signer.unsign(vector["input"].as_str().unwrap(), max_age) {
                Ok(value) => assert_eq!(format!("'{value}'"), expected, "{vector}"),
                Err(SigningError::Expired { age, limit }) => assert_eq!(
                    format!("SignatureExpired: Signature age {age} > {limit} seconds"),
                    expected
                ),
                Err(error) => panic!("{error}: {vector}"),
            }
        }
    }
}
