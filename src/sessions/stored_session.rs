//! All sessions of the database, for those who look after it.

use crate::clock::Moment;
use crate::db::sql::{
    DeleteStatement, OrderBy, SelectStatement, SqlExpression, SqlFunction, SqlLookup,
    SqlStatement as _,
};
use crate::db::{Connection, DatabaseError, SqlValue};
use crate::sessions::{SESSION_TABLE, SessionCodec, SessionData, SessionError, SessionKey};
use crate::signing::SecretKeys;

/// How many keys one statement has.
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
    let select = SelectStatement::from(SESSION_TABLE)
        .columns(["session_key", "session_data", "expire_date"])
        .filter(has_not_ended(now))
        .order_by(OrderBy::descending(SqlExpression::column("expire_date")));
    select.for_each(connection, |row| {
        let (key, text): (String, String) = (row.get(0)?, row.get(1)?);
        let Some(key) = SessionKey::parse(&key) else {
            return Ok(());
        };
        let found = codec.decode_timed(&text, None);
        each(StoredSession {
            key,
            saved_at: found.as_ref().map(|found| found.signed_at),
            data: found.map(|found| found.value).unwrap_or_default(),
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
    let length = i64::try_from(beginning.chars().count()).unwrap_or(i64::MAX);
    let start = vec![
        SqlExpression::column("session_key"),
        SqlExpression::Integer(1),
        SqlExpression::Integer(length),
    ];
    let start = SqlExpression::Function(SqlFunction::Substr, start);
    let select = SelectStatement::from(SESSION_TABLE)
        .columns(["session_key"])
        .filter(start.equals(SqlExpression::value(beginning)))
        .filter(has_not_ended(now));
    let keys: Vec<String> = select.column_values(connection)?;
    Ok(keys
        .iter()
        .filter_map(|key| SessionKey::parse(key))
        .collect())
}

/// Forgets the sessions of these keys, all or none; returns how many there were.
pub fn delete(connection: &Connection, keys: &[SessionKey]) -> Result<usize, SessionError> {
    connection.transaction(|connection| {
        let mut deleted = 0;
        for keys in keys.chunks(KEYS_PER_STATEMENT) {
            let keys = keys.iter().map(|key| SqlValue::from(key.as_str()));
            let is_key = SqlExpression::column("session_key").is_in(keys);
            let delete = DeleteStatement::from(SESSION_TABLE).filter(is_key);
            deleted += delete.execute(connection)?;
        }
        Ok(deleted)
    })
}

/// Forgets all sessions; returns how many there were.
pub fn clear_all(connection: &Connection) -> Result<usize, SessionError> {
    Ok(DeleteStatement::from(SESSION_TABLE).execute(connection)?)
}

fn has_not_ended(now: Moment) -> SqlExpression {
    let ends = SqlExpression::column("expire_date");
    ends.compare(SqlLookup::Gt, SqlExpression::value(now))
}
