//! The content of a static file: on disk or in the binary.

use std::path::{Path, PathBuf};

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
}
