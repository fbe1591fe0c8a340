//! One request's view of its session: nothing is written before [`Session::save`].

use crate::json::Json;
use crate::sessions::edit::SessionChanges;
use crate::sessions::expiry::EXPIRY_KEY;
use crate::sessions::{
    KeptSession, SessionData, SessionEdit, SessionError, SessionExpiry, SessionKey, SessionStore,
    SessionVersion,
};

/// The name and the value of Django's test cookie.
const TEST_COOKIE: &str = "testcookie";
const TEST_COOKIE_VALUE: &str = "worked";

/// One request's view of its session.
#[derive(Debug, Default)]
pub struct Session {
    key: Option<SessionKey>,
    data: SessionData,
    /// What the engine knew it by when it was read.
    version: SessionVersion,
    /// What in the data is not as it was read.
    changes: SessionChanges,
    /// The key whose data moves to a new one.
    previous_key: Option<SessionKey>,
    /// The keys whose data is given up.
    flushed_keys: Vec<SessionKey>,
    modified: bool,
}

impl Session {
    /// The session kept under `key`, or, where there is none, an empty one without a key.
    pub fn load(store: &dyn SessionStore, key: Option<SessionKey>) -> Result<Self, SessionError> {
        let Some(key) = key else {
            return Ok(Self::default());
        };
        Ok(match store.load_kept(&key)? {
            Some(KeptSession { data, version }) => Self {
                key: Some(key),
                data,
                version,
                ..Self::default()
            },
            None => Self::default(),
        })
    }

    /// The key it is kept under; none before it is first saved.
    pub fn key(&self) -> Option<&SessionKey> {
        self.key.as_ref()
    }

    /// What it keeps.
    pub fn data(&self) -> &SessionData {
        &self.data
    }

    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.data.get(name)
    }

    /// Keeps `value`.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) {
        let name = name.into();
        self.changes.add(&name);
        self.data.insert(name, value);
        self.modified = true;
    }

    /// The value of this name; where there is none, `value`, which is kept (`setdefault`).
    pub fn get_or_insert(&mut self, name: &str, value: impl Into<Json>) -> Json {
        if let Some(value) = self.data.get(name) {
            return value.clone();
        }
        let value = value.into();
        self.insert(name, value.clone());
        value
    }

    /// Keeps each of `values` under its name (`update`).
    pub fn extend(&mut self, values: impl IntoIterator<Item = (String, Json)>) {
        for (name, value) in values {
            self.insert(name, value);
        }
        self.modified = true;
    }

    /// Takes a value out (`pop`, `del`).
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let removed = self.data.remove(name);
        if removed.is_some() {
            self.changes.add(name);
            self.modified = true;
        }
        removed
    }

    /// Takes everything out, and stays under its key.
    pub fn clear(&mut self) {
        self.data.clear();
        self.changes.add_everything();
        self.modified = true;
    }

    /// Ends it by `expiry`, or, without one, as the settings say.
    pub fn set_expiry(&mut self, expiry: Option<SessionExpiry>) {
        let is_change = expiry.is_some() || self.data.contains(EXPIRY_KEY);
        self.data.set_expiry(expiry);
        if is_change {
            self.changes.add(EXPIRY_KEY);
            self.modified = true;
        }
    }

    /// Keeps a value by which a later request can tell that the browser keeps cookies (`set_test_cookie`).
    pub fn set_test_cookie(&mut self) {
        self.insert(TEST_COOKIE, TEST_COOKIE_VALUE);
    }

    /// Whether the browser sent back what [`Session::set_test_cookie`] kept.
    pub fn test_cookie_worked(&self) -> bool {
        self.data.text(TEST_COOKIE) == Some(TEST_COOKIE_VALUE)
    }

    /// Takes that value out.
    pub fn delete_test_cookie(&mut self) {
        self.remove(TEST_COOKIE);
    }

    /// Moves the data to a new key, so that whoever knew the old one is left without.
    pub fn cycle_key(&mut self) {
        if let Some(key) = self.key.take() {
            self.flushed_keys.extend(self.previous_key.replace(key));
        }
        self.modified = true;
    }

    /// Gives up the data and the key.
    pub fn flush(&mut self) {
        self.clear();
        self.flushed_keys.extend(self.key.take());
        self.flushed_keys.extend(self.previous_key.take());
    }

    /// Whether something changed that is not saved.
    pub fn is_modified(&self) -> bool {
        self.modified
    }

    /// Whether there is neither a key nor data: the browser needs no cookie.
    pub fn is_empty(&self) -> bool {
        self.key.is_none() && self.data.is_empty()
    }

    /// Keeps the data, under a new key where it has none; deletes the keys it left.
    ///
    /// An empty session that was never kept is not kept now either.
    pub fn save(&mut self, store: &dyn SessionStore) -> Result<(), SessionError> {
        match &self.key {
            Some(key) => {
                let edit = SessionEdit::new(&self.data, &self.changes, &self.version);
                self.key = Some(store.save(key, edit)?);
            }
            None if self.data.is_empty() => {}
            None => self.key = Some(store.create(&self.data)?),
        }
        if let Some(previous_key) = self.previous_key.take() {
            store.delete(&previous_key)?;
        }
        self.modified = false;
        self.changes = SessionChanges::default();
        self.version = SessionVersion::default();
        self.delete_flushed_keys(store)
    }

    /// Keeps the data under a new key at once, even where there are none.
    pub fn create(&mut self, store: &dyn SessionStore) -> Result<(), SessionError> {
        self.key = Some(store.create(&self.data)?);
        self.changes = SessionChanges::default();
        self.version = SessionVersion::default();
        self.modified = true;
        Ok(())
    }

    /// Deletes what was given up and keeps no change: for a request that failed.
    pub fn delete_flushed_keys(&mut self, store: &dyn SessionStore) -> Result<(), SessionError> {
        for key in std::mem::take(&mut self.flushed_keys) {
            store.delete(&key)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Session;
    use crate::sessions::database::tests::store;
    use crate::sessions::{SessionKey, SessionStore};
    use crate::test_database::TestDatabase;

    /// A session with a cart, and its key.
    fn saved(store: &dyn SessionStore) -> (Session, SessionKey) {
        let mut session = Session::default();
        session.insert("cart", 1);
        session.save(store).unwrap();
        let key = session.key().cloned().unwrap();
        (session, key)
    }

    #[test]
    fn keeps_nothing_of_an_empty_session() {
        let database = TestDatabase::migrated();
        let store = store(&database);
        let mut session = Session::load(&store, None).unwrap();
        session.save(&store).unwrap();
        assert!(session.is_empty() && session.key().is_none());
        session.insert("cart", 1);
        session.save(&store).unwrap();
        assert!(session.key().is_some() && !session.is_modified());
    }

    #[test]
    fn moves_to_a_new_key_with_its_data() {
        let database = TestDatabase::migrated();
        let store = store(&database);
        let (mut session, old) = saved(&store);
        session.cycle_key();
        session.save(&store).unwrap();
        assert!(!store.exists(&old).unwrap());
        let moved = Session::load(&store, session.key().cloned()).unwrap();
        assert_eq!(moved.get("cart"), Some(&1.into()));
        assert!(Session::load(&store, Some(old)).unwrap().is_empty());
    }

    #[test]
    fn forgets_all_when_flushed() {
        let database = TestDatabase::migrated();
        let store = store(&database);
        let (mut session, old) = saved(&store);
        session.flush();
        assert!(session.is_empty());
        session.delete_flushed_keys(&store).unwrap();
        assert!(!store.exists(&old).unwrap());
    }

    #[test]
    fn keeps_the_old_key_when_the_request_failed() {
        let database = TestDatabase::migrated();
        let store = store(&database);
        let (mut session, old) = saved(&store);
        session.cycle_key();
        session.delete_flushed_keys(&store).unwrap();
        assert!(store.exists(&old).unwrap());
    }
}
