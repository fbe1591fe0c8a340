//! The session of a request, read when it is first asked for.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::sessions::{Session, SessionError, SessionKey, SessionStore};

/// A request's session: whoever reads it marks it as read, so that caches are told.
#[derive(Debug)]
pub struct LazySession {
    key: Option<SessionKey>,
    store: Arc<dyn SessionStore>,
    cookie_age: Duration,
    session: Mutex<Option<Session>>,
    accessed: AtomicBool,
}

impl LazySession {
    /// The session that a cookie names by `key`, kept in `store` for `cookie_age`.
    pub fn new(
        key: Option<SessionKey>,
        store: Arc<dyn SessionStore>,
        cookie_age: Duration,
    ) -> Self {
        Self {
            key,
            store,
            cookie_age,
            session: Mutex::default(),
            accessed: AtomicBool::new(false),
        }
    }

    /// Reads or changes the session, which counts as asking for it.
    pub fn with<T>(&self, work: impl FnOnce(&mut Session) -> T) -> Result<T, SessionError> {
        self.accessed.store(true, Ordering::Relaxed);
        self.loaded(work)
    }

    /// A text it keeps.
    pub fn text(&self, name: &str) -> Result<Option<String>, SessionError> {
        self.with(|session| session.data().text(name).map(ToOwned::to_owned))
    }

    /// Keeps it under a new key at once.
    pub fn create(&self) -> Result<(), SessionError> {
        self.with(|session| session.create(&*self.store))?
    }

    /// Keeps the changes at once.
    pub fn save_now(&self) -> Result<(), SessionError> {
        self.with(|session| {
            if session.is_empty() {
                return session.create(&*self.store);
            }
            session.save(&*self.store)?;
            // The browser is still to be told.
            session.extend(Vec::new());
            Ok(())
        })?
    }

    /// Its key, as far as that is known without asking.
    pub fn key(&self) -> Option<SessionKey> {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        match session.as_ref() {
            Some(session) => session.key().cloned(),
            None => self.key.clone(),
        }
    }

    /// What keeps it.
    pub fn store(&self) -> &dyn SessionStore {
        &*self.store
    }

    /// Whether anybody asked for it.
    pub fn is_accessed(&self) -> bool {
        self.accessed.load(Ordering::Relaxed)
    }

    /// Whether something changed that is not saved.
    pub fn is_modified(&self) -> bool {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        session.as_ref().is_some_and(Session::is_modified)
    }

    /// Whether there is neither a key nor data, as far as that is known without asking.
    pub fn is_empty(&self) -> bool {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        session
            .as_ref()
            .map_or(self.key.is_none(), Session::is_empty)
    }

    /// Keeps the changes; returns the key, and how long it is kept, `None` until the browser ends.
    pub fn save(
        &self,
        ends_with_browser: bool,
    ) -> Result<Option<(SessionKey, Option<Duration>)>, SessionError> {
        let now = crate::clock::now();
        self.loaded(|session| {
            session.save(&*self.store)?;
            let data = session.data();
            let age = data.expiry_age(now, self.cookie_age);
            let age = Duration::from_secs(u64::try_from(age).unwrap_or_default());
            let kept = !data.expires_at_browser_close(ends_with_browser);
            Ok(session.key().cloned().map(|key| (key, kept.then_some(age))))
        })?
    }

    /// Deletes what was given up and keeps nothing else.
    pub fn abandon(&self) -> Result<(), SessionError> {
        // What did not change costs no connection.
        if !self.is_modified() {
            return Ok(());
        }
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        match session.as_mut() {
            Some(session) => session.delete_flushed_keys(&*self.store),
            None => Ok(()),
        }
    }

    fn loaded<T>(&self, work: impl FnOnce(&mut Session) -> T) -> Result<T, SessionError> {
        let mut slot = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let session = match slot.take() {
            Some(session) => session,
            None => self.load()?,
        };
        Ok(work(slot.insert(session)))
    }

    fn load(&self) -> Result<Session, SessionError> {
        Session::load(&*self.store, self.key.clone())
    }
}
