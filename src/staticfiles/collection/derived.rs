//! The files in the root that are made of others: those under hashed names, and the manifest that leads to them.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::staticfiles::collection::destination::metadata_of;
use crate::staticfiles::collection::record::{CompressionAttempt, Record, RecordEntry};
use crate::staticfiles::collection::staging::Staging;
use crate::staticfiles::collection::{CollectedFile, Collection, written_file};
use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::manifest::{
    ContentHash, MANIFEST_NAME, ManifestOptions, ProcessInput, ProcessedFile, ProcessedFiles,
    content_hash, manifest_text, post_process,
};
use crate::staticfiles::{StaticFilesError, StaticPath, parallel};

/// The files in the root that are made of others.
#[derive(Debug)]
pub(super) struct DerivedFiles {
    root: PathBuf,
    generation: u64,
    /// What they were made of, and how.
    pub(super) processing: String,
    files: HashMap<StaticPath, DerivedFile>,
    /// What was not worth compressing.
    pub(super) failed: HashSet<CompressionAttempt>,
}

/// A file that is made of others.
#[derive(Clone, Copy, Debug)]
struct DerivedFile {
    /// The file in the root; `None` where it is written by this run.
    made: Option<FileKey>,
    /// Whether it is as it was made for sure.
    is_intact: bool,
    hash: ContentHash,
    last_used: u64,
}

/// What a derived file holds.
enum DerivedContent<'c> {
    /// The content of the collected file of this index.
    Original(usize),
    Text(&'c str),
}

/// A derived file that is wanted.
struct WantedFile<'c> {
    path: StaticPath,
    hash: ContentHash,
    content: DerivedContent<'c>,
}

impl DerivedFiles {
    /// No files, after so many generations.
    pub(super) fn none(root: &Path, generation: u64) -> Self {
        Self {
            root: root.to_owned(),
            generation,
            processing: String::new(),
            files: HashMap::new(),
            failed: HashSet::new(),
        }
    }

    /// Those that former runs made in `root`, as far as nobody has put others in their place.
    pub(super) fn of_record(root: &Path, record: &Record) -> Result<Self, StaticFilesError> {
        let derived: Vec<_> = record
            .entries
            .iter()
            .filter(|(_, entry)| entry.last_used > 0)
            .collect();
        let files = parallel::map(&derived, |(path, entry)| {
            let found = metadata_of(&root.join(path.as_str()))?;
            let found = found.map(|found| FileKey::of(&found));
            // The copy it shares its content with may have been replaced, which counts as a change of the file.
            let file = found.filter(|found| found.is_same_file(&entry.made));
            let file = file.zip(entry.hash).map(|(found, hash)| DerivedFile {
                made: Some(found),
                is_intact: found == entry.made,
                hash,
                last_used: entry.last_used,
            });
            let is_current = entry.last_used == record.generation;
            let is_missed = is_current && !file.is_some_and(|file| file.is_intact);
            Ok::<_, StaticFilesError>(((*path).clone(), file, is_missed))
        })?;
        let is_whole = !files.iter().any(|(_, _, is_missed)| *is_missed);
        let files = files.into_iter();
        let processing = if is_whole {
            record.processing.as_str()
        } else {
            ""
        };
        Ok(Self {
            root: root.to_owned(),
            generation: record.generation,
            processing: processing.to_owned(),
            files: files
                .filter_map(|(path, file, _)| Some((path, file?)))
                .collect(),
            failed: record.failed.clone(),
        })
    }

    /// Whether all are there that `processing` asks for.
    pub(super) fn is_complete(&self, processing: &str) -> bool {
        self.processing == processing
    }

    /// Whether the file at `path` is one of the newest generation.
    pub(super) fn is_current(&self, path: &StaticPath) -> bool {
        let file = self.files.get(path);
        file.is_some_and(|file| file.last_used == self.generation)
    }

    /// From now on files are of the next generation.
    pub(super) fn begin_generation(&mut self) {
        self.generation += 1;
    }

    /// Writes the `processed` files of `plan` and their manifest, where they are not there yet. Returns the paths of
    /// those it wrote.
    pub(super) fn stage(
        &mut self,
        processed: &[ProcessedFile],
        plan: &Collection,
        staging: &Staging,
    ) -> Result<Vec<StaticPath>, StaticFilesError> {
        let manifest = manifest_text(processed);
        let wanted: Vec<_> = wanted_files(processed, &manifest).collect();
        let is_there = |file: &WantedFile<'_>| self.is_intact(&file.path, file.hash);
        let (kept, missing): (Vec<_>, Vec<_>) = wanted.into_iter().partition(is_there);
        staging.make_directories(missing.iter().map(|file| &file.path))?;
        parallel::map(&missing, |file| stage_one(file, plan, staging))?;
        for file in &kept {
            self.keep(&file.path);
        }
        for file in &missing {
            self.add(&file.path, file.hash);
        }
        let written = missing.into_iter().map(|file| file.path);
        let mut written: Vec<_> = written
            .filter(|path| path.as_str() != MANIFEST_NAME)
            .collect();
        written.sort_unstable();
        Ok(written)
    }

    /// Whether the file at `path` is one of these, made of a content with this hash.
    pub(super) fn is_intact(&self, path: &StaticPath, hash: ContentHash) -> bool {
        let file = self.files.get(path);
        file.is_some_and(|file| file.is_intact && file.hash == hash)
    }

    /// Takes the file at `path` over into the newest generation.
    pub(super) fn keep(&mut self, path: &StaticPath) {
        if let Some(file) = self.files.get_mut(path) {
            file.last_used = self.generation;
        }
    }

    /// Adds a file that this run writes.
    pub(super) fn add(&mut self, path: &StaticPath, hash: ContentHash) {
        let file = DerivedFile {
            made: None,
            is_intact: true,
            hash,
            last_used: self.generation,
        };
        self.files.insert(path.clone(), file);
    }

    /// Counts the file at `path` among those that no generation needs.
    pub(super) fn outdate(&mut self, path: &StaticPath) {
        if let Some(file) = self.files.get_mut(path) {
            file.last_used = 0;
        }
    }

    /// The same without the files that none of the `keep` newest generations needs, and those.
    pub(super) fn without_outdated(mut self, keep: u64) -> PrunedFiles {
        let oldest = (self.generation + 1).saturating_sub(keep).max(1);
        let is_outdated = |file: &DerivedFile| file.last_used < oldest;
        let outdated = self.files.iter().filter(|(_, file)| is_outdated(file));
        let mut outdated: Vec<_> = outdated.map(|(path, _)| path.clone()).collect();
        outdated.sort_unstable();
        self.files.retain(|_, file| !is_outdated(file));
        PrunedFiles {
            kept: self,
            outdated,
        }
    }

    /// What is to be remembered of them, now that they are published.
    pub(super) fn into_record(self) -> Result<Record, StaticFilesError> {
        let files: Vec<_> = self.files.into_iter().collect();
        let entries = parallel::map(&files, |(path, file)| {
            let made = match file.made {
                Some(made) => Some(made),
                None => metadata_of(&self.root.join(path.as_str()))?
                    .map(|metadata| FileKey::of(&metadata)),
            };
            let entry = made.map(|made| RecordEntry {
                made,
                source: None,
                hash: Some(file.hash),
                last_used: file.last_used,
            });
            Ok::<_, StaticFilesError>(entry.map(|entry| (path.clone(), entry)))
        })?;
        Ok(Record {
            generation: self.generation,
            processing: self.processing,
            entries: entries.into_iter().flatten().collect(),
            failed: self.failed,
        })
    }
}

/// Names `files`, whose contents have these hashes.
pub(super) fn name_files(
    files: &[CollectedFile],
    hashes: &[ContentHash],
    options: &ManifestOptions,
) -> Result<ProcessedFiles, StaticFilesError> {
    let inputs = files.iter().zip(hashes);
    let inputs: Vec<_> = inputs
        .map(|(file, hash)| ProcessInput {
            path: &file.path,
            asset: &file.asset,
            hash: *hash,
        })
        .collect();
    post_process(&inputs, options)
}

/// The derived files that stay, and the names of those that go.
pub(super) struct PrunedFiles {
    pub(super) kept: DerivedFiles,
    pub(super) outdated: Vec<StaticPath>,
}

/// The files under hashed names and the manifest with the text `manifest`.
fn wanted_files<'c>(
    processed: &'c [ProcessedFile],
    manifest: &'c str,
) -> impl Iterator<Item = WantedFile<'c>> {
    let renamed = processed.iter().filter(|file| file.name != file.path);
    let hashed = renamed.map(|file| WantedFile {
        path: file.name.clone(),
        hash: file.hash,
        content: match &file.content {
            Some(text) => DerivedContent::Text(text),
            None => DerivedContent::Original(file.index),
        },
    });
    let path = StaticPath::new(MANIFEST_NAME);
    let manifest = path.map(|path| WantedFile {
        path,
        hash: content_hash(manifest.as_bytes()),
        content: DerivedContent::Text(manifest),
    });
    hashed.chain(manifest)
}

fn stage_one(
    wanted: &WantedFile<'_>,
    plan: &Collection,
    staging: &Staging,
) -> Result<(), StaticFilesError> {
    let place = staging.place(&wanted.path);
    match wanted.content {
        DerivedContent::Text(text) => written_file::write(text.as_bytes(), &place),
        DerivedContent::Original(index) => {
            let file = &plan.files[index];
            // A second name for the copy is made faster than a second copy. Both are only ever replaced as wholes.
            if file.is_copied() && hard_link(&staging.place(&file.path), &place).is_ok() {
                return Ok(());
            }
            written_file::copy(&file.asset, &place, false).map(drop)
        }
    }
}

/// A second name for a file; refused for a link, whose target is not ours.
fn hard_link(original: &Path, place: &Path) -> io::Result<()> {
    if fs::symlink_metadata(original)?.is_symlink() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    fs::hard_link(original, place)
}
