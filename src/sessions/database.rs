//! Sessions in the database, the default engine.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::clock::{self, Moment};
use crate::db::{Connection, ConnectionHandle, Connections, DatabaseAlias, ExpiringRows};
use crate::sessions::session_statements::{SESSION_TABLE, SessionStatements};
use crate::sessions::{
    ClearEvent, KeptSession, SessionCodec, SessionData, SessionEdit, SessionEngine, SessionError,
    SessionKey, SessionStore, SessionVersion,
};
use crate::signing::SecretKeys;

/// The rows of sessions, which end as Django has it: an end that is this very moment is not past.
const ROWS: ExpiringRows<'_> = ExpiringRows {
    table: SESSION_TABLE,
    key: "session_key",
    ends: "expire_date",
};

/// The engine `database`: sessions are rows of [`SESSION_TABLE`].
#[derive(Clone, Debug)]
pub struct DatabaseEngine {
    connections: Connections,
    alias: DatabaseAlias,
    cookie_age: Duration,
    statements: Arc<OnceLock<SessionStatements>>,
}

impl DatabaseEngine {
    /// Keeps sessions in the database `alias` for `cookie_age`, unless they say otherwise themselves.
    pub fn new(connections: Connections, alias: DatabaseAlias, cookie_age: Duration) -> Self {
        Self {
            connections,
            alias,
            cookie_age,
            statements: Arc::default(),
        }
    }

    /// The store that signs with `keys`.
    pub fn database_store(&self, keys: &SecretKeys) -> DatabaseStore {
        DatabaseStore {
            engine: self.clone(),
            codec: SessionCodec::stored(keys),
            now: None,
        }
    }

    fn connection(&self) -> Result<ConnectionHandle, SessionError> {
        Ok(self.connections.get(&self.alias)?)
    }

    fn statements(&self, connection: &Connection) -> &SessionStatements {
        let compile = || SessionStatements::new(connection.dialect());
        self.statements.get_or_init(compile)
    }
}

impl SessionEngine for DatabaseEngine {
    fn store(&self, keys: &SecretKeys) -> Arc<dyn SessionStore> {
        Arc::new(self.database_store(keys))
    }

    fn clear_expired(
        &self,
        moment: Moment,
        on_event: &mut dyn FnMut(ClearEvent<'_>),
    ) -> Result<Option<u64>, SessionError> {
        let connection = self.connection()?;
        on_event(ClearEvent::Found(ROWS.count(&connection, moment)?));
        let mut on_batch = |rows| on_event(ClearEvent::Done(rows));
        Ok(Some(ROWS.delete(&connection, moment, &mut on_batch)?))
    }

    fn count_expired(
        &self,
        moment: Moment,
        _on_event: &mut dyn FnMut(ClearEvent<'_>),
    ) -> Result<Option<u64>, SessionError> {
        Ok(Some(ROWS.count(&*self.connection()?, moment)?))
    }
}

/// A session as its row has it.
pub(super) struct LoadedSession {
    pub(super) data: SessionData,
    pub(super) expire_date: Moment,
    /// The signed text.
    pub(super) text: String,
}

/// Reads and writes the rows of [`SESSION_TABLE`].
#[derive(Debug)]
pub struct DatabaseStore {
    engine: DatabaseEngine,
    codec: SessionCodec,
    now: Option<Moment>,
}

impl DatabaseStore {
    /// Takes `now` for the current moment.
    #[must_use]
    pub fn at(mut self, now: Moment) -> Self {
        self.codec = self.codec.at(now);
        self.now = Some(now);
        self
    }

    pub(super) fn now(&self) -> Moment {
        self.now.unwrap_or_else(clock::now)
    }

    pub(super) fn expiry_date(&self, data: &SessionData) -> Moment {
        data.expiry_date(self.now(), self.engine.cookie_age)
    }

    fn insert(&self, key: &SessionKey, data: &SessionData) -> Result<(), SessionError> {
        let connection = self.engine.connection()?;
        let values = [
            key.as_str().into(),
            self.codec.encode(data).into(),
            self.expiry_date(data).into(),
        ];
        let insert = &self.engine.statements(&connection).insert;
        insert.execute(&connection, &values)?;
        Ok(())
    }

    /// `data` as its row is to have it.
    pub(super) fn written(&self, data: SessionData) -> LoadedSession {
        LoadedSession {
            text: self.codec.encode(&data),
            expire_date: self.expiry_date(&data),
            data,
        }
    }

    /// Keeps `edit` of what is kept under `key`, and returns that; fails where nothing is.
    pub(super) fn update(
        &self,
        key: &SessionKey,
        edit: SessionEdit<'_>,
    ) -> Result<LoadedSession, SessionError> {
        let connection = self.engine.connection()?;
        connection.transaction(|connection| {
            let statements = self.engine.statements(connection);
            let stored = statements
                .stored
                .first_row(connection, &[key.as_str().into()])?;
            let stored = stored.ok_or(SessionError::Interrupted)?;
            let stored = stored.get::<String>(0).ok();
            let stored = stored.and_then(|text| self.codec.decode(&text));
            let kept = self.written(edit.applied_to(stored.unwrap_or_default()));
            let values = [
                kept.text.as_str().into(),
                kept.expire_date.into(),
                key.as_str().into(),
            ];
            statements.update.execute(connection, &values)?;
            Ok(kept)
        })
    }

    /// Keeps `data` in place of `text`, if that is what is kept under `key`; returns whether it was: in one statement, and
    /// without reading the row.
    fn replace(
        &self,
        key: &SessionKey,
        text: &str,
        data: &SessionData,
    ) -> Result<bool, SessionError> {
        let connection = self.engine.connection()?;
        let values = [
            self.codec.encode(data).into(),
            self.expiry_date(data).into(),
            key.as_str().into(),
            text.into(),
        ];
        let replace = &self.engine.statements(&connection).replace;
        Ok(replace.execute(&connection, &values)? > 0)
    }

    /// Whether the row of `key` has this signed text.
    pub(super) fn holds(&self, key: &SessionKey, text: &str) -> Result<bool, SessionError> {
        let connection = self.engine.connection()?;
        let holds = &self.engine.statements(&connection).holds;
        let found = holds.first_row(&connection, &[key.as_str().into(), text.into()])?;
        Ok(found.is_some())
    }

    /// What is kept under `key` and when that ends; none where there is no such session or it ended.
    pub(super) fn load_row(&self, key: &SessionKey) -> Result<Option<LoadedSession>, SessionError> {
        let connection = self.engine.connection()?;
        let values = [key.as_str().into(), self.now().into()];
        let select = &self.engine.statements(&connection).select;
        let Some(row) = select.first_row(&connection, &values)? else {
            return Ok(None);
        };
        // A row that was damaged is nobody's session.
        let (Ok(text), Ok(expire_date)) = (row.get::<String>(0), row.get(1)) else {
            return Ok(None);
        };
        Ok(Some(LoadedSession {
            data: self.codec.decode(&text).unwrap_or_default(),
            expire_date,
            text,
        }))
    }
}

impl SessionStore for DatabaseStore {
    fn load_kept(&self, key: &SessionKey) -> Result<Option<KeptSession>, SessionError> {
        Ok(self.load_row(key)?.map(|found| KeptSession {
            data: found.data,
            version: SessionVersion::Text(found.text),
        }))
    }

    fn exists(&self, key: &SessionKey) -> Result<bool, SessionError> {
        let connection = self.engine.connection()?;
        let select = &self.engine.statements(&connection).exists;
        let found = select.first_row(&connection, &[key.as_str().into()])?;
        Ok(found.is_some())
    }

    fn create(&self, data: &SessionData) -> Result<SessionKey, SessionError> {
        loop {
            let key = SessionKey::random();
            match self.insert(&key, data) {
                Err(SessionError::Database(error))
                    if error.is_constraint_violation() && self.exists(&key)? => {}
                outcome => return outcome.map(|()| key),
            }
        }
    }

    fn save(&self, key: &SessionKey, edit: SessionEdit<'_>) -> Result<SessionKey, SessionError> {
        let is_kept = match edit.version().text() {
            Some(text) => self.replace(key, text, edit.data())?,
            None => false,
        };
        if !is_kept {
            self.update(key, edit)?;
        }
        Ok(key.clone())
    }

    fn delete(&self, key: &SessionKey) -> Result<(), SessionError> {
        let connection = self.engine.connection()?;
        let delete = &self.engine.statements(&connection).delete;
        delete.execute(&connection, &[key.as_str().into()])?;
        Ok(())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

    use serde_json::Value as Json;

    use super::{DatabaseEngine, DatabaseStore};
    use crate::clock::Moment;
    use crate::db::{DatabaseAlias, SqlValue};
    use crate::sessions::{
        SessionData, SessionEdit, SessionEngine as _, SessionError, SessionKey, SessionStore as _,
    };
    use crate::signing::SecretKeys;
    use crate::test_database::TestDatabase;

    const TWO_WEEKS: Duration = Duration::from_secs(1_209_600);

    fn engine(database: &TestDatabase) -> DatabaseEngine {
        let (connections, alias) = (database.connections.clone(), DatabaseAlias::default());
        DatabaseEngine::new(connections, alias, TWO_WEEKS)
    }

    pub(in crate::sessions) fn store(database: &TestDatabase) -> DatabaseStore {
        let keys = SecretKeys::new("key", Vec::new());
        engine(database)
            .database_store(&keys)
            .at(Moment::from_unix_seconds(1_700_000_000))
    }

    fn cart() -> SessionData {
        let mut data = SessionData::default();
        data.insert("cart", vec![1_i64, 2]);
        data
    }

    #[test]
    fn keeps_a_session_until_it_ends() {
        let database = TestDatabase::migrated();
        let store = store(&database);
        let key = store.create(&cart()).unwrap();
        assert_eq!(store.load(&key).unwrap(), Some(cart()));
        let later = |seconds: i64| Moment::from_unix_seconds(1_700_000_000 + 1_209_600 + seconds);
        let store = store.at(later(-1));
        assert!(store.load(&key).unwrap().is_some());
        let store = store.at(later(0));
        assert!(store.load(&key).unwrap().is_none());
        let clear = |moment| store.engine.clear_expired(moment, &mut |_| {}).unwrap();
        assert_eq!(clear(later(0)), Some(0));
        assert_eq!(
            store.engine.count_expired(later(1), &mut |_| {}).unwrap(),
            Some(1)
        );
        assert_eq!(clear(later(1)), Some(1));
        assert!(!store.exists(&key).unwrap());
    }

    #[test]
    fn does_not_bring_a_deleted_session_back() {
        let database = TestDatabase::migrated();
        let store = store(&database);
        let key = store.create(&cart()).unwrap();
        store.delete(&key).unwrap();
        let error = store
            .save(&key, SessionEdit::replacing(&cart()))
            .unwrap_err();
        assert!(matches!(error, SessionError::Interrupted));
        assert!(store.load(&key).unwrap().is_none());
    }

    #[test]
    fn writes_and_reads_the_rows_of_django() {
        let vectors: Json =
            serde_json::from_str(include_str!("../../tests/vectors/sessions.json")).unwrap();
        let keys = SecretKeys::new(vectors["secret_key"].as_str().unwrap(), Vec::new());
        let database = TestDatabase::migrated();
        for vector in vectors["session_rows"].as_array().unwrap() {
            let now = Moment::from_sql(vector["now"].as_str().unwrap()).unwrap();
            let store = engine(&database).database_store(&keys).at(now);
            let row: Vec<SqlValue> = (0..3)
                .map(|index| vector["row"][index].as_str().unwrap().into())
                .collect();
            let sql = "INSERT INTO django_session VALUES (?, ?, ?)";
            database.connection().execute(sql, &row).unwrap();
            let key = SessionKey::parse(vector["row"][0].as_str().unwrap()).unwrap();
            let data = store.load(&key).unwrap().unwrap();
            store.save(&key, SessionEdit::replacing(&data)).unwrap();
            let sql = "SELECT * FROM django_session WHERE session_key = ?";
            let kept = database
                .connection()
                .query_one(sql, &[key.as_str().into()])
                .unwrap();
            assert_eq!(kept.unwrap().into_values(), row, "{vector}");
        }
    }
}
