//! A snapshot on the disk: a copy of a database and the record beside it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::db::DatabaseFingerprint;
use crate::files::{FileMode, write_atomic};
use crate::project::snapshots::error::SnapshotError;

/// The record of a snapshot, which is in a file beside it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SnapshotRecord {
    pub(super) schema: u32,
    /// The database, by its name in the settings.
    pub database: String,
    /// When it was taken (RFC 3339).
    pub taken: String,
    /// Why it was taken.
    pub reason: SnapshotReason,
    /// What the database held when it was taken.
    pub(super) before: DatabaseFingerprint,
    /// What it held when the run that took the snapshot was done.
    pub(super) after: Option<DatabaseFingerprint>,
    /// What it held at the commit before the last one of that run, if there were several, since a run
    /// that was killed may have come only that far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) underway: Option<DatabaseFingerprint>,
}

/// Why a snapshot was taken.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SnapshotReason {
    /// Migrations were to be applied.
    Apply(Vec<String>),
    /// Migrations were to be undone.
    Unapply(Vec<String>),
    /// A snapshot of this name was to be put back.
    Undo(String),
}

/// A snapshot on the disk.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Its name: that of its file without the extension.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// Its record.
    pub record: SnapshotRecord,
}

impl Snapshot {
    /// The snapshot whose file is to be at `path`.
    pub(super) fn at(path: PathBuf, size: u64, record: SnapshotRecord) -> Self {
        let name = path.file_stem().unwrap_or_default();
        Self {
            name: name.to_string_lossy().into_owned(),
            path,
            size,
            record,
        }
    }

    /// The snapshot that the record at `path` belongs to, if both can be read.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let record = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        let file = path.with_extension("sqlite3");
        let size = file.metadata().ok()?.len();
        Some(Self::at(file, size, record))
    }

    fn record_path(&self) -> PathBuf {
        self.path.with_extension("json")
    }

    pub(super) fn write_record(&self) -> Result<(), SnapshotError> {
        let text = serde_json::to_vec_pretty(&self.record).unwrap_or_default();
        Ok(write_atomic(&self.record_path(), &text, FileMode::Private)?)
    }

    pub(super) fn remove(&self) -> Result<(), SnapshotError> {
        for path in [&self.path, &self.record_path()] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(SnapshotError::Unreadable {
                        path: path.clone(),
                        source: error,
                    });
                }
                _ => {}
            }
        }
        Ok(())
    }
}
