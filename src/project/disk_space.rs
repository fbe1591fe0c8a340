//! Checks that the disk has room for another copy of a database.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::db::{Database, free_space};
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::files;

/// What must stay free beside the copy itself, in bytes.
const RESERVE: u64 = 4 << 20;

/// What a copy is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CopyPurpose {
    /// To go back to, after migrations.
    Snapshot,
    /// To go back to, after `djr undo`.
    SnapshotOfNow,
    /// To be the database again.
    Restore,
    /// To try migrations on.
    Rehearsal,
    /// To take the place of a database that has many free pages.
    Rebuild,
}

impl CopyPurpose {
    fn noun(self) -> &'static str {
        match self {
            Self::Snapshot => "a snapshot",
            Self::SnapshotOfNow => "a snapshot of what is there now",
            Self::Restore => "what is to be put back",
            Self::Rehearsal => "a copy to rehearse on",
            Self::Rebuild => "the database that is rebuilt",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Snapshot => "make room, or go on without a snapshot: `djr migrate --no-snapshot`",
            Self::Rebuild => {
                "make room, or name a directory on a larger disk by `TMPDIR`; nothing was changed"
            }
            _ => "make room, then run the command again; nothing was changed",
        }
    }
}

/// Why a copy may not fit on the disk.
#[derive(Debug, thiserror::Error)]
pub enum DiskSpaceError {
    /// How much is free could not be found out.
    #[error("cannot use `{}`", path.display())]
    Unreadable {
        /// The directory.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The disk is too full.
    #[error(
        "no room for {} in `{}`: it needs {} MiB, and {} MiB are free",
        purpose.noun(), directory.display(), needed.div_ceil(1 << 20), free >> 20
    )]
    Full {
        /// What for.
        purpose: CopyPurpose,
        /// Where it was to be.
        directory: PathBuf,
        /// How many bytes it needs.
        needed: u64,
        /// How many bytes there are.
        free: u64,
    },
}

impl Diagnostic for DiskSpaceError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable-file",
            Self::Full { .. } => "disk-full",
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Unreadable { .. } => Vec::new(),
            Self::Full { purpose, .. } => vec![purpose.hint().to_owned()],
        }
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Unreadable { .. } => ExitCode::Failed,
            Self::Full { .. } => ExitCode::Refused,
        }
    }
}

/// Fails unless `size` more bytes fit into `directory`.
pub(super) fn check(
    directory: &Path,
    size: u64,
    purpose: CopyPurpose,
) -> Result<(), DiskSpaceError> {
    let free = free_space(directory).map_err(|source| DiskSpaceError::Unreadable {
        path: directory.to_owned(),
        source,
    })?;
    let needed = size.saturating_add(RESERVE);
    if free >= needed {
        return Ok(());
    }
    Err(DiskSpaceError::Full {
        purpose,
        directory: directory.to_owned(),
        needed,
        free,
    })
}

/// Fails unless `size` bytes of `database` can be rebuilt: SQLite writes them into a file of its own and then into the log.
pub fn check_rebuild(database: &Database, size: u64) -> Result<(), DiskSpaceError> {
    let (directory, aside) = (parent_directory(database.path()), rebuild_directory());
    let device = |directory: &Path| fs::metadata(directory).map(|found| found.dev()).ok();
    if device(directory) == device(&aside) {
        return check(directory, size.saturating_mul(2), CopyPurpose::Rebuild);
    }
    check(&aside, size, CopyPurpose::Rebuild)?;
    check(directory, size, CopyPurpose::Rebuild)
}

/// Where SQLite puts the file (<https://sqlite.org/tempfiles.html>, 5).
fn rebuild_directory() -> PathBuf {
    let named = ["SQLITE_TMPDIR", "TMPDIR"].into_iter();
    let named = named.filter_map(env::var_os).map(PathBuf::from);
    let usual = ["/var/tmp", "/usr/tmp", "/tmp"].map(PathBuf::from);
    let mut all = named.chain(usual);
    let found = all.find(|directory| files::is_writable(directory));
    found.unwrap_or_else(|| PathBuf::from("."))
}

/// The directory that holds `path`.
pub(super) fn parent_directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::{CopyPurpose, check};
    use crate::diagnostic::{Diagnostic as _, ExitCode};

    #[test]
    fn a_disk_without_room_is_a_refusal() {
        let folder = tempfile::tempdir().unwrap();
        check(folder.path(), 1, CopyPurpose::Restore).unwrap();
        for purpose in [
            CopyPurpose::Snapshot,
            CopyPurpose::SnapshotOfNow,
            CopyPurpose::Restore,
            CopyPurpose::Rehearsal,
            CopyPurpose::Rebuild,
        ] {
            let error = check(folder.path(), u64::MAX - 5, purpose).unwrap_err();
            assert_eq!(error.code(), "disk-full");
            assert_eq!(error.exit_code(), ExitCode::Refused);
            assert!(error.to_string().starts_with("no room for "), "{error}");
            let offers = error.hints()[0].contains("--no-snapshot");
            assert_eq!(offers, purpose == CopyPurpose::Snapshot);
        }
    }
}
