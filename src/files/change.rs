//! One change below a directory, as a journal makes it.

use std::path::{Path, PathBuf};

use crate::files::atomic::FileMode;

/// One change below a directory; parent directories are made as needed.
#[derive(Clone, Debug)]
pub enum FileChange {
    /// A directory is to exist.
    Directory {
        /// Where, below the root.
        path: PathBuf,
    },
    /// A file is to be made where none is.
    Create {
        /// Where, below the root.
        path: PathBuf,
        /// Its content.
        content: Vec<u8>,
        /// Who may read it.
        mode: FileMode,
    },
    /// A file is to get another content, and keep its mode.
    Replace {
        /// Where, below the root.
        path: PathBuf,
        /// What it must contain now.
        old: Vec<u8>,
        /// What it is to contain.
        new: Vec<u8>,
    },
    /// A file is to go.
    Remove {
        /// Where, below the root.
        path: PathBuf,
        /// What it must contain now.
        old: Vec<u8>,
    },
}

impl FileChange {
    /// The file or directory, below the root.
    pub fn path(&self) -> &Path {
        match self {
            Self::Directory { path }
            | Self::Create { path, .. }
            | Self::Replace { path, .. }
            | Self::Remove { path, .. } => path,
        }
    }
}
