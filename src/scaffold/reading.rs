//! Files that may not be there.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::files::FileError;
use crate::scaffold::ScaffoldError;

/// The content of the file at `path`; `None` where there is none.
pub(super) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, ScaffoldError> {
    match fs::read(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(path, error)),
    }
}

/// The file at `path` cannot be read.
pub(super) fn unreadable(path: &Path, source: io::Error) -> ScaffoldError {
    FileError::System {
        action: "read",
        path: path.to_owned(),
        source,
    }
    .into()
}
