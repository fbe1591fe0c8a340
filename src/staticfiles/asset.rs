//! The content of a static file: on disk or in the binary.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use crate::staticfiles::StaticFilesError;

/// The content of a static file.
#[derive(Clone, Debug)]
pub enum Asset {
    /// A file on disk.
    Disk(PathBuf),
    /// A file in the binary.
    Embedded {
        /// What messages call it.
        display_path: PathBuf,
        /// Its content.
        bytes: &'static [u8],
    },
}

impl Asset {
    /// Where the content is, for messages.
    pub fn display_path(&self) -> &Path {
        match self {
            Self::Disk(path)
            | Self::Embedded {
                display_path: path, ..
            } => path,
        }
    }

    /// The whole content.
    pub fn read(&self) -> Result<Cow<'static, [u8]>, StaticFilesError> {
        match self {
            Self::Disk(path) => {
                let bytes = fs::read(path).map_err(StaticFilesError::reading(path))?;
                Ok(Cow::Owned(bytes))
            }
            Self::Embedded { bytes, .. } => Ok(Cow::Borrowed(bytes)),
        }
    }
}
