//! Puts a snapshot in the place of the database, as `djr undo` does.

use crate::db::{DatabaseError, DatabaseFingerprint};
use crate::project::disk_space::{self, CopyPurpose};
use crate::project::snapshots::error::SnapshotError;
use crate::project::snapshots::snapshot::{Snapshot, SnapshotReason};
use crate::project::snapshots::store::Snapshots;

impl Snapshots {
    /// Puts `snapshot` back; returns the snapshot of what was there, none where that is the same.
    ///
    /// Refused where the database was written to since, unless `discard_later_writes`.
    pub fn restore(
        &self,
        snapshot: &Snapshot,
        discard_later_writes: bool,
    ) -> Result<Option<Snapshot>, SnapshotError> {
        let mut replaced = None;
        let outcome = self.database.restore(&snapshot.path, || {
            let now = self.fingerprint()?;
            if now == snapshot.record.before {
                return Err(SnapshotError::NothingToUndo);
            }
            if !discard_later_writes {
                self.check_later_writes(snapshot, &now)?;
            }
            let reason = SnapshotReason::Undo(snapshot.name.clone());
            let mut pending = self.take("undo", reason, now)?;
            // All of it goes through the log beside the database first.
            let directory = disk_space::parent_directory(self.database.path());
            disk_space::check(directory, snapshot.size, CopyPurpose::Restore)?;
            pending.complete(Some(snapshot.record.before.clone()))?;
            replaced = Some(pending.snapshot);
            Ok(())
        });
        match outcome {
            Err(SnapshotError::NothingToUndo) => return Ok(None),
            outcome => outcome?,
        }
        self.prune()?;
        Ok(replaced)
    }

    /// Fails unless the database holds what the run that took `snapshot` left.
    fn check_later_writes(
        &self,
        snapshot: &Snapshot,
        now: &DatabaseFingerprint,
    ) -> Result<(), SnapshotError> {
        let after = snapshot.record.after.as_ref();
        if after == Some(now) || snapshot.record.underway.as_ref() == Some(now) {
            return Ok(());
        }
        Err(SnapshotError::LaterWrites {
            name: snapshot.name.clone(),
            database: self.alias.clone(),
            differences: after.map_or_else(Vec::new, |after| after.differences(now)),
        })
    }

    fn fingerprint(&self) -> Result<DatabaseFingerprint, DatabaseError> {
        match self.database.open_read_only()? {
            Some(connection) => connection.snapshot(DatabaseFingerprint::of),
            None => Ok(DatabaseFingerprint::default()),
        }
    }
}
