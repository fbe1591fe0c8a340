//! A database that is not there yet: made under a hidden name, and whole before it has its own.
//!
//! Nobody else can open it, so that nothing has to be journaled and one sync serves all that
//! is in it. A run that is killed leaves no database.

use std::os::unix::fs::FileExt as _;
use std::thread;
use std::time::Instant;

use rusqlite::OpenFlags;

use crate::db::error::busy;
use crate::db::{Database, DatabaseError, functions, wal};
use crate::files::{AtomicFile, FileMode};

/// Where a file's header says how it is written and read, a byte each, and what stands for the
/// write-ahead log (<https://sqlite.org/fileformat2.html>, 1.3.3).
const FORMAT_VERSIONS: u64 = 18;
const WRITE_AHEAD_LOG: [u8; 2] = [2, 2];

/// The file in which a new database comes to be, and the right to make it.
#[derive(Debug)]
pub(super) struct NewDatabaseFile {
    file: AtomicFile,
    database: Database,
}

impl NewDatabaseFile {
    /// Takes the right to make the file of `database`, which another process may have for as long
    /// as locks are waited for; `None` where there is a file by then.
    pub(super) fn claim(database: &Database) -> Result<Option<Self>, DatabaseError> {
        let deadline = Instant::now() + database.lock_timeout();
        while !database.exists()? {
            let claimed = AtomicFile::try_create(database.path(), FileMode::Private);
            match claimed.map_err(|source| database.file_error(source))? {
                // Whoever had it before may have been done in between.
                Some(file) => {
                    let database = database.clone();
                    let is_free = !database.exists()?;
                    return Ok(is_free.then_some(Self { file, database }));
                }
                None if Instant::now() < deadline => thread::sleep(wal::RETRY_INTERVAL),
                None => return Err(database.open_error(busy())),
            }
        }
        Ok(None)
    }

    /// Opens the empty file.
    pub(super) fn connect(&self) -> rusqlite::Result<rusqlite::Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(self.file.temporary(), flags)?;
        functions::register(&connection)?;
        connection.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")?;
        Ok(connection)
    }

    /// Gives the file its name; all connections to it are closed. It will be written through a log.
    pub(super) fn publish(self) -> Result<Database, DatabaseError> {
        let Self { file, database } = self;
        let marked = file
            .as_file()
            .write_all_at(&WRITE_AHEAD_LOG, FORMAT_VERSIONS);
        match marked.and_then(|()| file.commit_new()) {
            Ok(true) => Ok(database),
            Ok(false) => Err(DatabaseError::CreatedConcurrently(
                database.path().to_owned(),
            )),
            Err(source) => Err(database.file_error(source)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::Duration;

    use crate::db::{Database, DatabaseError};

    fn database(folder: &Path) -> Database {
        Database::new(folder.join("db.sqlite3"), Duration::from_millis(50))
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    #[test]
    fn a_new_file_appears_whole_and_private_with_the_commit() {
        let folder = tempfile::tempdir().unwrap();
        let database = database(folder.path());
        let schema = database.open_for_migrations().unwrap();
        schema.execute("CREATE TABLE author (id)", &[]).unwrap();
        assert!(!database.path().exists());
        schema.commit().unwrap();
        assert_eq!(names(folder.path()), ["db.sqlite3"]);
        let connection = database.open_read_only().unwrap().unwrap();
        let mode = connection.column::<String>("PRAGMA journal_mode", &[]);
        assert_eq!(mode.unwrap(), ["wal"]);
        assert!(connection.has_table("author").unwrap());
    }

    #[test]
    fn what_is_not_committed_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let schema = database(folder.path()).open_for_migrations().unwrap();
        schema.execute("CREATE TABLE author (id)", &[]).unwrap();
        drop(schema);
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn one_at_a_time_makes_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let database = database(folder.path());
        let schema = database.open_for_migrations().unwrap();
        assert!(database.open_for_migrations().unwrap_err().is_busy());
        schema.commit().unwrap();
        database.open_for_migrations().unwrap();
    }

    #[test]
    fn a_file_of_another_program_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let database = database(folder.path());
        let schema = database.open_for_migrations().unwrap();
        fs::write(database.path(), "theirs").unwrap();
        let error = schema.commit().unwrap_err();
        assert!(
            matches!(error, DatabaseError::CreatedConcurrently(_)),
            "{error}"
        );
        assert_eq!(fs::read(database.path()).unwrap(), b"theirs");
        assert_eq!(names(folder.path()), ["db.sqlite3"]);
    }
}
