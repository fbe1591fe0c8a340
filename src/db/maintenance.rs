//! What a database needs from time to time: its log moved, its statistics renewed, its free pages given back.

use std::fs;
use std::time::Duration;

use crate::db::{Connection, Database, DatabaseError, wal};

/// Which pages of a file are free, and whether they can be given back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct FreePages {
    /// How many there are.
    pub count: u64,
    /// How many the file has, used and free.
    pub total: u64,
    /// Bytes of each.
    pub page_size: u64,
    /// Whether the file was made so that some can be given back while others use it (`auto_vacuum = INCREMENTAL`).
    pub is_incremental: bool,
}

/// How much of the write-ahead log was moved into the file.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct MovedLog {
    /// Pages in the log that are in the file too, now.
    pub moved: u64,
    /// Pages that are not, since somebody reads the file as it was before.
    pub left: u64,
}

/// How many pages are given back in one step of a batch.
const PAGES_PER_STEP: u32 = 16;

/// What `PRAGMA optimize` is to do: look at all tables, whether or not this connection used them, and analyze those that
/// it helps.
const OPTIMIZE: u32 = 0x10002;

/// The bit that has it tell what it would do, instead.
const TELL_ONLY: u32 = 1;

/// A file is rebuilt when at least one page in this many is free.
const WORTH_A_REBUILD: u64 = 20;

impl FreePages {
    /// Whether the file is so empty that it is worth writing it anew.
    pub fn are_worth_a_rebuild(self) -> bool {
        self.count > 0 && self.count.saturating_mul(WORTH_A_REBUILD) >= self.total
    }

    /// Bytes of the pages that are in use.
    pub fn bytes_in_use(self) -> u64 {
        self.total.saturating_sub(self.count) * self.page_size
    }
}

impl Database {
    /// Bytes of its write-ahead log on the disk; 0 where there is none.
    pub fn log_size(&self) -> u64 {
        let mut path = self.path().to_owned().into_os_string();
        path.push("-wal");
        fs::metadata(path).map_or(0, |found| found.len())
    }
}

impl Connection {
    /// A number that is another one once any other connection has committed something.
    pub fn version_of_others(&self) -> Result<i64, DatabaseError> {
        let version = self.column::<i64>("PRAGMA data_version", &[])?;
        Ok(version.into_iter().sum())
    }

    /// Whether no other connection has the file open, in any process. Only a lone connection can leave the write-ahead log:
    /// the file leaves it and enters it again.
    pub(super) fn is_alone(&self) -> Result<bool, DatabaseError> {
        let left = self
            .without_waiting(|connection| connection.query("PRAGMA journal_mode = DELETE", &[]));
        if left.is_err() {
            return Ok(false);
        }
        let waits = self.busy_timeout()?;
        let enabled = wal::enable(self.raw(), Duration::from_millis(waits));
        // Until the next one opens it the file is what SQLite makes of every new one.
        Ok(enabled.is_ok())
    }

    /// Runs `work`, which fails at once where another connection has a lock that it needs.
    fn without_waiting<T>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let waits = self.busy_timeout()?;
        self.query("PRAGMA busy_timeout = 0", &[])?;
        let outcome = work(self);
        self.query(&format!("PRAGMA busy_timeout = {waits}"), &[])?;
        outcome
    }

    /// How many milliseconds locks are waited for.
    fn busy_timeout(&self) -> Result<u64, DatabaseError> {
        let waits: Vec<i64> = self.column("PRAGMA busy_timeout", &[])?;
        Ok(waits.first().copied().unwrap_or_default().unsigned_abs())
    }

    /// Renews the statistics by which SQLite chooses indexes, where they would be others by now; a part of each table is
    /// looked at, so that it does not take long. Returns what it ran.
    pub fn optimize(&self) -> Result<Vec<String>, DatabaseError> {
        let optimizations =
            self.column(&format!("PRAGMA optimize = {}", OPTIMIZE | TELL_ONLY), &[])?;
        self.query(&format!("PRAGMA optimize = {OPTIMIZE}"), &[])?;
        Ok(optimizations)
    }

    /// Moves the write-ahead log into the file as far as nobody reads what was there before; waits for nobody, and nobody
    /// waits for it.
    pub fn move_log(&self) -> Result<MovedLog, DatabaseError> {
        self.checkpoint("PASSIVE")
    }

    /// Moves the write-ahead log into the file, and cuts it to nothing where no one reads it at this moment.
    pub fn empty_log(&self) -> Result<MovedLog, DatabaseError> {
        let moved = self.move_log()?;
        // Little is left to be moved by now. This one keeps writers out while it looks for readers, so it must not wait.
        let left = self
            .without_waiting(|connection| connection.checkpoint("TRUNCATE"))?
            .left;
        Ok(MovedLog {
            moved: (moved.moved + moved.left).saturating_sub(left),
            left,
        })
    }

    fn checkpoint(&self, mode: &str) -> Result<MovedLog, DatabaseError> {
        let row = self.query_one(&format!("PRAGMA wal_checkpoint({mode})"), &[])?;
        let Some(row) = row else {
            return Ok(MovedLog::default());
        };
        // Both are -1 where there is no log.
        let pages = |column| Ok::<_, DatabaseError>(row.get::<i64>(column)?.max(0).unsigned_abs());
        let (all, moved) = (pages(1)?, pages(2)?);
        Ok(MovedLog {
            moved,
            left: all.saturating_sub(moved),
        })
    }

    /// The pages of the file that are not in use.
    pub fn free_pages(&self) -> Result<FreePages, DatabaseError> {
        let number = |name: &str| {
            let found: Vec<i64> = self.column(&format!("PRAGMA {name}"), &[])?;
            Ok::<_, DatabaseError>(found.first().copied().unwrap_or_default().unsigned_abs())
        };
        Ok(FreePages {
            count: number("freelist_count")?,
            total: number("page_count")?,
            page_size: number("page_size")?,
            is_incremental: number("auto_vacuum")? == 2,
        })
    }

    /// Writes the whole file anew, without the pages that are not in use; returns how many these were.
    ///
    /// Others may read the file meanwhile, as it was; whoever writes waits for all of it. The file on the disk is smaller once
    /// the log is moved.
    pub fn rebuild(&self) -> Result<u64, DatabaseError> {
        let before = self.free_pages()?.total;
        self.execute("VACUUM", &[])?;
        Ok(before.saturating_sub(self.free_pages()?.total))
    }

    /// Gives pages that are not in use back to the disk, in batches; returns how many.
    pub fn give_back_free_pages(&self) -> Result<u64, DatabaseError> {
        let step = |connection: &Self| {
            let before = connection.free_pages()?.count;
            connection.query(&format!("PRAGMA incremental_vacuum({PAGES_PER_STEP})"), &[])?;
            let after = connection.free_pages()?.count;
            Ok::<_, DatabaseError>(
                usize::try_from(before.saturating_sub(after)).unwrap_or_default(),
            )
        };
        self.in_batches(step, &mut |_| {})
    }
}
