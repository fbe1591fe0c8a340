//! Copies of a whole database file, and the way back from one, through SQLite's online backup.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use rusqlite::OpenFlags;
use rusqlite::backup::{Backup, StepResult};

use crate::db::error::{busy, failure};
use crate::db::{Database, DatabaseError, SqliteError};

/// Pages copied at once; the whole copy is one step where nothing can come between.
const ALL: i32 = -1;

impl Database {
    /// How many bytes a copy of the file takes; 0 where there is none.
    pub fn size(&self) -> Result<u64, DatabaseError> {
        let Some(connection) = self.open_read_only()? else {
            return Ok(0);
        };
        let pragma = |sql: &str| connection.column::<i64>(sql, &[]);
        let pages = pragma("PRAGMA page_count")?.into_iter().sum::<i64>();
        let size = pragma("PRAGMA page_size")?.into_iter().sum::<i64>();
        Ok(u64::try_from(pages * size).unwrap_or_default())
    }

    /// Writes all that is committed to `target`, an empty file that nobody else uses.
    ///
    /// The copy is one file without a log beside it; it is read again and found whole. What another
    /// connection has not committed is not in it. The caller syncs the file.
    pub fn back_up(&self, target: &Path) -> Result<(), DatabaseError> {
        let failed = |source| DatabaseError::Copy {
            path: target.to_owned(),
            source: SqliteError(source),
        };
        let source = self.existing(OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let write = || {
            let mut copy = rusqlite::Connection::open(target)?;
            // A copy that is not finished is thrown away: no journal, no sync before the end.
            copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
            let backup = Backup::new(&source, &mut copy)?;
            finish(&backup)?;
            drop(backup);
            // The pages say that they belong to a log; this file is to stand alone.
            copy.query_row("PRAGMA journal_mode = DELETE", (), |_| Ok(()))?;
            copy.close().map_err(|(_, error)| error)?;
            // SQLite does not call it an error where that could not be written.
            match is_on_its_own(target) {
                Ok(true) => Ok(()),
                _ => Err(failure(rusqlite::ffi::SQLITE_IOERR)),
            }
        };
        let copy = Self::new(target.to_owned(), self.lock_timeout());
        let outcome = write().map_err(failed).and_then(|()| copy.verify());
        if outcome.is_err() {
            copy.remove_logs();
        }
        outcome
    }

    /// Removes what SQLite keeps beside the file, which nobody has open and which goes as well.
    pub fn remove_logs(&self) {
        for suffix in ["-wal", "-shm", "-journal"] {
            let mut log = self.path().as_os_str().to_owned();
            log.push(suffix);
            fs::remove_file(PathBuf::from(log)).ok();
        }
    }

    /// Fails unless SQLite finds the file whole.
    pub fn verify(&self) -> Result<(), DatabaseError> {
        let Some(connection) = self.open_read_only()? else {
            return Err(DatabaseError::Missing(self.path().to_owned()));
        };
        let found: Vec<String> = connection.column("PRAGMA quick_check(1)", &[])?;
        match found.into_iter().next() {
            Some(problem) if problem != "ok" => Err(DatabaseError::Damaged {
                path: self.path().to_owned(),
                problem,
            }),
            _ => Ok(()),
        }
    }

    /// Puts what is in the file at `snapshot` in the place of all that is in this one.
    ///
    /// It is one transaction: whoever reads sees all of the old or all of the new, also after a
    /// crash. `check` runs under its lock, before anything is written, and may still refuse.
    pub fn restore<E: From<DatabaseError>>(
        &self,
        snapshot: &Path,
        check: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |source| DatabaseError::Copy {
            path: self.path().to_owned(),
            source: SqliteError(source),
        };
        let source = Self::new(snapshot.to_owned(), self.lock_timeout());
        source.verify()?;
        let source = source.existing(OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut live = self.open_writable()?;
        let backup = Backup::new(&source, &mut live).map_err(failed)?;
        // No page yet: this only takes the lock.
        match backup.step(0).map_err(failed)? {
            StepResult::Busy | StepResult::Locked => return Err(failed(busy()).into()),
            _ => check()?,
        }
        finish(&backup).map_err(failed)?;
        Ok(())
    }

    fn existing(&self, mode: OpenFlags) -> Result<rusqlite::Connection, DatabaseError> {
        self.connect(mode)
            .map_err(|source| match self.path().try_exists() {
                Ok(false) => DatabaseError::Missing(self.path().to_owned()),
                Err(source) => self.file_error(source),
                Ok(true) => self.open_error(source),
            })
    }
}

fn finish(backup: &Backup<'_, '_>) -> rusqlite::Result<()> {
    match backup.step(ALL)? {
        StepResult::Done => Ok(()),
        _ => Err(busy()),
    }
}

/// Whether the header of the file says that it has no log beside it
/// (<https://sqlite.org/fileformat2.html>, 1.3.3).
fn is_on_its_own(path: &Path) -> io::Result<bool> {
    let mut versions = [0; 2];
    File::open(path)?.read_exact_at(&mut versions, 18)?;
    Ok(versions == [1, 1])
}

/// How many bytes the disk that holds `directory` has left for this user.
pub fn free_space(directory: &Path) -> io::Result<u64> {
    let found = rustix::fs::statvfs(directory)?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}
