//! What `startapp` made, undone where nobody has changed it since.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::files::{FileChange, Journal};
use crate::scaffold::reading::{read_if_there, unreadable};
use crate::scaffold::record::{self, RecordPlace, ScaffoldRecord};
use crate::scaffold::{AppName, ScaffoldError, included_urls, installed_apps};

/// What it takes to undo `startapp`.
#[derive(Debug)]
pub struct AppRemoval {
    root: PathBuf,
    label: String,
    /// The files as they were generated, which go.
    pub untouched: Vec<PathBuf>,
    /// Files that somebody changed or added.
    pub touched: Vec<PathBuf>,
    changes: Vec<FileChange>,
}

/// What it takes to undo the making of the app `name` in the project at `root`.
pub fn plan_app_removal(root: &Path, name: &AppName) -> Result<AppRemoval, ScaffoldError> {
    Journal::recover(root)?;
    let place = RecordPlace::of_app(name.as_str());
    let record = ScaffoldRecord::read(root, &place)?;
    let record = record.ok_or_else(|| ScaffoldError::NoRecord(place.record.clone()))?;
    let mut removal = AppRemoval {
        root: root.to_owned(),
        label: name.as_str().to_owned(),
        untouched: Vec::new(),
        touched: Vec::new(),
        changes: Vec::new(),
    };
    removal.find_files(&record)?;
    removal.find_mentions()?;
    for path in [place.originals, place.record] {
        removal.remove(path)?;
    }
    Ok(removal)
}

impl AppRemoval {
    fn find_files(&mut self, record: &ScaffoldRecord) -> Result<(), ScaffoldError> {
        for entry in WalkDir::new(self.root.join(&self.label)).sort_by_file_name() {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(&self.root).to_owned();
                unreadable(&path, error.into())
            })?;
            let path = entry
                .path()
                .strip_prefix(&self.root)
                .unwrap_or(entry.path());
            // Python makes these.
            let is_made = path
                .components()
                .any(|part| part.as_os_str() == "__pycache__");
            if entry.file_type().is_dir() || is_made {
                continue;
            }
            let generated = record.files.get(path);
            let content = fs::read(entry.path()).unwrap_or_default();
            if generated.is_some_and(|hash| record::hash(&content) == *hash) {
                self.untouched.push(path.to_owned());
                self.changes.push(FileChange::Remove {
                    path: path.to_owned(),
                    old: content,
                });
            } else {
                self.touched.push(path.to_owned());
            }
        }
        Ok(())
    }

    /// The app in `djr.toml` and its urls in `urls.toml`.
    fn find_mentions(&mut self) -> Result<(), ScaffoldError> {
        self.changes
            .extend(included_urls::exclude(&self.root, &self.label));
        self.changes
            .extend(installed_apps::remove(&self.root, &self.label)?);
        Ok(())
    }

    fn remove(&mut self, path: PathBuf) -> Result<(), ScaffoldError> {
        if let Some(old) = read_if_there(&self.root.join(&path))? {
            self.changes.push(FileChange::Remove { path, old });
        }
        Ok(())
    }

    /// Removes the files, and the app from `djr.toml` and `urls.toml`: all or nothing. Directories that are empty then go
    /// as well.
    pub fn apply(self) -> Result<(), ScaffoldError> {
        Journal::open(&self.root)?.apply(&self.changes)?;
        let below = WalkDir::new(self.root.join(&self.label)).contents_first(true);
        for entry in below.into_iter().flatten() {
            if entry.file_type().is_dir() {
                if entry.file_name() == "__pycache__" {
                    fs::remove_dir_all(entry.path()).ok();
                }
                // One with files in it stays.
                fs::remove_dir(entry.path()).ok();
            }
        }
        fs::remove_dir(self.root.join(".djr/apps")).ok();
        Ok(())
    }
}
