//! Files written whole or not at all.
//!
//! * [`write_atomic`] and [`AtomicFile`] replace one file.
//! * [`create_directory`] makes a new directory with all that is in it.
//! * [`Journal`] changes many files of an existing directory.
//!
//! What a killed run leaves behind is hidden, named `.NAME.djr-tmp` or `.djr-journal`, locked while
//! its writer lives, and cleared away by the next run that comes by.

mod atomic;
mod directory;
mod error;
mod journal;
mod lock;
mod record;

pub use atomic::{AtomicFile, Mode, remove_leftover, sweep, sync_directory, write_atomic};
pub use directory::create_directory;
pub use error::FileError;
pub(crate) use error::system_hints;
pub use journal::{Change, Journal};

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// How the name of a half-written file ends.
const TEMPORARY: &str = ".djr-tmp";

/// The hidden neighbour of `path` that is written in its stead and then renamed.
fn neighbour(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(TEMPORARY);
    parent(path).join(name)
}

/// The directory of `path`; `.` for a bare name.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}
