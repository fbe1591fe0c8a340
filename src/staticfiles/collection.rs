//! The plan of `collectstatic`: what it would copy and remove.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::staticfiles::destination::{Destination, DestinationState};
use crate::staticfiles::root_check::check_root;
use crate::staticfiles::{
    Asset, Finders, FoundFile, IgnorePatterns, SkippedFile, StaticFilesError, StaticPath,
};

/// What to collect, and how.
#[derive(Clone, Debug, Default)]
pub struct CollectOptions {
    /// Copy everything again and remove what is not a static file.
    pub clear: bool,
    /// What is left out.
    pub ignore: IgnorePatterns,
}

/// A file to be copied.
#[derive(Clone, Debug)]
pub struct FileCopy {
    /// Its name below the root.
    pub path: StaticPath,
    /// Its content.
    pub asset: Asset,
    /// Whether another content stands there now.
    pub replaces: bool,
}

/// A file that is not collected, since another of its name comes first.
#[derive(Clone, Debug)]
pub struct DuplicateFile {
    /// Their name.
    pub path: StaticPath,
    /// Where the one that is collected is.
    pub used: PathBuf,
    /// Where the other one is.
    pub ignored: PathBuf,
}

/// A plan: which files are copied to the root, which are there already, which go.
#[derive(Debug)]
pub struct Collection {
    pub(super) root: PathBuf,
    copies: Vec<FileCopy>,
    unmodified: Vec<StaticPath>,
    obstacles: Vec<PathBuf>,
    removals: Vec<PathBuf>,
    duplicates: Vec<DuplicateFile>,
    skipped: Vec<SkippedFile>,
}

impl Collection {
    /// Plans the collection of what `finders` find into `root`, a directory of the project at `project`.
    pub fn plan(
        finders: &Finders,
        root: &Path,
        project: &Path,
        options: &CollectOptions,
    ) -> Result<Self, StaticFilesError> {
        check_root(root, finders, project)?;
        let listing = finders.list(&options.ignore)?;
        let mut plan = Self {
            root: root.to_owned(),
            copies: Vec::new(),
            unmodified: Vec::new(),
            obstacles: Vec::new(),
            removals: Vec::new(),
            duplicates: Vec::new(),
            skipped: listing.skipped,
        };
        let files = plan.without_duplicates(listing.found);
        refuse_file_and_directory(&files)?;
        if options.clear {
            plan.removals = files_to_remove(root, &files)?;
        }
        plan.compare(files, options.clear)?;
        Ok(plan)
    }

    fn without_duplicates(&mut self, found: Vec<FoundFile>) -> Vec<FoundFile> {
        let mut used: HashMap<StaticPath, PathBuf> = HashMap::new();
        let mut files = Vec::new();
        for file in found {
            let place = file.asset.display_path().to_owned();
            if let Some(first) = used.get(&file.path) {
                self.duplicates.push(DuplicateFile {
                    path: file.path,
                    used: first.clone(),
                    ignored: place,
                });
            } else {
                used.insert(file.path.clone(), place);
                files.push(file);
            }
        }
        files
    }

    fn compare(&mut self, files: Vec<FoundFile>, clear: bool) -> Result<(), StaticFilesError> {
        let root = self.root.clone();
        let mut destination = Destination::new(&root);
        for FoundFile { path, asset } in files {
            let replaces = match destination.state_of(&path, &asset)? {
                DestinationState::Missing => false,
                DestinationState::UpToDate if !clear => {
                    self.unmodified.push(path);
                    continue;
                }
                DestinationState::UpToDate | DestinationState::Outdated => true,
                DestinationState::Obstacle(obstacle) if clear => {
                    self.obstacles.push(obstacle);
                    false
                }
                DestinationState::Obstacle(obstacle) => {
                    return Err(StaticFilesError::Obstacle { obstacle, path });
                }
            };
            self.copies.push(FileCopy {
                path,
                asset,
                replaces,
            });
        }
        self.obstacles.dedup();
        let obstacles = &self.obstacles;
        let is_in_obstacle = |path: &PathBuf| obstacles.iter().any(|gone| path.starts_with(gone));
        self.removals.retain(|path| !is_in_obstacle(path));
        Ok(())
    }

    /// The directory that is collected into.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files to be copied.
    pub fn copies(&self) -> &[FileCopy] {
        &self.copies
    }

    /// The files that are there already.
    pub fn unmodified(&self) -> &[StaticPath] {
        &self.unmodified
    }

    /// The files to be removed: what `clear` finds in the root that is not a static file.
    pub fn removals(&self) -> &[PathBuf] {
        &self.removals
    }

    /// What must go before anything is copied.
    pub(super) fn obstacles(&self) -> &[PathBuf] {
        &self.obstacles
    }

    /// The files that stay out, since another of the same name comes first.
    pub fn duplicates(&self) -> &[DuplicateFile] {
        &self.duplicates
    }

    /// The files that cannot be collected.
    pub fn skipped(&self) -> &[SkippedFile] {
        &self.skipped
    }

    /// How many files that are there now would be lost.
    pub fn losses(&self) -> usize {
        let replaced = self.copies.iter().filter(|copy| copy.replaces);
        replaced.count() + self.removals.len() + self.obstacles.len()
    }
}

fn refuse_file_and_directory(files: &[FoundFile]) -> Result<(), StaticFilesError> {
    let names: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for FoundFile { path, .. } in files {
        if let Some(parent) = path.parents().find(|parent| names.contains(parent)) {
            let file = files.iter().find(|file| file.path.as_str() == parent);
            return Err(StaticFilesError::FileAndDirectory {
                file: file.map_or_else(|| path.clone(), |file| file.path.clone()),
                below: path.clone(),
            });
        }
    }
    Ok(())
}

/// The files below `root` that are not among `files`; links count as files and are not followed.
fn files_to_remove(root: &Path, files: &[FoundFile]) -> Result<Vec<PathBuf>, StaticFilesError> {
    if !root.is_dir() {
        return Ok(Vec::new());
    }
    let kept: HashSet<PathBuf> = files
        .iter()
        .map(|file| root.join(file.path.as_str()))
        .collect();
    let mut leftovers = Vec::new();
    for entry in WalkDir::new(root).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(root).to_owned();
            StaticFilesError::reading(&path)(error.into())
        })?;
        if !entry.file_type().is_dir() && !kept.contains(entry.path()) {
            leftovers.push(entry.into_path());
        }
    }
    Ok(leftovers)
}
