//! A snapshot of a run that is not committed yet.

use crate::db::DatabaseFingerprint;
use crate::files::AtomicFile;
use crate::project::snapshots::error::SnapshotError;
use crate::project::snapshots::snapshot::{Snapshot, SnapshotRecord};

/// A snapshot of a run that is not committed yet.
#[derive(Debug)]
pub(super) struct PendingSnapshot {
    pub(super) snapshot: Snapshot,
    /// The file, until it has its name.
    pub(super) file: Option<AtomicFile>,
    /// The record that the snapshot had before this run, if it is older than the run.
    pub(super) previous_record: Option<SnapshotRecord>,
}

impl PendingSnapshot {
    /// Gives the snapshot its name, and records what the database holds when the run is done.
    pub(super) fn complete(
        &mut self,
        after: Option<DatabaseFingerprint>,
    ) -> Result<(), SnapshotError> {
        self.snapshot.record.after = after;
        // A record without its snapshot is not listed; a snapshot without a record could not be
        // compared with the database.
        self.snapshot.write_record()?;
        match self.file.take() {
            Some(file) => Ok(file.commit()?),
            None => Ok(()),
        }
    }

    /// Removes it, or gives it back its previous record: the run changed nothing.
    pub(super) fn discard(mut self) -> Result<(), SnapshotError> {
        if self.file.take().is_some() {
            return Ok(());
        }
        match self.previous_record.take() {
            Some(record) => {
                self.snapshot.record = record;
                self.snapshot.write_record()
            }
            None => self.snapshot.remove(),
        }
    }
}
