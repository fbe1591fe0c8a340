//! The one way to change a schema: foreign keys off, one transaction, all references checked.

use std::ops::Deref;
use std::time::Duration;

use crate::db::foreign_key_check::mismatched_tables;
use crate::db::lent_connections::LentTransaction;
use crate::db::new_database_file::NewDatabaseFile;
use crate::db::{Connection, DatabaseError, SqliteError, broken_references, functions, script};

/// A transaction that holds the write lock; dropped without a commit, it leaves the file as it was.
///
/// Foreign keys are off in it. Enforced, they would make the remake of a
/// table that rows refer to fail; and the pragma does nothing inside a
/// transaction, so that there is no other moment than before it begins.
#[derive(Debug)]
pub struct SchemaTransaction {
    connection: Connection,
    new_file: Option<NewDatabaseFile>,
    /// How many tables had foreign keys that SQLite cannot follow when it began.
    mismatched: usize,
    /// The part of the transaction of somebody else that it is, on a connection of theirs.
    lent: Option<LentTransaction>,
}

impl SchemaTransaction {
    pub(super) fn begin(connection: rusqlite::Connection) -> rusqlite::Result<Self> {
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        Ok(Self::on(Connection::new(connection)))
    }

    /// A transaction that makes a file; it is there once it commits.
    pub(super) fn begin_new_file(new_file: NewDatabaseFile) -> rusqlite::Result<Self> {
        let begun = Self::begin(new_file.connect()?)?;
        Ok(Self {
            new_file: Some(new_file),
            ..begun
        })
    }

    /// The part of the transaction that is open on the connection `lent`; foreign keys are enforced at its end.
    pub(super) fn within(lent: Connection) -> Result<Self, DatabaseError> {
        let part = LentTransaction::begin(&lent)?;
        Ok(Self {
            lent: Some(part),
            ..Self::on(lent)
        })
    }

    fn on(connection: Connection) -> Self {
        let mismatched = mismatched_tables(&connection).map_or(0, |found| found.len());
        Self {
            connection,
            new_file: None,
            mismatched,
            lent: None,
        }
    }

    /// A transaction on an empty database in memory, which is gone with it.
    pub fn in_memory() -> Result<Self, DatabaseError> {
        let begun = rusqlite::Connection::open_in_memory().and_then(|connection| {
            functions::register(&connection)?;
            Self::begin(connection)
        });
        begun.map_err(|source| DatabaseError::Open {
            path: ":memory:".into(),
            source: SqliteError(source),
        })
    }

    /// Keeps the changes, provided every reference in the file has its row.
    pub fn commit(self) -> Result<(), DatabaseError> {
        self.check_references()?;
        let Self {
            connection,
            new_file,
            lent,
            ..
        } = self;
        end(&connection, lent)?;
        drop(connection);
        new_file.map_or(Ok(()), |new_file| new_file.publish().map(drop))
    }

    /// Keeps the changes as [`Self::commit`] does, and the connection for the next transaction.
    pub fn commit_and_keep_connection(self) -> Result<BetweenTransactions, DatabaseError> {
        self.check_references()?;
        let Self {
            connection,
            new_file,
            lent,
            ..
        } = self;
        end(&connection, lent)?;
        let Some(new_file) = new_file else {
            return Ok(BetweenTransactions(connection));
        };
        drop(connection);
        let connection = new_file.publish()?.open_writable()?;
        Ok(BetweenTransactions(Connection::new(connection)))
    }

    fn check_references(&self) -> Result<(), DatabaseError> {
        let mut mismatched = mismatched_tables(self)?;
        if mismatched.len() > self.mismatched
            && let Some(last) = mismatched.pop()
        {
            return Err(last.error);
        }
        let broken = broken_references(self)?;
        if broken.total == 0 {
            return Ok(());
        }
        Err(DatabaseError::BrokenReferences(broken))
    }
}

/// Keeps what was written on `connection`: within the transaction that it is part of, or for ever.
fn end(connection: &Connection, lent: Option<LentTransaction>) -> Result<(), DatabaseError> {
    match lent {
        Some(part) => part.keep(),
        None => connection.execute("COMMIT", &[]).map(drop),
    }
}

impl Deref for SchemaTransaction {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

/// The connection between two transactions, when others may write.
#[derive(Debug)]
pub struct BetweenTransactions(Connection);

impl BetweenTransactions {
    /// Runs the statements of a script, each committed on its own; it may begin transactions, and
    /// one that it does not end is taken back.
    pub fn run_script(&self, script: &str) -> Result<(), DatabaseError> {
        let mut statements = script::statements(script).into_iter();
        let outcome = statements.try_for_each(|sql| self.0.query(&sql, &[]).map(drop));
        if self.0.is_lent() || self.0.raw().is_autocommit() {
            return outcome;
        }
        self.0.execute("ROLLBACK", &[])?;
        outcome.and(Err(DatabaseError::UnfinishedTransaction))
    }

    /// Waits for the lock up to `lock_timeout` and begins the next transaction.
    pub(super) fn begin(&self, lock_timeout: Duration) -> rusqlite::Result<()> {
        let connection = self.0.raw();
        connection.busy_timeout(lock_timeout)?;
        connection.pragma_update(None, "foreign_keys", false)?;
        connection.execute_batch("BEGIN IMMEDIATE")
    }

    /// Whether the transaction around it belongs to somebody else.
    pub(super) fn is_lent(&self) -> bool {
        self.0.is_lent()
    }

    pub(super) fn into_lent_transaction(self) -> Result<SchemaTransaction, DatabaseError> {
        SchemaTransaction::within(self.0)
    }

    pub(super) fn into_transaction(self) -> SchemaTransaction {
        SchemaTransaction::on(self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tempfile::TempDir;

    use crate::db::{Database, DatabaseError};

    fn database_with_a_reference() -> (TempDir, Database) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(5));
        let schema = database.open_for_migrations().unwrap();
        for sql in [
            "CREATE TABLE author (id INTEGER PRIMARY KEY)",
            "CREATE TABLE book (author INTEGER REFERENCES author (id))",
            "INSERT INTO author VALUES (1)",
            "INSERT INTO book VALUES (1)",
        ] {
            schema.execute(sql, &[]).unwrap();
        }
        schema.commit().unwrap();
        (folder, database)
    }

    #[test]
    fn remakes_a_table_that_rows_refer_to() {
        let (_folder, database) = database_with_a_reference();
        let schema = database.open_for_migrations().unwrap();
        for sql in [
            "CREATE TABLE new_author (id INTEGER PRIMARY KEY, name TEXT)",
            "INSERT INTO new_author (id) SELECT id FROM author",
            "DROP TABLE author",
            "ALTER TABLE new_author RENAME TO author",
        ] {
            schema.execute(sql, &[]).unwrap();
        }
        schema.commit().unwrap();
    }

    #[test]
    fn undoes_all_of_a_change_that_breaks_a_reference() {
        let (_folder, database) = database_with_a_reference();
        let schema = database.open_for_migrations().unwrap();
        schema.execute("DELETE FROM author", &[]).unwrap();
        let error = schema.commit().unwrap_err();
        assert!(matches!(error, DatabaseError::BrokenReferences(_)));
        assert_eq!(
            error.to_string(),
            "rows refer to others that do not exist: row 1 of `book` has `author` = 1, which is not in `author`"
        );
        let connection = database.open_read_only().unwrap().unwrap();
        let authors = connection.column::<i64>("SELECT id FROM author", &[]);
        assert_eq!(authors.unwrap(), [1]);
    }
}
