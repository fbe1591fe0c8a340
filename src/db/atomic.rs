//! Transactions, those within others, and what is done once they are committed (`django.db.transaction.atomic`).

use crate::db::{Connection, DatabaseError};

impl Connection {
    /// Runs `work` in one write transaction: all of it is kept, or, when it fails, nothing.
    ///
    /// The lock is taken at once, so that what `work` reads cannot change before it writes. Within
    /// another transaction it is a savepoint, as in Django's `atomic`.
    pub fn transaction<T, E: From<DatabaseError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.is_in_transaction() {
            return self.savepoint(work);
        }
        self.execute("BEGIN IMMEDIATE", &[])?;
        self.commit_hooks.keep(0);
        let outcome = work(self).and_then(|value| {
            self.execute("COMMIT", &[])?;
            Ok(value)
        });
        let hooks = self.commit_hooks.take();
        if outcome.is_err() {
            // A failed statement may have ended the transaction already.
            self.execute("ROLLBACK", &[]).ok();
            return outcome;
        }
        for hook in hooks {
            hook();
        }
        outcome
    }

    fn savepoint<T, E: From<DatabaseError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        // Nested ones may have the same name: the innermost is meant.
        self.execute("SAVEPOINT djr", &[])?;
        let hooks_before = self.commit_hooks.len();
        let outcome = work(self);
        if outcome.is_err() {
            self.commit_hooks.keep(hooks_before);
            // A failed statement may have ended the whole transaction already.
            self.execute("ROLLBACK TO djr", &[]).ok();
            self.execute("RELEASE djr", &[]).ok();
            return outcome;
        }
        self.execute("RELEASE djr", &[])?;
        outcome
    }

    /// Runs `hook` once the transaction is committed, or at once outside of one.
    ///
    /// Taken back, the transaction or the savepoint within it that the hook was given in, it is not run.
    pub fn on_commit(&self, hook: impl FnOnce() + Send + 'static) {
        if self.is_in_transaction() {
            self.commit_hooks.push(Box::new(hook));
        } else {
            hook();
        }
    }

    /// Whether a transaction is open.
    pub fn is_in_transaction(&self) -> bool {
        !self.raw().is_autocommit()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use crate::db::{Connection, Database, DatabaseError, Durability};

    fn connection() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(1));
        database.open_for_migrations().unwrap().commit().unwrap();
        (folder, database.open(Durability::Normal).unwrap())
    }

    /// A function that lets `connection` note a name once it commits, and the names that were noted.
    fn noting(
        connection: &Connection,
    ) -> (impl Fn(&'static str) + '_, Arc<Mutex<Vec<&'static str>>>) {
        let noted: Arc<Mutex<Vec<&'static str>>> = Arc::default();
        let list = Arc::clone(&noted);
        let note = move |name| {
            let list = Arc::clone(&list);
            connection.on_commit(move || list.lock().unwrap().push(name));
        };
        (note, noted)
    }

    const FAILURE: DatabaseError = DatabaseError::UnfinishedTransaction;

    #[test]
    fn hooks_run_in_order_once_the_outermost_transaction_is_committed() {
        let (_folder, connection) = connection();
        let (note, noted) = noting(&connection);
        note("at once");
        assert_eq!(*noted.lock().unwrap(), ["at once"]);
        let outcome = connection.transaction(|connection| {
            note("outer");
            connection.transaction(|_| {
                note("inner");
                Ok::<_, DatabaseError>(())
            })?;
            assert_eq!(noted.lock().unwrap().len(), 1);
            Ok::<_, DatabaseError>(())
        });
        outcome.unwrap();
        assert_eq!(*noted.lock().unwrap(), ["at once", "outer", "inner"]);
    }

    #[test]
    fn hooks_of_what_is_taken_back_are_dropped_with_it() {
        let (_folder, connection) = connection();
        let (note, noted) = noting(&connection);
        let outcome = connection.transaction(|connection| {
            note("before");
            let inner = connection.transaction(|connection| {
                note("inner");
                connection.transaction(|_| {
                    note("innermost");
                    Ok::<_, DatabaseError>(())
                })?;
                Err::<(), _>(FAILURE)
            });
            inner.unwrap_err();
            note("after");
            Ok::<_, DatabaseError>(())
        });
        outcome.unwrap();
        assert_eq!(*noted.lock().unwrap(), ["before", "after"]);
        let outcome = connection.transaction(|_| {
            note("never");
            Err::<(), _>(FAILURE)
        });
        outcome.unwrap_err();
        connection
            .transaction(|_| Ok::<_, DatabaseError>(()))
            .unwrap();
        assert_eq!(*noted.lock().unwrap(), ["before", "after"]);
    }

    #[test]
    fn a_hook_is_outside_the_transaction_that_ran_it() {
        let (_folder, connection) = connection();
        let (note, noted) = noting(&connection);
        let states = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&states);
        let outcome = connection.transaction(|connection| {
            connection.on_commit(move || seen.lock().unwrap().push("ran"));
            note("next");
            Ok::<_, DatabaseError>(connection.is_in_transaction())
        });
        assert!(outcome.unwrap());
        assert!(!connection.is_in_transaction());
        assert_eq!(*states.lock().unwrap(), ["ran"]);
        assert_eq!(*noted.lock().unwrap(), ["next"]);
    }
}
