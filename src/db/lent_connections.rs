//! Connections lent to others on their thread: a command that code calls within its transaction would wait for that in vain.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use crate::db::{Connection, DatabaseError};

/// The place within the transaction that a change of schema goes back to.
const SAVEPOINT: &str = "djr_lent";

thread_local! {
    /// What is lent on this thread, with the file that it is open on.
    static LENT: RefCell<Vec<(PathBuf, Connection)>> = const { RefCell::new(Vec::new()) };
}

/// Does `work`; whoever opens the file of one of `connections` on this thread meanwhile is given that connection.
pub(super) fn lend<T>(connections: Vec<(PathBuf, Connection)>, work: impl FnOnce() -> T) -> T {
    let _restore = Restore(LENT.replace(connections));
    work()
}

/// The connection to the file at `path` that is lent to whoever opens it, if one is.
pub(super) fn lent(path: &Path) -> Option<Connection> {
    LENT.with_borrow(|lent| {
        let found = lent.iter().find(|(file, _)| file == path);
        found.map(|(_, connection)| connection.share())
    })
}

/// Puts back what was lent before, however the work ends.
struct Restore(Vec<(PathBuf, Connection)>);

impl Drop for Restore {
    fn drop(&mut self) {
        drop(LENT.replace(std::mem::take(&mut self.0)));
    }
}

/// A part of the transaction of a lent connection; dropped before it is kept, it is taken back.
#[derive(Debug)]
pub(super) struct LentTransaction {
    connection: Connection,
    /// How many hooks waited when it began.
    hooks: usize,
    is_over: bool,
}

impl LentTransaction {
    /// Begins it on `connection`. References are looked at once the whole is over.
    pub(super) fn begin(connection: &Connection) -> Result<Self, DatabaseError> {
        let connection = connection.share();
        connection.execute("PRAGMA defer_foreign_keys = on", &[])?;
        let hooks = connection.savepoint_at(SAVEPOINT)?;
        Ok(Self {
            connection,
            hooks,
            is_over: false,
        })
    }

    /// Keeps what was written, as far as the transaction around it is kept.
    pub(super) fn keep(mut self) -> Result<(), DatabaseError> {
        self.is_over = true;
        self.connection.release_savepoint(SAVEPOINT)
    }
}

impl Drop for LentTransaction {
    fn drop(&mut self) {
        if !self.is_over {
            // A failed statement may have ended the whole transaction already.
            self.connection
                .rollback_to_savepoint(SAVEPOINT, self.hooks)
                .ok();
            self.connection.release_savepoint(SAVEPOINT).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use crate::db::{Connections, Database, DatabaseAlias, DatabaseError, Durability};

    const COUNT: &str = "SELECT count(*) FROM a";

    fn count(database: &Database) -> i64 {
        let connection = database.open(Durability::Full).unwrap();
        connection.column::<i64>(COUNT, &[]).unwrap()[0]
    }

    #[test]
    fn what_opens_a_lent_database_is_inside_its_transaction() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_millis(50));
        let schema = database.open_for_migrations().unwrap();
        schema.execute("CREATE TABLE a (x)", &[]).unwrap();
        schema.commit().unwrap();
        let databases = BTreeMap::from([(DatabaseAlias::default(), database.clone())]);
        let connections = Connections::new(databases.clone());
        let own = connections.get(&DatabaseAlias::default()).unwrap();
        own.begin().unwrap();
        own.execute("INSERT INTO a VALUES (1)", &[]).unwrap();
        assert!(database.open_for_migrations().unwrap_err().is_busy());
        connections.share_transactions(|| {
            assert_eq!(count(&database), 1);
            let others = Connections::new(databases.clone());
            for _ in 0..2 {
                let inserted = others.with(|other| {
                    other.transaction(|other| other.execute("INSERT INTO a VALUES (2)", &[]))
                });
                assert_eq!(inserted.unwrap(), 1);
            }
            let dropped = database.open_for_migrations().unwrap();
            dropped.execute("DELETE FROM a", &[]).unwrap();
            drop(dropped);
            assert_eq!(count(&database), 3);
            let kept = database.open_for_migrations().unwrap();
            kept.execute("DELETE FROM a WHERE x = 2", &[]).unwrap();
            kept.commit().unwrap();
            let snapshot = database.open_read_only().unwrap().unwrap();
            let seen = snapshot
                .snapshot(|seen| Ok::<_, DatabaseError>(seen.column::<i64>(COUNT, &[])?[0]));
            assert_eq!(seen.unwrap(), 1);
        });
        own.rollback().unwrap();
        assert_eq!(count(&database), 0);
    }
}
