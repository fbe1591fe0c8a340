//! The files below one root.

use std::fs::{self, DirEntry, FileType};
use std::path::{Path, PathBuf};

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
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
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
    /// Adds the files below the directory `root`, in Django's order: as the system lists them, those of a directory
    /// before those of the directories in it. There are none where there is no such directory.
    pub(super) fn add_directory(
        &mut self,
        root: &Path,
        prefix: Option<&StaticPath>,
        ignore: &IgnorePatterns,
    ) -> Result<(), StaticFilesError> {
        if !root.is_dir() {
            return Ok(());
        }
        let home = root
            .canonicalize()
            .map_err(StaticFilesError::reading(root))?;
        let mut walk = Walk {
            prefix,
            ignore,
            above: vec![home],
            listing: self,
        };
        walk.enter(root, "")
    }
}

/// A walk through the directories below a root.
struct Walk<'w> {
    prefix: Option<&'w StaticPath>,
    ignore: &'w IgnorePatterns,
    /// The directory that is listed and those it lies in, the root first, with all links followed.
    above: Vec<PathBuf>,
    listing: &'w mut DirectoryListing,
}

impl Walk<'_> {
    /// Adds what is in `directory`, whose path below the root is `below`.
    fn enter(&mut self, directory: &Path, below: &str) -> Result<(), StaticFilesError> {
        let entries = fs::read_dir(directory).map_err(StaticFilesError::reading(directory))?;
        let mut directories = Vec::new();
        for entry in entries {
            let entry = entry.map_err(StaticFilesError::reading(directory))?;
            directories.extend(self.add_entry(&entry, below)?);
        }
        for inner in directories {
            self.above.push(inner.real);
            self.enter(&inner.place, inner.below.as_str())?;
            self.above.pop();
        }
        Ok(())
    }

    /// Adds the file at `entry`, or returns the directory there that is to be entered.
    fn add_entry(
        &mut self,
        entry: &DirEntry,
        below: &str,
    ) -> Result<Option<InnerDirectory>, StaticFilesError> {
        let (place, name) = (entry.path(), entry.file_name());
        let shown = path_below(below, &name.to_string_lossy());
        if self.ignore.matches(&shown) {
            return Ok(None);
        }
        let is_readable = name.to_str().is_some();
        let Some(path) = StaticPath::new(&shown).filter(|_| is_readable) else {
            return Ok(self.skip(place, "has a name that is not UTF-8"));
        };
        let mut kind = entry
            .file_type()
            .map_err(StaticFilesError::reading(&place))?;
        let mut real = None;
        if kind.is_symlink() {
            match self.follow(&place) {
                Ok(target) => (kind, real) = (target.kind, Some(target.real)),
                Err(reason) => return Ok(self.skip(place, reason)),
            }
        }
        if kind.is_dir() {
            let above = self.above.last();
            let real = real.or_else(|| above.map(|above| above.join(&name)));
            return Ok(Some(InnerDirectory {
                place,
                below: path,
                real: real.unwrap_or_default(),
            }));
        }
        if !kind.is_file() {
            return Ok(self.skip(place, "is not a regular file"));
        }
        let path = path.within(self.prefix);
        let asset = Asset::Disk(place);
        self.listing.found.push(FoundFile { path, asset });
        Ok(None)
    }

    /// Where the link at `place` leads; or why it is left out.
    fn follow(&self, place: &Path) -> Result<LinkTarget, &'static str> {
        let target = place.canonicalize().and_then(|real| {
            let kind = real.metadata()?.file_type();
            Ok(LinkTarget { kind, real })
        });
        let Ok(target) = target else {
            return Err("is a symbolic link that leads nowhere");
        };
        if self.above.contains(&target.real) {
            return Err("is a symbolic link that leads in a circle");
        }
        let home = self.above.first();
        if home.is_some_and(|home| !target.real.starts_with(home)) {
            return Err("is a symbolic link that leaves its directory");
        }
        Ok(target)
    }

    fn skip(&mut self, path: PathBuf, reason: &'static str) -> Option<InnerDirectory> {
        self.listing.skipped.push(SkippedFile { path, reason });
        None
    }
}

/// A directory that is still to be entered.
struct InnerDirectory {
    place: PathBuf,
    /// Its path below the root.
    below: StaticPath,
    /// Where it is, with all links followed.
    real: PathBuf,
}

/// Where a symbolic link leads.
struct LinkTarget {
    kind: FileType,
    real: PathBuf,
}

fn path_below(directory: &str, name: &str) -> String {
    if directory.is_empty() {
        return name.to_owned();
    }
    format!("{directory}/{name}")
}
