//! `collectstatic`: what it would copy and remove, and the doing of it.
//!
//! 1. [`Collector::plan`] looks at both sides and changes nothing. What the last run recorded spares it the reading of
//!    files that nobody touched since ([`record`]).
//! 2. [`Collector::apply`] locks the root and makes what is missing aside: copies, then what is made of others
//!    ([`derived`]): a new generation, where that has changed.
//! 3. All of it is published, the manifest last ([`staging`]): who reads the old one finds all files it leads to.
//! 4. Files of old generations are removed; with `clear`, those that are not static files, and the directories that this
//!    leaves empty.

mod apply;
mod compressed;
mod contents;
mod derived;
mod destination;
mod explain;
mod file_knowledge;
mod progress;
mod record;
mod staging;
mod written_file;

pub use apply::CollectReport;
pub use explain::Explanation;
pub use progress::CollectProgress;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::http::ContentCoding;
use crate::staticfiles::collection::destination::{Destination, DestinationState, KnownFile};
use crate::staticfiles::collection::record::{OWN_DIRECTORY, Record, RecordEntry};
use crate::staticfiles::manifest::ManifestOptions;
use crate::staticfiles::parallel;
use crate::staticfiles::root_check::check_root;
use crate::staticfiles::{
    Asset, Finders, FoundFile, IgnorePatterns, SkippedFile, StaticFilesError, StaticPath,
};

/// How often a run begins anew because a source is gone.
const MAX_ATTEMPTS: usize = 5;

/// What to collect, and how.
#[derive(Clone, Debug, Default)]
pub struct CollectOptions {
    /// Copy everything again and remove what is not a static file.
    pub clear: bool,
    /// Make links to the files in place of copies.
    pub link: bool,
    /// What is left out.
    pub ignore: IgnorePatterns,
    /// How names are made that change with the content; `None` makes none.
    pub manifest: Option<ManifestOptions>,
    /// Into which codings files are compressed where that makes them shorter.
    pub compress: Vec<ContentCoding>,
    /// How many generations of such names are kept, 1 being the newest alone.
    pub keep: u64,
}

impl CollectOptions {
    /// Whether files are made of others.
    fn is_processed(&self) -> bool {
        self.manifest.is_some() || !self.compress.is_empty()
    }
}

/// Collects what finders find in a root.
#[derive(Clone, Debug)]
pub struct Collector {
    finders: Finders,
    root: PathBuf,
    options: CollectOptions,
}

/// A file that is to be in the root.
#[derive(Clone, Debug)]
pub struct CollectedFile {
    /// Its name below the root.
    pub path: StaticPath,
    /// Its content.
    pub asset: Asset,
    state: FileState,
}

#[derive(Clone, Debug)]
enum FileState {
    /// It is there.
    UpToDate(KnownFile),
    /// It is to be copied; whether another content stands there now.
    ToCopy { replaces: bool },
}

impl CollectedFile {
    /// Whether it is to be copied.
    pub fn is_copied(&self) -> bool {
        matches!(self.state, FileState::ToCopy { .. })
    }

    fn replaces(&self) -> bool {
        matches!(self.state, FileState::ToCopy { replaces: true })
    }
}

/// A file that is not collected, since another of its name comes first.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
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
    /// All files, in the order they were found in.
    files: Vec<CollectedFile>,
    obstacles: Vec<PathBuf>,
    removals: Vec<PathBuf>,
    duplicates: Vec<DuplicateFile>,
    skipped: Vec<SkippedFile>,
    record: Record,
    /// The record as it was read.
    record_bytes: Vec<u8>,
}

impl Collector {
    /// Collects what `finders` find in `root`, a directory of the project at `project`; refuses a root that overlaps
    /// where files come from.
    pub fn new(
        finders: Finders,
        root: &Path,
        project: &Path,
        options: CollectOptions,
    ) -> Result<Self, StaticFilesError> {
        check_root(root, &finders, project)?;
        Ok(Self {
            finders,
            root: root.to_owned(),
            options,
        })
    }

    /// The directory that is collected into.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What there is to do.
    pub fn plan(&self) -> Result<Collection, StaticFilesError> {
        retry_vanished(|| self.plan_once())
    }

    fn plan_once(&self) -> Result<Collection, StaticFilesError> {
        let listing = self.finders.list(&self.options.ignore)?;
        let record_bytes = Record::bytes(&self.root);
        let mut plan = Collection {
            files: Vec::new(),
            obstacles: Vec::new(),
            removals: Vec::new(),
            duplicates: Vec::new(),
            skipped: listing.skipped,
            record: Record::of_bytes(&record_bytes),
            record_bytes,
        };
        plan.skipped.sort_unstable();
        let files = plan.without_duplicates(listing.found);
        refuse_file_and_directory(&files)?;
        if self.options.clear {
            plan.removals = self.files_to_remove(&files, &plan.record)?;
        }
        self.compare(&mut plan, files)?;
        Ok(plan)
    }

    fn compare(
        &self,
        plan: &mut Collection,
        files: Vec<FoundFile>,
    ) -> Result<(), StaticFilesError> {
        let destination = Destination::new(&self.root, &plan.record, self.options.link, &files)?;
        let states = parallel::map(&files, |file| destination.state_of(file))?;
        for (FoundFile { path, asset }, found) in files.into_iter().zip(states) {
            let state = match found {
                DestinationState::Missing => FileState::ToCopy { replaces: false },
                DestinationState::UpToDate(known) if !self.options.clear => {
                    FileState::UpToDate(known)
                }
                DestinationState::UpToDate(_) | DestinationState::Outdated => {
                    FileState::ToCopy { replaces: true }
                }
                DestinationState::Obstacle(obstacle) if self.options.clear => {
                    plan.obstacles.push(obstacle);
                    FileState::ToCopy { replaces: false }
                }
                DestinationState::Obstacle(obstacle) => {
                    return Err(StaticFilesError::Obstacle { obstacle, path });
                }
            };
            plan.files.push(CollectedFile { path, asset, state });
        }
        plan.obstacles.sort_unstable();
        plan.obstacles.dedup();
        let obstacles = &plan.obstacles;
        let is_in_obstacle = |path: &PathBuf| obstacles.iter().any(|gone| path.starts_with(gone));
        plan.removals.retain(|path| !is_in_obstacle(path));
        Ok(())
    }

    /// The files below the root that are not among `files` or made of them; links count as files and are not followed.
    fn files_to_remove(
        &self,
        files: &[FoundFile],
        record: &Record,
    ) -> Result<Vec<PathBuf>, StaticFilesError> {
        if !self.root.is_dir() {
            return Ok(Vec::new());
        }
        let is_current = |entry: &RecordEntry| entry.last_used == record.generation;
        let is_kept = |entry: &RecordEntry| self.options.is_processed() && entry.last_used > 0;
        let derived = record.entries.iter();
        let derived = derived.filter(|(_, entry)| is_kept(entry) && is_current(entry));
        let kept = files.iter().map(|file| &file.path);
        let kept: HashSet<PathBuf> = kept
            .chain(derived.map(|(path, _)| path))
            .map(|path| self.root.join(path.as_str()))
            .collect();
        let own = self.root.join(OWN_DIRECTORY);
        let mut leftovers = Vec::new();
        let entries = WalkDir::new(&self.root).min_depth(1).sort_by_file_name();
        for entry in entries
            .into_iter()
            .filter_entry(|entry| entry.path() != own)
        {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(&self.root).to_owned();
                StaticFilesError::reading(&path)(error.into())
            })?;
            if !entry.file_type().is_dir() && !kept.contains(entry.path()) {
                leftovers.push(entry.into_path());
            }
        }
        Ok(leftovers)
    }
}

impl Collection {
    fn without_duplicates(&mut self, mut found: Vec<FoundFile>) -> Vec<FoundFile> {
        let mut first: HashMap<&str, usize> = HashMap::with_capacity(found.len());
        let mut later = Vec::new();
        for (index, file) in found.iter().enumerate() {
            match first.entry(file.path.as_str()) {
                Entry::Vacant(entry) => {
                    entry.insert(index);
                }
                Entry::Occupied(entry) => {
                    later.push(index);
                    self.duplicates.push(DuplicateFile {
                        path: file.path.clone(),
                        used: found[*entry.get()].asset.display_path().to_owned(),
                        ignored: file.asset.display_path().to_owned(),
                    });
                }
            }
        }
        self.duplicates.sort_unstable();
        let mut later = later.into_iter().peekable();
        let mut index = 0;
        found.retain(|_| {
            let is_first = later.next_if_eq(&index).is_none();
            index += 1;
            is_first
        });
        found
    }

    /// The files to be copied, in no order.
    pub fn copies(&self) -> impl Iterator<Item = &CollectedFile> {
        self.files.iter().filter(|file| file.is_copied())
    }

    /// The files that are there already, in no order.
    pub fn unmodified(&self) -> impl Iterator<Item = &CollectedFile> {
        self.files.iter().filter(|file| !file.is_copied())
    }

    /// The files to be removed: what `clear` finds in the root that is not a static file.
    pub fn removals(&self) -> &[PathBuf] {
        &self.removals
    }

    /// The files that stay out, since another of the same name comes first.
    pub fn duplicates(&self) -> &[DuplicateFile] {
        &self.duplicates
    }

    /// The files that cannot be collected.
    pub fn skipped(&self) -> &[SkippedFile] {
        &self.skipped
    }

    /// The files that are there now and would be lost: those that are replaced by their names below the root, what is
    /// removed by its place.
    pub fn losses(&self) -> impl Iterator<Item = &Path> {
        let replaced = self.files.iter().filter(|file| file.replaces());
        let replaced = replaced.map(|file| Path::new(file.path.as_str()));
        let removed = self.removals.iter().chain(&self.obstacles);
        replaced.chain(removed.map(PathBuf::as_path))
    }
}

/// What `attempt` returns, tried again where a source was removed after it had been listed: it may be a file that lives for
/// a moment only.
fn retry_vanished<T>(
    mut attempt: impl FnMut() -> Result<T, StaticFilesError>,
) -> Result<T, StaticFilesError> {
    for _ in 1..MAX_ATTEMPTS {
        match attempt() {
            Err(error) if error.is_vanished() => {}
            outcome => return outcome,
        }
    }
    attempt()
}

fn refuse_file_and_directory(files: &[FoundFile]) -> Result<(), StaticFilesError> {
    let names: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let file_above = |file: &FoundFile| {
        let parent = file.path.parents().find(|parent| names.contains(parent))?;
        Some((file.path.clone(), StaticPath::new(parent)?))
    };
    match files.iter().filter_map(file_above).min() {
        Some((below, file)) => Err(StaticFilesError::FileAndDirectory { file, below }),
        None => Ok(()),
    }
}
