//! All sessions of the database, for those who look after it.

use crate::clock::Moment;
use crate::db::{Connection, DatabaseError, SqlValue, quote_name};
use crate::sessions::{SESSION_TABLE, SessionCodec, SessionData, SessionError, SessionKey};
use crate::signing::SecretKeys;

/// SecretKeys in one statement.
const KEYS_PER_STATEMENT: usize = 500;

/// A session as the database holds it.
#[derive(Debug)]
pub struct StoredSession {
    /// Its key.
    pub key: SessionKey,
    /// What it keeps; nothing where it was altered.
    pub data: SessionData,
    /// When it was written last.
    pub saved_at: Option<Moment>,
    /// When it ends, unless it is used before.
    pub expire_date: Moment,
}

/// Hands over every session that has not ended by `now`, one at a time, the last to end first.
pub fn for_each<E: From<DatabaseError>>(
    connection: &Connection,
    keys: &SecretKeys,
    now: Moment,
    mut each: impl FnMut(StoredSession) -> Result<(), E>,
) -> Result<(), E> {
    let codec = SessionCodec::stored(keys);
    let table = quote_name(SESSION_TABLE);
    let sql = format!(
        r#"SELECT "session_key", "session_data", "expire_date" FROM {table} WHERE "expire_date" > ? ORDER BY "expire_date" DESC"#
    );
    connection.for_each(&sql, &[now.into()], |row| {
        let (key, text): (String, String) = (row.get(0)?, row.get(1)?);
        let Some(key) = SessionKey::parse(&key) else {
            return Ok(());
        };
        each(StoredSession {
            key,
            data: codec.decode(&text).unwrap_or_default(),
            saved_at: codec.saved(&text),
            expire_date: row.get(2)?,
        })
    })
}

/// The keys that begin with `beginning`, of sessions that have not ended by `now`.
pub fn keys_with_prefix(
    connection: &Connection,
    beginning: &str,
    now: Moment,
) -> Result<Vec<SessionKey>, SessionError> {
    let table = quote_name(SESSION_TABLE);
    let sql = format!(
        r#"SELECT "session_key" FROM {table} WHERE substr("session_key", 1, length(?1)) = ?1 AND "expire_date" > ?2"#
    );
    let keys: Vec<String> = connection.column(&sql, &[beginning.into(), now.into()])?;
    Ok(keys
        .iter()
        .filter_map(|key| SessionKey::parse(key))
        .collect())
}

/// Forgets the sessions of these keys, all or none; returns how many there were.
pub fn delete(connection: &Connection, keys: &[SessionKey]) -> Result<usize, SessionError> {
    let table = quote_name(SESSION_TABLE);
    connection.transaction(|connection| {
        let mut deleted = 0;
        for keys in keys.chunks(KEYS_PER_STATEMENT) {
            let marks = vec!["?"; keys.len()].join(", ");
            let sql = format!(r#"DELETE FROM {table} WHERE "session_key" IN ({marks})"#);
            let keys: Vec<SqlValue> = keys.iter().map(|key| key.as_str().into()).collect();
            deleted += connection.execute(&sql, &keys)?;
        }
        Ok(deleted)
    })
}

/// Forgets all sessions; returns how many there were.
pub fn clear_all(connection: &Connection) -> Result<usize, SessionError> {
    let table = quote_name(SESSION_TABLE);
    Ok(connection.execute(&format!("DELETE FROM {table}"), &[])?)
}
