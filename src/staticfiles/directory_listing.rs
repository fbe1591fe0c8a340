//! The files below one root.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::staticfiles::{Asset, IgnorePatterns, StaticFilesError, StaticPath};

/// A static file and the name it is asked for by.
#[derive(Clone, Debug)]
pub struct FoundFile {
    /// Its name.
    pub path: StaticPath,
    /// Its content.
    pub asset: Asset,
}

/// What was found and cannot be collected.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SkippedFile {
    /// The file.
    pub path: PathBuf,
    /// Why, to follow the path in a sentence.
    pub reason: &'static str,
}

/// What is below a root.
#[derive(Debug, Default)]
pub(super) struct DirectoryListing {
    pub(super) found: Vec<FoundFile>,
    pub(super) skipped: Vec<SkippedFile>,
}

impl DirectoryListing {
    /// Adds the files below the directory `root`, sorted; none where there is no such directory.
    pub(super) fn add_directory(
        &mut self,
        root: &Path,
        ignore: &IgnorePatterns,
    ) -> Result<(), StaticFilesError> {
        if !root.is_dir() {
            return Ok(());
        }
        let home = root
            .canonicalize()
            .map_err(StaticFilesError::reading(root))?;
        let mut entries = WalkDir::new(root)
            .min_depth(1)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.skip_or_fail(root, error)?;
                    continue;
                }
            };
            let kept = self.add_entry(&entry, root, &home, ignore);
            if !kept && entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
        }
        Ok(())
    }

    /// Adds the file at `entry`; returns whether a directory there is to be entered.
    fn add_entry(
        &mut self,
        entry: &DirEntry,
        root: &Path,
        home: &Path,
        ignore: &IgnorePatterns,
    ) -> bool {
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
        if ignore.matches(&below.to_string_lossy()) {
            return false;
        }
        let Some(path) = StaticPath::below(below) else {
            return self.skip(entry.path(), "has a name that is not UTF-8");
        };
        if entry.path_is_symlink() && !leads_into(home, entry.path()) {
            return self.skip(entry.path(), "is a symbolic link that leaves its directory");
        }
        if entry.file_type().is_dir() {
            return true;
        }
        if !entry.file_type().is_file() {
            return self.skip(entry.path(), "is not a regular file");
        }
        let asset = Asset::Disk(entry.path().to_owned());
        self.found.push(FoundFile { path, asset });
        true
    }

    fn skip(&mut self, path: &Path, reason: &'static str) -> bool {
        let path = path.to_owned();
        self.skipped.push(SkippedFile { path, reason });
        false
    }

    /// A link that leads nowhere or in a circle is left out; anything else stops the listing.
    fn skip_or_fail(&mut self, root: &Path, error: walkdir::Error) -> Result<(), StaticFilesError> {
        let path = error.path().unwrap_or(root).to_owned();
        if error.loop_ancestor().is_some() {
            self.skip(&path, "is a symbolic link that leads in a circle");
        } else if path.is_symlink() {
            self.skip(&path, "is a symbolic link that leads nowhere");
        } else {
            return Err(StaticFilesError::reading(&path)(error.into()));
        }
        Ok(())
    }
}

fn leads_into(home: &Path, link: &Path) -> bool {
    link.canonicalize()
        .is_ok_and(|target| target.starts_with(home))
}
