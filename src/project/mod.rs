//! A project: its root, its settings and its apps; the one place where all parts meet.

use std::path::{Path, PathBuf};

use crate::apps::Apps;
use crate::diagnostic::{Finding, Findings};
use crate::settings::Settings;

/// A project on disk.
#[derive(Debug)]
pub struct Project {
    /// The directory that holds `djr.toml`.
    pub root: PathBuf,
    /// Its settings.
    pub settings: Settings,
    /// Its installed apps, embedded ones included.
    pub apps: Apps,
}

impl Project {
    /// Opens the project at `directory`, or at the current directory or the nearest above it.
    pub fn open(directory: Option<&Path>, settings: Option<&Path>) -> Result<Self, Findings> {
        let _ = (directory, settings);
        Err(Finding::error("todo", "to be written").into())
    }
}
