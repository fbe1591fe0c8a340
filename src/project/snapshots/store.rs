//! The snapshots of one database: which there are, and which of them are kept.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::db::{Database, DatabaseAlias};
use crate::project::Project;
use crate::project::snapshots::error::SnapshotError;
use crate::project::snapshots::snapshot::{Snapshot, SnapshotReason};

const DIRECTORY: &str = ".djr/snapshots";

/// The snapshots of one database.
#[derive(Clone, Debug)]
pub struct Snapshots {
    pub(super) directory: PathBuf,
    pub(super) alias: DatabaseAlias,
    pub(super) database: Database,
    kept: usize,
}

impl Project {
    /// The snapshots of the database `alias`, whose file is `database`.
    pub fn snapshots(&self, alias: &DatabaseAlias, database: &Database) -> Snapshots {
        Snapshots {
            directory: self.path(DIRECTORY),
            alias: alias.clone(),
            database: database.clone(),
            kept: self.settings.migrations.snapshots_kept,
        }
    }
}

impl Snapshots {
    /// All snapshots, the newest first.
    pub fn list(&self) -> Result<Vec<Snapshot>, SnapshotError> {
        let mut found = Vec::new();
        let entries = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
            entries => entries.map_err(|source| self.unreadable(source))?,
        };
        for entry in entries {
            let path = entry.map_err(|source| self.unreadable(source))?.path();
            let is_record = path
                .extension()
                .is_some_and(|extension| extension == "json");
            if is_record
                && let Some(snapshot) = Snapshot::read(&path)
                && snapshot.record.database == self.alias.as_str()
            {
                found.push(snapshot);
            }
        }
        found.sort_by(|left, right| {
            let order =
                |snapshot: &Snapshot| (snapshot.record.taken.clone(), snapshot.name.clone());
            order(right).cmp(&order(left))
        });
        Ok(found)
    }

    pub(super) fn unreadable(&self, source: io::Error) -> SnapshotError {
        SnapshotError::Unreadable {
            path: self.directory.clone(),
            source,
        }
    }

    /// Removes the oldest snapshots beyond the number to keep.
    pub(super) fn prune(&self) -> Result<(), SnapshotError> {
        for snapshot in self.list()?.into_iter().skip(self.kept) {
            snapshot.remove()?;
        }
        Ok(())
    }

    /// Finds the snapshot whose name is `name` or the only one that begins with it.
    ///
    /// Without a name, finds the newest one that a migration took.
    pub fn find(&self, name: Option<&str>) -> Result<Snapshot, SnapshotError> {
        let all = self.list()?;
        let names = || all.iter().map(|snapshot| snapshot.name.clone()).collect();
        let Some(name) = name else {
            let mut taken = all.into_iter();
            let newest =
                taken.find(|found| !matches!(found.record.reason, SnapshotReason::Undo(_)));
            return newest.ok_or_else(|| SnapshotError::NoSnapshot(self.alias.clone()));
        };
        let name = name.strip_suffix(".sqlite3").unwrap_or(name);
        let exact = all.iter().find(|found| found.name == name);
        let starting: Vec<_> = all
            .iter()
            .filter(|found| found.name.starts_with(name))
            .collect();
        match (exact, starting.as_slice()) {
            (Some(found), _) => Ok(found.clone()),
            (None, [found]) => Ok((*found).clone()),
            _ => Err(SnapshotError::Unknown {
                name: name.to_owned(),
                known: names(),
            }),
        }
    }
}
