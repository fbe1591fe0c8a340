//! Files that may be gone already.

use std::path::Path;
use std::{fs, io};

/// Removes the file at `path`; returns whether there was one.
pub fn remove_file(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
