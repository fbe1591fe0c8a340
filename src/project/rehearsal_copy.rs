//! The copy of a database that a plan is rehearsed on.

use std::path::PathBuf;

use crate::db::Database;
use crate::files::{AtomicFile, FileMode, remove_leftover};
use crate::project::disk_space::{self, CopyPurpose};
use crate::project::snapshots::SnapshotError;

/// A copy of a database, which is removed when the value is dropped.
pub(super) struct RehearsalCopy {
    pub(super) database: Database,
    // Removes the file itself, and is locked as long as it lives.
    _file: AtomicFile,
}

impl RehearsalCopy {
    pub(super) fn of(database: &Database) -> Result<Self, SnapshotError> {
        let path = copy_path(database);
        // The copy, and a log that may become as large.
        let needed = database.size()?.saturating_mul(2);
        disk_space::check(
            disk_space::parent_directory(&path),
            needed,
            CopyPurpose::Rehearsal,
        )?;
        let file = AtomicFile::create(&path, FileMode::Private)?;
        let copy = Database::new(file.temporary().to_owned(), database.lock_timeout());
        // A log that is left of another file would be taken for that of the copy.
        copy.remove_logs();
        if database.path().exists() {
            database.back_up(copy.path())?;
        }
        Ok(Self {
            database: copy,
            _file: file,
        })
    }
}

impl Drop for RehearsalCopy {
    fn drop(&mut self) {
        self.database.remove_logs();
    }
}

/// The path that the copy is named after; the copy itself has a temporary name.
fn copy_path(database: &Database) -> PathBuf {
    let mut name = database.path().file_name().unwrap_or_default().to_owned();
    name.push(".rehearsal");
    database.path().with_file_name(name)
}

/// Removes the copy of a rehearsal that was killed.
pub(super) fn remove_leftover_copy(database: &Database) -> Result<(), SnapshotError> {
    if let Some(copy) = remove_leftover(&copy_path(database))? {
        Database::new(copy, database.lock_timeout()).remove_logs();
    }
    Ok(())
}
