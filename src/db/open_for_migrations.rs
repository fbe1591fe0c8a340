//! The ways to the transaction in which a schema is changed.

use std::time::Duration;

use crate::db::lent_connections::lent;
use crate::db::new_database_file::NewDatabaseFile;
use crate::db::{BetweenTransactions, Database, DatabaseError, SchemaTransaction};

/// How long a lock is waited for in silence.
const SILENT_WAIT: Duration = Duration::from_secs(1);

impl Database {
    /// Opens the file, creating it if need be, and begins the transaction a change of schema runs in.
    pub fn open_for_migrations(&self) -> Result<SchemaTransaction, DatabaseError> {
        self.open_for_migrations_notifying(&mut || ())
    }

    /// The same; calls `on_wait` once if the lock is not free within a second.
    pub fn open_for_migrations_notifying(
        &self,
        on_wait: &mut dyn FnMut(),
    ) -> Result<SchemaTransaction, DatabaseError> {
        if let Some(lent) = lent(self.path()) {
            return SchemaTransaction::within(lent);
        }
        self.retry_while_locked(on_wait, |lock_timeout| {
            self.with_lock_timeout(lock_timeout)
                .try_open_for_migrations()
        })
    }

    /// Begins the next transaction on the connection of the last one.
    ///
    /// Calls `on_wait` once if the lock is not free within a second.
    pub fn begin_next_transaction(
        &self,
        connection: BetweenTransactions,
        on_wait: &mut dyn FnMut(),
    ) -> Result<SchemaTransaction, DatabaseError> {
        if connection.is_lent() {
            return connection.into_lent_transaction();
        }
        self.retry_while_locked(on_wait, |lock_timeout| {
            let begun = connection.begin(lock_timeout);
            begun.map_err(|source| self.open_error(source))
        })?;
        Ok(connection.into_transaction())
    }

    /// Tries for as long as locks are waited for; calls `on_wait` once if that is more than a second.
    fn retry_while_locked<T>(
        &self,
        on_wait: &mut dyn FnMut(),
        attempt: impl Fn(Duration) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let first = self.lock_timeout().min(SILENT_WAIT);
        let rest = self.lock_timeout().saturating_sub(first);
        match attempt(first) {
            Err(error) if error.is_busy() && !rest.is_zero() => {
                on_wait();
                attempt(rest)
            }
            outcome => outcome,
        }
    }

    fn try_open_for_migrations(&self) -> Result<SchemaTransaction, DatabaseError> {
        let begun = match NewDatabaseFile::claim(self)? {
            Some(new_file) => SchemaTransaction::begin_new_file(new_file),
            None => SchemaTransaction::begin(self.open_writable()?),
        };
        begun.map_err(|source| self.open_error(source))
    }
}
