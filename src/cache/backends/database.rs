//! A cache in a table of the database, with the rows of Django's.

use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::cache::backends::entry_limits::{CULL_TIME, CullSchedule, EntryLimits};
use crate::cache::cache_statements::{CacheStatements, delete_smallest, delete_up_to, key_after};
use crate::cache::table::{EXPIRES, KEY};
use crate::cache::{
    CacheBackend, CacheEntry, CacheError, CacheKey, CacheValue, CulledEntries, EntryVersion,
    Replacement, VersionedEntry, pickle,
};
use crate::clock::{self, Moment};
use crate::db::sql::SqlStatement as _;
use crate::db::{
    Connection, ConnectionHandle, Connections, DatabaseAlias, ExpiringRows, ROWS_PER_STATEMENT,
    Row, SqlValue,
};
use crate::settings::CacheSettings;

/// What Django writes for an entry that never expires: the last second there is.
const NEVER: i64 = 253_402_300_799;

/// Keeps entries in the table that `djr createcachetable` makes.
///
/// A row that expired stays until a write finds too many rows: who reads does not write.
#[derive(Debug)]
pub struct DatabaseBackend {
    connections: Connections,
    alias: DatabaseAlias,
    table: String,
    limits: EntryLimits,
    schedule: CullSchedule,
    statements: OnceLock<CacheStatements>,
}

/// A row of the table.
struct CacheRow {
    value: String,
    expires: Moment,
}

impl DatabaseBackend {
    /// A cache in the table that `settings` names, in the database `alias`.
    pub fn new(connections: Connections, alias: DatabaseAlias, settings: &CacheSettings) -> Self {
        Self {
            connections,
            alias,
            table: settings.location.clone(),
            limits: EntryLimits::new(settings),
            schedule: CullSchedule::default(),
            statements: OnceLock::new(),
        }
    }

    fn connection(&self) -> Result<ConnectionHandle, CacheError> {
        Ok(self.connections.get(&self.alias)?)
    }

    fn statements(&self, connection: &Connection) -> &CacheStatements {
        let compile = || CacheStatements::new(&self.table, connection.dialect());
        self.statements.get_or_init(compile)
    }

    /// The row of `key`, unless it expired.
    fn row(&self, connection: &Connection, key: &CacheKey) -> Result<Option<CacheRow>, CacheError> {
        let select = &self.statements(connection).select;
        let found = select.first_row(connection, &[key.as_str().into()])?;
        let now = whole_seconds(clock::now());
        let row = found.and_then(|row| CacheRow::read(&row));
        Ok(row.filter(|row| row.expires > now))
    }

    fn write(
        &self,
        connection: &Connection,
        key: &CacheKey,
        value: CacheValue,
        expires: Moment,
    ) -> Result<(), CacheError> {
        let value = STANDARD.encode(pickle::dumps(value)?);
        let values = [key.as_str().into(), value.into(), expires.into()];
        let upsert = &self.statements(connection).upsert;
        upsert.execute(connection, &values)?;
        Ok(())
    }

    /// Where it is time, deletes what expired, and if that is not enough, the part of the rest that `cull_frequency` says: as
    /// in Django, the rows with the smallest keys. One write does so in two short transactions at most, and leaves the rest
    /// to the next ones, so that nobody waits long for the lock of writers.
    fn make_room(&self, connection: &Connection) -> Result<(), CacheError> {
        let Some(mut cull) = self.schedule.turn() else {
            return Ok(());
        };
        if cull.excess == 0 {
            let mut count = self.count(connection)?;
            if count > self.limits.max_entries {
                let now = whole_seconds(clock::now());
                let expired = self.rows().delete_some(connection, now, CULL_TIME)?;
                if !expired.is_last {
                    return Ok(());
                }
                count = self.count(connection)?;
            }
            if count <= self.limits.max_entries {
                self.schedule.counted(count, self.limits);
                return Ok(());
            }
            cull.excess = self.limits.excess(count).unwrap_or(count);
            cull.count = count;
        }
        let deleted = self.delete_smallest(connection, cull.excess)?;
        cull.excess -= deleted.min(cull.excess);
        cull.count -= deleted.min(cull.count);
        if cull.excess == 0 {
            self.schedule.counted(cull.count, self.limits);
        }
        Ok(())
    }

    /// Deletes as many of the `excess` rows with the smallest keys as one write may; returns how many.
    fn delete_smallest(&self, connection: &Connection, excess: usize) -> Result<usize, CacheError> {
        let mut left = u64::try_from(excess).unwrap_or(u64::MAX);
        let step = |connection: &Connection| {
            let delete = delete_smallest(&self.table, left.min(ROWS_PER_STATEMENT));
            let deleted = delete.execute(connection)?;
            left = left.saturating_sub(u64::try_from(deleted).unwrap_or(u64::MAX));
            Ok::<_, CacheError>(deleted)
        };
        let batch = connection.one_batch(CULL_TIME, step)?;
        // There are fewer than were counted.
        Ok(if batch.is_last { excess } else { batch.changed })
    }

    /// The rows, which expire.
    fn rows(&self) -> ExpiringRows<'_> {
        ExpiringRows {
            table: &self.table,
            key: KEY,
            ends: EXPIRES,
        }
    }

    /// The same for a few rows at a time. The largest of the keys is found first, so that several processes at once delete
    /// the same rows.
    fn delete_in_batches(&self, connection: &Connection, count: usize) -> Result<u64, CacheError> {
        let Some(before) = count.checked_sub(1) else {
            return Ok(0);
        };
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        let last: Vec<SqlValue> = key_after(&self.table, before).column_values(connection)?;
        let delete = delete_up_to(&self.table).compile(connection.dialect());
        let step =
            |connection: &Connection| Ok::<_, CacheError>(delete.execute(connection, &last)?);
        if last.is_empty() {
            Ok(0)
        } else {
            connection.in_batches(step, &mut |_| {})
        }
    }

    fn count(&self, connection: &Connection) -> Result<usize, CacheError> {
        let count = &self.statements(connection).count;
        let found: Vec<i64> = count.column(connection, &[])?;
        let count = found.first().copied().unwrap_or_default();
        Ok(usize::try_from(count).unwrap_or_default())
    }
}

impl CacheRow {
    /// A row with something else in its columns counts as none.
    fn read(row: &Row) -> Option<Self> {
        Some(Self {
            value: row.get(0).ok()?,
            expires: Moment::from_sql(&row.get::<String>(1).ok()?)?,
        })
    }

    fn entry(&self) -> CacheEntry {
        // What is not even base64 was not written by a cache: it may be written over.
        let Ok(bytes) = STANDARD.decode(&self.value) else {
            return CacheEntry::Missing;
        };
        pickle::entry(bytes)
    }
}

impl CacheBackend for DatabaseBackend {
    fn get(&self, key: &CacheKey) -> Result<CacheEntry, CacheError> {
        let row = self.row(&*self.connection()?, key)?;
        Ok(row.map_or(CacheEntry::Missing, |row| row.entry()))
    }

    fn set(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<(), CacheError> {
        let connection = self.connection()?;
        self.make_room(&connection)?;
        self.write(&connection, key, value, stored(expires))
    }

    fn add(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        let connection = self.connection()?;
        self.make_room(&connection)?;
        connection.transaction(|connection| {
            let row = self.row(connection, key)?;
            let is_free = row.is_none_or(|row| row.entry() == CacheEntry::Missing);
            if is_free {
                self.write(connection, key, value, stored(expires))?;
            }
            Ok(is_free)
        })
    }

    fn replace(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        let connection = self.connection()?;
        let value = STANDARD.encode(pickle::dumps(value)?);
        let now = whole_seconds(clock::now());
        let values = [
            value.into(),
            stored(expires).into(),
            key.as_str().into(),
            now.into(),
        ];
        let replace = &self.statements(&connection).replace;
        Ok(replace.execute(&connection, &values)? > 0)
    }

    /// The version of an entry is its value as the column has it.
    fn get_versioned(&self, key: &CacheKey) -> Result<VersionedEntry, CacheError> {
        let row = self.row(&*self.connection()?, key)?;
        Ok(row.map_or(VersionedEntry::MISSING, |row| VersionedEntry {
            entry: row.entry(),
            version: EntryVersion::Bytes(row.value.into_bytes()),
        }))
    }

    fn replace_version(
        &self,
        key: &CacheKey,
        version: &EntryVersion,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<Replacement, CacheError> {
        let known = std::str::from_utf8(version.bytes().unwrap_or_default()).unwrap_or_default();
        let values = [
            STANDARD.encode(pickle::dumps(value)?).into(),
            stored(expires).into(),
            key.as_str().into(),
            whole_seconds(clock::now()).into(),
            known.into(),
        ];
        let connection = self.connection()?;
        let replace = &self.statements(&connection).replace_value;
        if replace.execute(&connection, &values)? > 0 {
            return Ok(Replacement::Done);
        }
        Ok(self.get_versioned(key)?.into_replacement())
    }

    fn touch(&self, key: &CacheKey, expires: Option<Moment>) -> Result<bool, CacheError> {
        let connection = self.connection()?;
        let now = whole_seconds(clock::now());
        let values = [stored(expires).into(), key.as_str().into(), now.into()];
        let touch = &self.statements(&connection).touch;
        Ok(touch.execute(&connection, &values)? > 0)
    }

    fn delete(&self, key: &CacheKey) -> Result<bool, CacheError> {
        let connection = self.connection()?;
        let delete = &self.statements(&connection).delete;
        Ok(delete.execute(&connection, &[key.as_str().into()])? > 0)
    }

    fn incr(&self, key: &CacheKey, delta: i64) -> Result<i64, CacheError> {
        self.connection()?.transaction(|connection| {
            let row = self.row(connection, key)?;
            let row = row.ok_or_else(|| CacheError::KeyNotFound(key.clone()))?;
            let sum = row.entry().counted(key, delta)?;
            self.write(connection, key, sum.into(), row.expires)?;
            Ok(sum)
        })
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn clear(&self) -> Result<(), CacheError> {
        let connection = self.connection()?;
        let delete = &self.statements(&connection).delete_all;
        delete.execute(&connection, &[])?;
        Ok(())
    }

    fn entries(&self) -> Result<Option<u64>, CacheError> {
        let count = self.count(&*self.connection()?)?;
        Ok(u64::try_from(count).ok())
    }

    fn cull(&self) -> Result<Option<CulledEntries>, CacheError> {
        let connection = self.connection()?;
        let now = whole_seconds(clock::now());
        let expired = self.rows().delete(&connection, now, &mut |_| {})?;
        let excess = self.limits.too_many(self.count(&connection)?);
        let excess = self.delete_in_batches(&connection, excess)?;
        Ok(Some(CulledEntries { expired, excess }))
    }

    fn count_cullable(&self) -> Result<Option<CulledEntries>, CacheError> {
        let connection = self.connection()?;
        let expired = self
            .rows()
            .count(&connection, whole_seconds(clock::now()))?;
        let left = self.count(&connection)?;
        let left = left.saturating_sub(usize::try_from(expired).unwrap_or(usize::MAX));
        let excess = u64::try_from(self.limits.too_many(left)).unwrap_or(u64::MAX);
        Ok(Some(CulledEntries { expired, excess }))
    }
}

/// As Django writes it: in whole seconds, rounded down.
fn stored(expires: Option<Moment>) -> Moment {
    expires.map_or(Moment::from_unix_seconds(NEVER), whole_seconds)
}

fn whole_seconds(moment: Moment) -> Moment {
    Moment::from_unix_seconds(moment.unix_seconds())
}
