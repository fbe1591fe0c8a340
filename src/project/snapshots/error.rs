//! Why a snapshot could not be taken or put back.

use std::io;
use std::path::PathBuf;

use crate::db::{DatabaseAlias, DatabaseError};
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::files::FileError;
use crate::migrations::{HookError, MigrationError};
use crate::project::disk_space::DiskSpaceError;
use crate::text;

/// Why a snapshot could not be taken or put back.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The database could not be used.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A file could not be written.
    #[error("no snapshot could be taken, and nothing was changed")]
    File(#[source] FileError),
    /// The directory of the snapshots could not be read.
    #[error("cannot use `{}`", path.display())]
    Unreadable {
        /// The directory.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// There is no room on the disk.
    #[error(transparent)]
    DiskSpace(#[from] DiskSpaceError),
    /// The database has no snapshot.
    #[error("there is no snapshot of the database `{0}`")]
    NoSnapshot(DatabaseAlias),
    /// No snapshot has this name.
    #[error("no snapshot is called `{name}`, nor is it the beginning of just one")]
    Unknown {
        /// The name.
        name: String,
        /// The names of the snapshots there are.
        known: Vec<String>,
    },
    /// The database holds what the snapshot holds.
    #[error("nothing to undo")]
    NothingToUndo,
    /// What was written later would be lost.
    #[error(
        "the database was written to after the run that took `{name}`{}",
        described(differences)
    )]
    LaterWrites {
        /// The snapshot.
        name: String,
        /// The database.
        database: DatabaseAlias,
        /// What is different, if that is known.
        differences: Vec<String>,
    },
}

fn described(differences: &[String]) -> String {
    if differences.is_empty() {
        return String::new();
    }
    format!(": {}", differences.join(", "))
}

impl Diagnostic for SnapshotError {
    fn code(&self) -> &'static str {
        match self {
            Self::Database(error) => error.code(),
            Self::File(error) => error.code(),
            Self::Unreadable { .. } => "unreadable-file",
            Self::DiskSpace(error) => error.code(),
            Self::NoSnapshot(_) => "no-snapshot",
            Self::Unknown { .. } => "unknown-snapshot",
            Self::NothingToUndo => "nothing-to-undo",
            Self::LaterWrites { .. } => "later-writes",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Database(error) => return error.hints(),
            Self::File(error) => return error.hints(),
            Self::DiskSpace(error) => return error.hints(),
            Self::NoSnapshot(_) => {
                "`djr migrate` takes one before it removes something that rows hold".to_owned()
            }
            Self::Unknown { known, .. } => {
                format!(
                    "there is {}",
                    text::quoted(known.iter().map(String::as_str))
                )
            }
            Self::LaterWrites { name, database, .. } => format!(
                "to lose that and go back all the same: `djr undo {name} --discard-later-writes{}`",
                database.option()
            ),
            Self::Unreadable { .. } | Self::NothingToUndo => return Vec::new(),
        };
        vec![hint]
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Database(error) => error.exit_code(),
            Self::File(error) => error.exit_code(),
            Self::DiskSpace(error) => error.exit_code(),
            Self::LaterWrites { .. } => ExitCode::Refused,
            _ => ExitCode::Failed,
        }
    }
}

impl From<FileError> for SnapshotError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl From<SnapshotError> for MigrationError {
    fn from(error: SnapshotError) -> Self {
        match error {
            SnapshotError::Database(error) => error.into(),
            error => Self::Hook(HookError(Box::new(error))),
        }
    }
}
