//! Transactions that are begun and ended by calls of their own, as Python's `atomic` needs them.

use crate::db::{Connection, DatabaseError};

impl Connection {
    /// Begins a write transaction that [`Self::commit`] or [`Self::rollback`] ends; whoever begins it holds the
    /// connection until then.
    pub fn begin(&self) -> Result<(), DatabaseError> {
        self.execute("BEGIN IMMEDIATE", &[])?;
        self.commit_hooks.keep(0);
        Ok(())
    }

    /// Keeps what the transaction wrote, and runs what waits for that.
    pub fn commit(&self) -> Result<(), DatabaseError> {
        self.execute("COMMIT", &[])?;
        for hook in self.commit_hooks.take() {
            hook();
        }
        Ok(())
    }

    /// Takes back what the transaction wrote, and forgets what waits for its end; without one nothing happens.
    pub fn rollback(&self) -> Result<(), DatabaseError> {
        self.commit_hooks.keep(0);
        // A failed statement may have ended the transaction already.
        if self.is_in_transaction() {
            self.execute("ROLLBACK", &[])?;
        }
        Ok(())
    }

    /// Marks this place of the transaction, to which it can go back; returns how many hooks wait so far.
    pub fn savepoint_at(&self, name: &str) -> Result<usize, DatabaseError> {
        self.execute(&format!("SAVEPOINT {}", quoted(name)), &[])?;
        Ok(self.commit_hooks.len())
    }

    /// Forgets the place called `name` and those marked since; what was written stays.
    pub fn release_savepoint(&self, name: &str) -> Result<(), DatabaseError> {
        let sql = format!("RELEASE SAVEPOINT {}", quoted(name));
        self.execute(&sql, &[]).map(drop)
    }

    /// Takes back what was written since the place called `name`, where `hooks` waited.
    pub fn rollback_to_savepoint(&self, name: &str, hooks: usize) -> Result<(), DatabaseError> {
        let sql = format!("ROLLBACK TO SAVEPOINT {}", quoted(name));
        self.execute(&sql, &[])?;
        self.commit_hooks.keep(hooks);
        Ok(())
    }
}

fn quoted(name: &str) -> String {
    crate::db::quote_name(name)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use crate::db::{Connection, Database, Durability};

    fn connection() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(1));
        let schema = database.open_for_migrations().unwrap();
        schema.execute("CREATE TABLE a (x)", &[]).unwrap();
        schema.commit().unwrap();
        (folder, database.open(Durability::Normal).unwrap())
    }

    fn insert(connection: &Connection, number: i64) {
        let values = [number.into()];
        connection
            .execute("INSERT INTO a VALUES (?)", &values)
            .unwrap();
    }

    fn rows(connection: &Connection) -> Vec<i64> {
        connection
            .column("SELECT x FROM a ORDER BY x", &[])
            .unwrap()
    }

    #[test]
    fn a_place_that_is_gone_back_to_forgets_rows_and_hooks_since() {
        let (_folder, connection) = connection();
        let noted = Arc::new(Mutex::new(Vec::new()));
        let note = |name: &'static str| {
            let list = Arc::clone(&noted);
            connection.on_commit(move || list.lock().unwrap().push(name));
        };
        connection.begin().unwrap();
        insert(&connection, 1);
        note("first");
        let hooks = connection.savepoint_at("a\"b").unwrap();
        insert(&connection, 2);
        note("second");
        connection.rollback_to_savepoint("a\"b", hooks).unwrap();
        connection.release_savepoint("a\"b").unwrap();
        connection.commit().unwrap();
        assert_eq!(rows(&connection), [1]);
        assert_eq!(*noted.lock().unwrap(), ["first"]);
        connection.begin().unwrap();
        insert(&connection, 3);
        note("third");
        connection.rollback().unwrap();
        connection.rollback().unwrap();
        assert_eq!(rows(&connection), [1]);
        assert_eq!(noted.lock().unwrap().len(), 1);
    }
}
