//! A database file, and the modes it is opened in.

use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::ffi::{self, SQLITE_READONLY_ROLLBACK};
use rusqlite::{ErrorCode, OpenFlags};

use crate::db::lent_connections::lent;
use crate::db::{Connection, DatabaseError, Dialect, Sqlite, SqliteError, functions, planner, wal};

/// How many compiled statements a connection keeps, as Python's `sqlite3` does.
const KEPT_STATEMENTS: usize = 128;

/// How durable a commit is when it returns.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Durability {
    /// On the disk: for commands that report what they did.
    Full,
    /// In the log, safe from a crash of the process: for the server.
    Normal,
}

/// A database file, opened in the mode a command needs.
#[derive(Clone, Debug)]
pub struct Database {
    path: PathBuf,
    lock_timeout: Duration,
}

impl Database {
    /// Names the file at `path`, whose locks are waited for up to `lock_timeout`.
    pub fn new(path: PathBuf, lock_timeout: Duration) -> Self {
        Self { path, lock_timeout }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How SQL is written for it.
    pub fn dialect(&self) -> &'static dyn Dialect {
        &Sqlite
    }

    /// How long its locks are waited for.
    pub fn lock_timeout(&self) -> Duration {
        self.lock_timeout
    }

    /// The same file, whose locks are waited for up to `lock_timeout`.
    #[must_use]
    pub fn with_lock_timeout(&self, lock_timeout: Duration) -> Self {
        Self::new(self.path.clone(), lock_timeout)
    }

    /// Opens the file without creating, altering or switching it; `None` where there is none.
    ///
    /// Beside a file in WAL mode SQLite may leave its `-wal` and `-shm`, as any reader does. What a
    /// process that died left half-written is undone first: nobody can read the file before. Where nothing can
    /// be written beside the file, it is read as one that does not change, if nobody has it open.
    pub fn open_read_only(&self) -> Result<Option<Connection>, DatabaseError> {
        if let Some(lent) = lent(&self.path) {
            return Ok(Some(lent));
        }
        if !self.exists()? {
            return Ok(None);
        }
        let read_only = || self.connect(OpenFlags::SQLITE_OPEN_READ_ONLY);
        read_only()
            .or_else(|error| match error.sqlite_error() {
                Some(cause) if cause.extended_code == SQLITE_READONLY_ROLLBACK => {
                    drop(self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?);
                    read_only()
                }
                Some(cause) if needs_log(*cause) && self.is_at_rest() => {
                    self.connect_immutable().map_err(|_| error)
                }
                _ => Err(error),
            })
            .map(|connection| Some(Connection::new(connection)))
            .map_err(|source| self.open_error(source))
    }

    /// Opens the existing file for reading and writing, foreign keys enforced.
    ///
    /// Fails with [`DatabaseError::Missing`] where there is no file: only `migrate` makes one.
    pub fn open(&self, durability: Durability) -> Result<Connection, DatabaseError> {
        if let Some(lent) = lent(&self.path) {
            return Ok(lent);
        }
        if !self.exists()? {
            return Err(DatabaseError::Missing(self.path.clone()));
        }
        self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)
            .and_then(|connection| {
                wal::enable(&connection, self.lock_timeout)?;
                connection.pragma_update(None, "foreign_keys", true)?;
                set_durability(&connection, durability)?;
                planner::keep_plans(&connection)?;
                Ok(Connection::new(connection))
            })
            .map_err(|source| self.open_error(source))
    }

    /// A connection that writes durably to the file, which is made if need be.
    pub(super) fn open_writable(&self) -> Result<rusqlite::Connection, DatabaseError> {
        if !self.exists()? {
            self.create_private()
                .map_err(|source| self.file_error(source))?;
        }
        self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)
            .and_then(|connection| {
                wal::enable(&connection, self.lock_timeout)?;
                set_durability(&connection, Durability::Full)?;
                Ok(connection)
            })
            .map_err(|source| self.open_error(source))
    }

    /// Whether there is a file; refuses what is not a file: SQLite would wait for ever at a pipe.
    pub(super) fn exists(&self) -> Result<bool, DatabaseError> {
        let what = match fs::metadata(&self.path) {
            Ok(found) if found.is_file() => return Ok(true),
            Ok(found) if found.is_dir() => "a directory",
            Ok(_) => "no ordinary file",
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(self.file_error(error));
            }
            Err(_) if self.path.is_symlink() => "a symbolic link that leads nowhere",
            Err(_) => return Ok(false),
        };
        Err(DatabaseError::NotAFile {
            path: self.path.clone(),
            what,
        })
    }

    pub(super) fn connect(&self, mode: OpenFlags) -> rusqlite::Result<rusqlite::Connection> {
        self.prepare(&self.path, mode)
    }

    /// Reads the file without locks and without its write-ahead log.
    fn connect_immutable(&self) -> rusqlite::Result<rusqlite::Connection> {
        let uri = format!("file:{}?immutable=1", percent_encoded(&self.path));
        let mode = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        self.prepare(Path::new(&uri), mode)
    }

    /// Whether all that was committed is in the file: there is neither a write-ahead log nor a journal.
    fn is_at_rest(&self) -> bool {
        ["-wal", "-journal"].iter().all(|ending| {
            let mut path = self.path.clone().into_os_string();
            path.push(ending);
            fs::metadata(path).map_or(true, |found| found.len() == 0)
        })
    }

    fn prepare(&self, name: &Path, mode: OpenFlags) -> rusqlite::Result<rusqlite::Connection> {
        let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(name, flags)?;
        functions::register(&connection)?;
        connection.busy_timeout(self.lock_timeout)?;
        connection.set_prepared_statement_cache_capacity(KEPT_STATEMENTS);
        // SQLite reads nothing before the first statement; a file of another kind is to fail here.
        connection.pragma_query_value(None, "schema_version", |row| row.get::<_, u32>(0))?;
        Ok(connection)
    }

    /// Creates the file for its owner alone; SQLite would leave the mode to the umask.
    ///
    /// An existing file is never opened here: closing it would drop the locks
    /// that another connection of this process holds on it.
    fn create_private(&self) -> io::Result<()> {
        let mut options = OpenOptions::new();
        let created = options.write(true).create_new(true).mode(0o600);
        match created.open(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    }

    pub(super) fn file_error(&self, source: io::Error) -> DatabaseError {
        DatabaseError::File {
            path: self.path.clone(),
            source,
        }
    }

    pub(super) fn open_error(&self, source: rusqlite::Error) -> DatabaseError {
        DatabaseError::Open {
            path: self.path.clone(),
            source: SqliteError(source),
        }
    }
}

/// Whether a file in WAL mode cannot be read because nothing can be made beside it.
fn needs_log(cause: ffi::Error) -> bool {
    matches!(cause.code, ErrorCode::CannotOpen | ErrorCode::ReadOnly)
}

/// A path as the address of a file that SQLite takes.
fn percent_encoded(path: &Path) -> String {
    let mut encoded = String::new();
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(byte) {
            encoded.push(char::from(*byte));
        } else {
            encoded.extend(["%".to_owned(), format!("{byte:02X}")]);
        }
    }
    encoded
}

fn set_durability(
    connection: &rusqlite::Connection,
    durability: Durability,
) -> rusqlite::Result<()> {
    let level = match durability {
        Durability::Full => "FULL",
        Durability::Normal => "NORMAL",
    };
    connection.pragma_update(None, "synchronous", level)
}
