//! The files in the root that are made of others: those under hashed names, and the manifest that leads to them.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use crate::staticfiles::collection::contents::Contents;
use crate::staticfiles::collection::destination::metadata_of;
use crate::staticfiles::collection::record::{CompressionAttempt, Record, RecordEntry};
use crate::staticfiles::collection::staging::{MadeFile, Published};
use crate::staticfiles::collection::written_file::{self, CopyBuffer};
use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::manifest::{
    ContentHash, MANIFEST_NAME, ProcessedFile, content_hash, manifest_text,
};
use crate::staticfiles::{StaticFilesError, StaticPath, parallel};

/// The files in the root that are made of others.
#[derive(Debug)]
pub(super) struct DerivedFiles {
    generation: u64,
    /// What they were made of, and how.
    pub(super) processing: String,
    files: HashMap<StaticPath, DerivedFile>,
    /// What was not worth compressing.
    pub(super) failed: HashSet<CompressionAttempt>,
    /// Whether they are no longer those of the record.
    is_changed: bool,
}

/// What was put aside.
#[derive(Debug)]
pub(super) struct StagedFiles {
    /// The files under names that change with their content.
    pub(super) paths: Vec<StaticPath>,
    /// The copies that have such names too by now, which counts as a change of them.
    pub(super) linked: Vec<LinkedCopy>,
}

/// A copy that has a second name.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinkedCopy {
    /// The collected file.
    pub(super) index: usize,
    pub(super) made: MadeFile,
}

/// A file that was put aside.
#[derive(Clone, Copy, Debug)]
struct StagedFile {
    made: MadeFile,
    /// The collected file of whose copy it is a second name.
    original: Option<usize>,
}

/// A file that is made of others.
#[derive(Clone, Copy, Debug)]
struct DerivedFile {
    made: MadeFile,
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
    pub(super) fn none(generation: u64) -> Self {
        Self {
            generation,
            processing: String::new(),
            files: HashMap::new(),
            failed: HashSet::new(),
            is_changed: true,
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
                made: MadeFile::Standing(found),
                is_intact: found == entry.made,
                hash,
                last_used: entry.last_used,
            });
            let is_current = entry.last_used == record.generation;
            let is_missed = is_current && !file.is_some_and(|file| file.is_intact);
            Ok::<_, StaticFilesError>(((*path).clone(), file, is_missed))
        })?;
        let is_whole = !files.iter().any(|(_, _, is_missed)| *is_missed);
        let is_changed = !files
            .iter()
            .all(|(_, file, _)| file.is_some_and(|file| file.is_intact));
        let files = files.into_iter();
        let processing = if is_whole {
            record.processing.as_str()
        } else {
            ""
        };
        Ok(Self {
            generation: record.generation,
            processing: processing.to_owned(),
            files: files
                .filter_map(|(path, file, _)| Some((path, file?)))
                .collect(),
            failed: record.failed.clone(),
            is_changed,
        })
    }

    /// How many there are, if they are those of the record.
    pub(super) fn count_if_unchanged(&self) -> Option<usize> {
        (!self.is_changed).then_some(self.files.len())
    }

    /// Whether all are there that `processing` asks for.
    pub(super) fn is_complete(&self, processing: &str) -> bool {
        self.processing == processing
    }

    /// Forgets what they were made of: nobody keeps them up to date.
    pub(super) fn forget_processing(&mut self) {
        self.is_changed |= !self.processing.is_empty();
        self.processing.clear();
    }

    /// Whether the file at `path` is one of the newest generation.
    pub(super) fn is_current(&self, path: &StaticPath) -> bool {
        let file = self.files.get(path);
        file.is_some_and(|file| file.last_used == self.generation)
    }

    /// From now on files are of the next generation.
    pub(super) fn begin_generation(&mut self) {
        self.generation += 1;
        self.is_changed = true;
    }

    /// Writes the `processed` files and their manifest, where they are not there yet.
    pub(super) fn stage(
        &mut self,
        processed: &[ProcessedFile],
        contents: Contents<'_>,
    ) -> Result<StagedFiles, StaticFilesError> {
        let manifest = manifest_text(processed);
        let wanted: Vec<_> = wanted_files(processed, &manifest).collect();
        let is_there = |file: &WantedFile<'_>| self.is_intact(&file.path, file.hash);
        let (kept, missing): (Vec<_>, Vec<_>) = wanted.into_iter().partition(is_there);
        let staging = contents.staging;
        staging.make_directories(missing.iter().map(|file| &file.path))?;
        let made = parallel::map_with(&missing, CopyBuffer::default, |buffer, file| {
            stage_one(file, contents, buffer)
        })?;
        for file in &kept {
            self.keep(&file.path);
        }
        let mut staged = StagedFiles {
            paths: Vec::with_capacity(missing.len()),
            linked: Vec::new(),
        };
        for (file, StagedFile { made, original }) in missing.into_iter().zip(made) {
            self.add(&file.path, file.hash, made);
            let linked = original.map(|index| LinkedCopy { index, made });
            staged.linked.extend(linked);
            if file.path.as_str() != MANIFEST_NAME {
                staged.paths.push(file.path);
            }
        }
        staged.paths.sort_unstable();
        Ok(staged)
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
    pub(super) fn add(&mut self, path: &StaticPath, hash: ContentHash, made: MadeFile) {
        let file = DerivedFile {
            made,
            is_intact: true,
            hash,
            last_used: self.generation,
        };
        self.files.insert(path.clone(), file);
    }

    /// Counts the file at `path` among those that no generation needs.
    pub(super) fn outdate(&mut self, path: &StaticPath) {
        if let Some(file) = self.files.get_mut(path) {
            self.is_changed = true;
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
        self.is_changed |= !outdated.is_empty();
        self.files.retain(|_, file| !is_outdated(file));
        PrunedFiles {
            kept: self,
            outdated,
        }
    }

    /// What is to be remembered of them, now that they are published.
    pub(super) fn into_record(self, published: &Published) -> Result<Record, StaticFilesError> {
        let files: Vec<_> = self.files.into_iter().collect();
        let entries = parallel::map(&files, |(path, file)| {
            let made = published.key(path, file.made)?;
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
    contents: Contents<'_>,
    buffer: &mut CopyBuffer,
) -> Result<StagedFile, StaticFilesError> {
    let place = contents.staging.place(&wanted.path);
    let index = match wanted.content {
        DerivedContent::Original(index) => index,
        DerivedContent::Text(text) => {
            return Ok(StagedFile {
                made: MadeFile::Written(Some(written_file::write(text.as_bytes(), &place)?)),
                original: None,
            });
        }
    };
    // A second name for the copy is made faster than a second copy. Both are only ever replaced as wholes.
    let copy = contents.copy(index);
    if copy.is_some_and(|copy| fs::hard_link(copy, &place).is_ok()) {
        // One that stands in the root changes once more when its second name is published.
        let key = if contents.files[index].is_copied() {
            metadata_of(&place)?.map(|metadata| FileKey::of(&metadata))
        } else {
            None
        };
        return Ok(StagedFile {
            made: MadeFile::Written(key),
            original: Some(index),
        });
    }
    let copied = written_file::copy(&contents.asset(index), &place, false, buffer)?;
    Ok(StagedFile {
        made: MadeFile::Written(Some(copied.made)),
        original: None,
    })
}
