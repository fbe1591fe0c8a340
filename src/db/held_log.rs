//! A write-ahead log that only one connection moves into the file.

use rusqlite::{Connection as RawConnection, OpenFlags};

use crate::db::Connection;

/// From so many pages on a log is long: 64 MiB of the usual pages.
const LONG: u64 = 16_384;

/// Keeps others from moving the log into the file.
///
/// Whoever commits while the log is long moves it, and waits for the disk. A log that another connection makes long would cost
/// them that at every commit. What is younger than what somebody reads cannot be moved: so somebody reads.
pub(super) struct HeldLog(RawConnection);

impl HeldLog {
    /// Holds the log of the database of `connection` from now on; none where that cannot be done.
    pub(super) fn of(connection: &Connection) -> Option<Self> {
        let path = connection.raw().path()?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let held = Self(RawConnection::open_with_flags(path, flags).ok()?);
        held.read().ok()?;
        Some(held)
    }

    /// Moves what is in the log by `connection`, and holds what comes.
    ///
    /// What is there is held before it is moved: what came in between would be left for others to move, who would wait for the
    /// disk with each commit. A log that is held all the time is never begun anew, so a long one is let go, if all of it was
    /// moved.
    pub(super) fn move_by(&self, connection: &Connection) {
        // Each of these may fail: then others move the log as ever.
        self.read_anew().ok();
        let moved = connection.move_log();
        if moved.is_ok_and(|moved| moved.left == 0 && moved.moved > LONG) {
            self.read_anew().ok();
        }
    }

    fn read_anew(&self) -> rusqlite::Result<()> {
        self.0.execute_batch("ROLLBACK").ok();
        self.read()
    }

    fn read(&self) -> rusqlite::Result<()> {
        self.0.execute_batch("BEGIN; SELECT 1 FROM sqlite_master")
    }
}
