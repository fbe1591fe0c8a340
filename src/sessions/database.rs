//! Sessions in the database, the default engine.

use std::time::Duration;

use crate::clock::{self, Moment};
use crate::db::{Connection, quote_name};
use crate::sessions::{SessionCodec, SessionData, SessionError, SessionKey, SessionStore};
use crate::signing::SecretKeys;

/// The table of the model `sessions.Session`.
pub const SESSION_TABLE: &str = "django_session";

/// Keeps sessions in the table [`SESSION_TABLE`].
#[derive(Debug)]
pub struct DatabaseStore<'c> {
    connection: &'c Connection,
    codec: SessionCodec,
    cookie_age: Duration,
    now: Option<Moment>,
}

impl<'c> DatabaseStore<'c> {
    /// Keeps sessions over `connection` for `cookie_age`, unless they say otherwise themselves.
    pub fn new(connection: &'c Connection, keys: &SecretKeys, cookie_age: Duration) -> Self {
        Self {
            connection,
            codec: SessionCodec::stored(keys),
            cookie_age,
            now: None,
        }
    }

    /// Takes `now` for the current moment.
    #[must_use]
    pub fn at(mut self, now: Moment) -> Self {
        self.codec = self.codec.at(now);
        self.now = Some(now);
        self
    }

    fn now(&self) -> Moment {
        self.now.unwrap_or_else(clock::now)
    }

    fn expiry_date(&self, data: &SessionData) -> Moment {
        data.expiry_date(self.now(), self.cookie_age)
    }

    fn insert(&self, key: &SessionKey, data: &SessionData) -> Result<(), SessionError> {
        let table = quote_name(SESSION_TABLE);
        let sql = format!(
            r#"INSERT INTO {table} ("session_key", "session_data", "expire_date") VALUES (?, ?, ?)"#
        );
        let values = [
            key.as_str().into(),
            self.codec.encode(data)?.into(),
            self.expiry_date(data).into(),
        ];
        self.connection.execute(&sql, &values)?;
        Ok(())
    }
}

impl SessionStore for DatabaseStore<'_> {
    fn load(&self, key: &SessionKey) -> Result<Option<SessionData>, SessionError> {
        let table = quote_name(SESSION_TABLE);
        let sql = format!(
            r#"SELECT "session_data" FROM {table} WHERE "session_key" = ? AND "expire_date" > ?"#
        );
        let values = [key.as_str().into(), self.now().into()];
        let found: Vec<String> = self.connection.column(&sql, &values)?;
        let decode = |text: &String| self.codec.decode(text).unwrap_or_default();
        Ok(found.first().map(decode))
    }

    fn exists(&self, key: &SessionKey) -> Result<bool, SessionError> {
        let table = quote_name(SESSION_TABLE);
        let sql = format!(r#"SELECT 1 FROM {table} WHERE "session_key" = ?"#);
        let found = self.connection.query_one(&sql, &[key.as_str().into()])?;
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

    fn save(&self, key: &SessionKey, data: &SessionData) -> Result<(), SessionError> {
        let table = quote_name(SESSION_TABLE);
        let sql = format!(
            r#"UPDATE {table} SET "session_data" = ?, "expire_date" = ? WHERE "session_key" = ?"#
        );
        let values = [
            self.codec.encode(data)?.into(),
            self.expiry_date(data).into(),
            key.as_str().into(),
        ];
        match self.connection.execute(&sql, &values)? {
            0 => Err(SessionError::Interrupted),
            _ => Ok(()),
        }
    }

    fn delete(&self, key: &SessionKey) -> Result<(), SessionError> {
        let table = quote_name(SESSION_TABLE);
        let sql = format!(r#"DELETE FROM {table} WHERE "session_key" = ?"#);
        self.connection.execute(&sql, &[key.as_str().into()])?;
        Ok(())
    }

    fn clear_expired(&self) -> Result<usize, SessionError> {
        clear_expired(self.connection, self.now())
    }
}

/// Forgets the sessions that ended before `now`; returns how many. This needs no key.
pub fn clear_expired(connection: &Connection, now: Moment) -> Result<usize, SessionError> {
    let table = quote_name(SESSION_TABLE);
    let sql = format!(r#"DELETE FROM {table} WHERE "expire_date" < ?"#);
    Ok(connection.execute(&sql, &[now.into()])?)
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

    use serde_json::Value as Json;
    use tempfile::TempDir;

    use super::DatabaseStore;
    use crate::clock::Moment;
    use crate::db::{Connection, Database, Durability, SqlValue};
    use crate::sessions::{SessionData, SessionError, SessionKey, SessionStore as _};
    use crate::signing::SecretKeys;

    const TWO_WEEKS: Duration = Duration::from_secs(1_209_600);

    pub(in crate::sessions) fn table() -> (TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(5));
        let schema = database.open_for_migrations().unwrap();
        let sql = "CREATE TABLE \"django_session\" (\"session_key\" varchar(40) NOT NULL PRIMARY KEY, \
                   \"session_data\" text NOT NULL, \"expire_date\" datetime NOT NULL)";
        schema.execute(sql, &[]).unwrap();
        schema.commit().unwrap();
        let connection = database.open(Durability::Normal).unwrap();
        (folder, connection)
    }

    pub(in crate::sessions) fn store(connection: &Connection) -> DatabaseStore<'_> {
        let keys = SecretKeys::new("key", Vec::new());
        DatabaseStore::new(connection, &keys, TWO_WEEKS)
            .at(Moment::from_unix_seconds(1_700_000_000))
    }

    fn cart() -> SessionData {
        let mut data = SessionData::default();
        data.insert("cart", vec![1, 2]);
        data
    }

    #[test]
    fn keeps_a_session_until_it_ends() {
        let (_folder, connection) = table();
        let store = store(&connection);
        let key = store.create(&cart()).unwrap();
        assert_eq!(store.load(&key).unwrap(), Some(cart()));
        let later = |seconds: i64| Moment::from_unix_seconds(1_700_000_000 + 1_209_600 + seconds);
        let store = store.at(later(-1));
        assert!(store.load(&key).unwrap().is_some());
        let store = store.at(later(0));
        assert!(store.load(&key).unwrap().is_none());
        assert_eq!(store.clear_expired().unwrap(), 0);
        let store = store.at(later(1));
        assert_eq!(store.clear_expired().unwrap(), 1);
        assert!(!store.exists(&key).unwrap());
    }

    #[test]
    fn does_not_bring_a_deleted_session_back() {
        let (_folder, connection) = table();
        let store = store(&connection);
        let key = store.create(&cart()).unwrap();
        store.delete(&key).unwrap();
        let error = store.save(&key, &cart()).unwrap_err();
        assert!(matches!(error, SessionError::Interrupted));
        assert!(store.load(&key).unwrap().is_none());
    }

    #[test]
    fn writes_and_reads_the_rows_of_django() {
        let vectors: Json =
            serde_json::from_str(include_str!("../../tests/vectors/sessions.json")).unwrap();
        let keys = SecretKeys::new(vectors["secret_key"].as_str().unwrap(), Vec::new());
        let (_folder, connection) = table();
        for vector in vectors["session_rows"].as_array().unwrap() {
            let now = Moment::from_sql(vector["now"].as_str().unwrap()).unwrap();
            let store = DatabaseStore::new(&connection, &keys, TWO_WEEKS).at(now);
            let row: Vec<SqlValue> = (0..3)
                .map(|index| vector["row"][index].as_str().unwrap().into())
                .collect();
            let sql = "INSERT INTO django_session VALUES (?, ?, ?)";
            connection.execute(sql, &row).unwrap();
            let key = SessionKey::parse(vector["row"][0].as_str().unwrap()).unwrap();
            let data = store.load(&key).unwrap().unwrap();
            store.save(&key, &data).unwrap();
            let sql = "SELECT * FROM django_session WHERE session_key = ?";
            let kept = connection.query_one(sql, &[key.as_str().into()]).unwrap();
            assert_eq!(kept.unwrap().into_values(), row, "{vector}");
        }
    }
}
