//! Where half-written files stand: hidden, beside those they become.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// How the name of a half-written file ends.
pub(super) const TEMPORARY_SUFFIX: &str = ".djr-tmp";

/// The hidden file beside `path` that is written first and then renamed.
pub(super) fn temporary_path(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(TEMPORARY_SUFFIX);
    parent(path).join(name)
}

/// The directory of `path`; `.` for a bare name.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Whether a file called `name` is one of these.
pub fn is_temporary_name(name: &str) -> bool {
    name.starts_with('.') && name.contains(TEMPORARY_SUFFIX)
}
