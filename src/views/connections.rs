//! The open connections of a worker thread.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::db::{Connection, Database, DatabaseAlias, DatabaseError, Durability};

/// Connections, opened when they are first used and kept.
///
/// They belong to one thread; the lock is for lazy values in templates, which
/// must be able to move between threads and never do.
#[derive(Debug)]
pub struct Connections {
    databases: BTreeMap<DatabaseAlias, Database>,
    open: Mutex<BTreeMap<DatabaseAlias, Connection>>,
}

impl Connections {
    /// Connections to these databases, none of them open.
    pub fn new(databases: BTreeMap<DatabaseAlias, Database>) -> Self {
        Self {
            databases,
            open: Mutex::default(),
        }
    }

    /// Runs `work` over the connection to the default database; `work` must not come back here.
    pub fn with<T, E: From<DatabaseError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let alias = DatabaseAlias::default();
        // A panic in a view leaves the connection usable: its transaction is over.
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = match open.remove(&alias) {
            Some(connection) => connection,
            None => self.connect(&alias)?,
        };
        let outcome = work(&connection);
        open.insert(alias, connection);
        outcome
    }

    fn connect(&self, alias: &DatabaseAlias) -> Result<Connection, DatabaseError> {
        match self.databases.get(alias) {
            Some(database) => database.open(Durability::Normal),
            None => Err(DatabaseError::Missing(alias.as_str().into())),
        }
    }
}
