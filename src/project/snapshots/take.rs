//! Takes a snapshot: a copy of what a database holds, checked and written aside.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;

use crate::clock::{self, Zone};
use crate::db::DatabaseFingerprint;
use crate::files::{AtomicFile, FileMode, remove_leftovers};
use crate::project::disk_space::{self, CopyPurpose};
use crate::project::snapshots::error::SnapshotError;
use crate::project::snapshots::pending_snapshot::PendingSnapshot;
use crate::project::snapshots::snapshot::{Snapshot, SnapshotReason, SnapshotRecord};
use crate::project::snapshots::store::Snapshots;

impl Snapshots {
    /// Takes a snapshot of what is committed, unless the newest one holds just that.
    ///
    /// The caller has the write lock. `before` is what the database holds; `label` becomes the end
    /// of the snapshot's name.
    pub(super) fn take(
        &self,
        label: &str,
        reason: SnapshotReason,
        before: DatabaseFingerprint,
    ) -> Result<PendingSnapshot, SnapshotError> {
        self.make_directory()
            .map_err(|source| self.unreadable(source))?;
        remove_leftovers(&self.directory)?;
        let record = SnapshotRecord {
            schema: 1,
            database: self.alias.as_str().to_owned(),
            taken: clock::now().to_rfc3339(),
            reason,
            before,
            after: None,
            underway: None,
        };
        match self.list()?.into_iter().next() {
            Some(newest) if newest.record.before == record.before => Ok(PendingSnapshot {
                previous_record: Some(newest.record.clone()),
                snapshot: Snapshot { record, ..newest },
                file: None,
            }),
            _ => self.copy_database(label, record),
        }
    }

    fn copy_database(
        &self,
        label: &str,
        record: SnapshotRecord,
    ) -> Result<PendingSnapshot, SnapshotError> {
        let size = self.database.size()?;
        let purpose = match record.reason {
            SnapshotReason::Undo(_) => CopyPurpose::SnapshotOfNow,
            _ => CopyPurpose::Snapshot,
        };
        disk_space::check(&self.directory, size, purpose)?;
        let snapshot = Snapshot::at(self.free_path(label), size, record);
        let file = AtomicFile::create(&snapshot.path, FileMode::Private)?;
        self.database.back_up(file.temporary())?;
        Ok(PendingSnapshot {
            snapshot,
            file: Some(file),
            previous_record: None,
        })
    }

    fn make_directory(&self) -> io::Result<()> {
        if let Some(parent) = self.directory.parent() {
            fs::create_dir_all(parent)?;
        }
        match DirBuilder::new().mode(0o700).create(&self.directory) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    }

    /// A path that no snapshot has: the moment, the database, `label`, and a number if need be.
    fn free_path(&self, label: &str) -> PathBuf {
        let time = clock::now().format(&Zone::utc(), "%Y%m%d-%H%M%S");
        let base = format!("{time}-{}-{label}", self.alias);
        let path = |name: &str| self.directory.join(format!("{name}.sqlite3"));
        let mut number = 1;
        let mut found = path(&base);
        while found.exists() {
            number += 1;
            found = path(&format!("{base}-{number}"));
        }
        found
    }
}
