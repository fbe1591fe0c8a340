//! Sessions in the cookie itself, signed and readable for whoever has the browser.

use std::sync::Arc;
use std::time::Duration;

use crate::clock;
use crate::sessions::{
    KeptSession, SessionCodec, SessionData, SessionEdit, SessionEngine, SessionError, SessionKey,
    SessionStore,
};
use crate::settings::CookieSettings;
use crate::signing::SecretKeys;

/// Bytes of name and value together that every browser keeps (RFC 6265, 6.1).
const COOKIE_BYTES: usize = 4096;

/// The engine `signed_cookies`: nothing is kept here, so nothing can be taken back.
#[derive(Clone, Debug)]
pub(super) struct SignedCookiesEngine {
    most: usize,
    cookie_age: Duration,
}

impl SignedCookiesEngine {
    /// Keeps sessions in the cookie of `settings`.
    pub(super) fn new(settings: &CookieSettings) -> Self {
        Self {
            most: COOKIE_BYTES.saturating_sub(settings.name.len() + 1),
            cookie_age: settings.age,
        }
    }

    fn cookie_store(&self, keys: &SecretKeys) -> SignedCookiesStore {
        SignedCookiesStore {
            engine: self.clone(),
            codec: SessionCodec::in_cookies(keys),
        }
    }
}

impl SessionEngine for SignedCookiesEngine {
    fn store(&self, keys: &SecretKeys) -> Arc<dyn SessionStore> {
        Arc::new(self.cookie_store(keys))
    }
}

/// Reads and signs cookies.
#[derive(Debug)]
struct SignedCookiesStore {
    engine: SignedCookiesEngine,
    codec: SessionCodec,
}

impl SessionStore for SignedCookiesStore {
    fn key_in_cookie(&self, cookie: &str) -> Option<SessionKey> {
        let fits = cookie.len() <= self.engine.most;
        fits.then(|| SessionKey::opaque(cookie.to_owned()))
    }

    /// The age of the settings counts, as in Django, and where the session ends before that, its own.
    fn load_kept(&self, key: &SessionKey) -> Result<Option<KeptSession>, SessionError> {
        let age = self.engine.cookie_age;
        let found = self.codec.decode_timed(key.as_str(), Some(age));
        Ok(found.and_then(|found| {
            let ends = found.value.expiry_date(found.signed_at, age);
            (ends > clock::now()).then(|| found.value.into())
        }))
    }

    fn exists(&self, _: &SessionKey) -> Result<bool, SessionError> {
        Ok(false)
    }

    fn create(&self, data: &SessionData) -> Result<SessionKey, SessionError> {
        let cookie = self.codec.encode(data);
        let (size, most) = (cookie.len(), self.engine.most);
        if size > most {
            return Err(SessionError::TooLarge { size, most });
        }
        Ok(SessionKey::opaque(cookie))
    }

    /// What another request wrote is in a cookie that was not sent with this one.
    fn save(&self, _: &SessionKey, edit: SessionEdit<'_>) -> Result<SessionKey, SessionError> {
        self.create(edit.data())
    }

    fn delete(&self, _: &SessionKey) -> Result<(), SessionError> {
        Ok(())
    }
}
