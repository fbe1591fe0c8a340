//! Carries out the plan of `collectstatic`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::crypto::hex;
use crate::diagnostic::Finding;
use crate::files::remove_file;
use crate::staticfiles::collection::derived::{DerivedFiles, name_files};
use crate::staticfiles::collection::destination::{KnownFile, metadata_of, wanted_link};
use crate::staticfiles::collection::record::{Record, RecordEntry};
use crate::staticfiles::collection::staging::{Staging, make_directory};
use crate::staticfiles::collection::written_file::{self, WrittenFile};
use crate::staticfiles::collection::{CollectedFile, Collection, Collector, FileState};
use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::manifest::{ContentHash, MANIFEST_NAME, content_hash};
use crate::staticfiles::{StaticFilesError, StaticPath, parallel};

/// What was done.
#[derive(Debug)]
pub struct CollectReport {
    /// The plan that was carried out: another one, where another run changed the root meanwhile.
    pub plan: Collection,
    /// The files that were written under names that change with their content.
    pub post_processed: Vec<StaticPath>,
    /// The compressed files that were written.
    pub compressed: Vec<StaticPath>,
    /// The files of former generations that were removed.
    pub pruned: Vec<StaticPath>,
    /// What is missing but not missed.
    pub warnings: Vec<Finding>,
}

impl CollectReport {
    /// That of a plan that was not carried out.
    pub fn of(plan: Collection) -> Self {
        Self {
            plan,
            post_processed: Vec::new(),
            compressed: Vec::new(),
            pruned: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

impl Collector {
    /// Carries `plan` out and calls `done` after each copy, from several threads.
    ///
    /// Killed at any moment, it leaves only whole files under their names; the next run goes on.
    pub fn apply(
        &self,
        plan: Collection,
        done: &(dyn Fn() + Sync),
    ) -> Result<CollectReport, StaticFilesError> {
        make_directory(&self.root)?;
        let _lock = lock(&self.root)?;
        let plan = if Record::read(&self.root) == plan.record {
            plan
        } else {
            self.plan()?
        };
        let run = Run {
            collector: self,
            plan: &plan,
            known: Vec::new(),
        };
        let outcome = run.execute(done)?;
        Ok(CollectReport {
            post_processed: outcome.post_processed,
            compressed: outcome.compressed,
            pruned: outcome.pruned,
            warnings: outcome.warnings,
            plan,
        })
    }
}

/// One run, while the root is locked.
struct Run<'r> {
    collector: &'r Collector,
    plan: &'r Collection,
    /// What is known of each file of the plan.
    known: Vec<Known>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// The file in the root; `None` where it is written by this run.
    made: Option<FileKey>,
    source: Option<FileKey>,
    hash: Option<ContentHash>,
}

/// What a run did beside copying.
#[derive(Debug, Default)]
struct RunOutcome {
    post_processed: Vec<StaticPath>,
    compressed: Vec<StaticPath>,
    pruned: Vec<StaticPath>,
    warnings: Vec<Finding>,
}

impl Run<'_> {
    fn execute(mut self, done: &(dyn Fn() + Sync)) -> Result<RunOutcome, StaticFilesError> {
        let staging = Staging::new(&self.collector.root)?;
        self.known = self.copy(&staging, done)?;
        let mut outcome = RunOutcome::default();
        let derived = self.derive(&staging, &mut outcome)?;
        staging.publish(StaticPath::new(MANIFEST_NAME).as_ref())?;
        self.remove(&derived)?;
        let derived = derived.without_outdated(self.collector.options.keep);
        for path in &derived.outdated {
            let place = self.collector.root.join(path.as_str());
            remove_file(&place).map_err(StaticFilesError::changing("remove", &place))?;
        }
        outcome.pruned = derived.outdated;
        let record = self.record(derived.kept)?;
        if record != self.plan.record {
            record.write(&self.collector.root)?;
        }
        Ok(outcome)
    }

    /// Copies what is missing; returns what is known of all files then.
    fn copy(
        &self,
        staging: &Staging,
        done: &(dyn Fn() + Sync),
    ) -> Result<Vec<Known>, StaticFilesError> {
        let copies = || self.plan.files.iter().filter(|file| file.is_copied());
        staging.make_directories(copies().map(|file| &file.path))?;
        parallel::map(&self.plan.files, |file| {
            if let FileState::UpToDate(known) = file.state {
                let KnownFile { made, source, hash } = known;
                let made = Some(made);
                return Ok(Known { made, source, hash });
            }
            let written = self.copy_one(file, staging)?;
            done();
            Ok::<_, StaticFilesError>(Known {
                made: None,
                source: written.source,
                hash: written.hash,
            })
        })
    }

    fn copy_one(
        &self,
        file: &CollectedFile,
        staging: &Staging,
    ) -> Result<WrittenFile, StaticFilesError> {
        let options = &self.collector.options;
        let place = staging.place(&file.path);
        match wanted_link(&file.asset, options.link) {
            Some(target) => written_file::link(&target, &place),
            None => written_file::copy(&file.asset, &place, options.is_processed()),
        }
    }

    /// Makes the files that are made of others, where what they are made of has changed.
    fn derive(
        &mut self,
        staging: &Staging,
        outcome: &mut RunOutcome,
    ) -> Result<DerivedFiles, StaticFilesError> {
        let (root, options) = (&self.collector.root, &self.collector.options);
        let mut derived = if options.clear {
            DerivedFiles::none(root, self.plan.record.generation)
        } else {
            DerivedFiles::of_record(root, &self.plan.record)?
        };
        if !options.is_processed() {
            derived.processing.clear();
            let copied = self.plan.files.iter().filter(|file| file.is_copied());
            derived.drop_compressed(copied, |_, _| false);
            return Ok(derived);
        }
        let hashes = self.hashes()?;
        let processing = self.processing(&hashes);
        let files = &self.plan.files;
        // A copy is newer than the compressed file beside it, which would not be served any more.
        let is_rewritten =
            !options.compress.is_empty() && files.iter().any(CollectedFile::is_copied);
        if derived.is_complete(&processing) && !is_rewritten {
            return Ok(derived);
        }
        derived.begin_generation();
        let mut processed = Vec::new();
        if let Some(manifest) = &options.manifest {
            let named = name_files(files, &hashes, manifest)?;
            outcome.warnings = named.warnings;
            outcome.post_processed = derived.stage(&named.files, self.plan, staging)?;
            processed = named.files;
        }
        let codings = &options.compress;
        outcome.compressed = derived.compress(files, &hashes, &processed, codings, staging)?;
        derived.drop_compressed(files.iter(), DerivedFiles::is_current);
        derived.processing = processing;
        Ok(derived)
    }

    /// The hash of each file's content.
    fn hashes(&mut self) -> Result<Vec<ContentHash>, StaticFilesError> {
        let missing = |index: &usize| self.known[*index].hash.is_none();
        let missing: Vec<usize> = (0..self.known.len()).filter(missing).collect();
        let hashes = parallel::map(&missing, |index| {
            let bytes = self.plan.files[*index].asset.read()?;
            Ok::<_, StaticFilesError>(content_hash(&bytes))
        })?;
        for (index, hash) in missing.into_iter().zip(hashes) {
            self.known[index].hash = Some(hash);
        }
        let hashes = self
            .known
            .iter()
            .map(|known| known.hash.unwrap_or_default());
        Ok(hashes.collect())
    }

    /// What the derived files are made of and how, in short.
    fn processing(&self, hashes: &[ContentHash]) -> String {
        let options = &self.collector.options;
        let mut text = format!("{:?} {:?}", options.manifest, options.compress).into_bytes();
        for (file, hash) in self.plan.files.iter().zip(hashes) {
            text.extend_from_slice(file.path.as_str().as_bytes());
            text.push(0);
            text.extend_from_slice(hash);
        }
        hex(&content_hash(&text))
    }

    /// Removes what the plan says, but what was made of others by now.
    fn remove(&self, derived: &DerivedFiles) -> Result<(), StaticFilesError> {
        let root = &self.collector.root;
        let is_current = |path: &PathBuf| {
            let below = path.strip_prefix(root).ok().and_then(StaticPath::below);
            below.is_some_and(|path| derived.is_current(&path))
        };
        let former = self.plan.record.entries.iter();
        let former =
            former.filter(|(_, entry)| self.collector.options.clear && entry.last_used > 0);
        let former = former.map(|(path, _)| root.join(path.as_str()));
        let gone = self.plan.removals.iter().cloned().chain(former);
        let gone: Vec<_> = gone.filter(|path| !is_current(path)).collect();
        for path in &gone {
            remove_file(path).map_err(StaticFilesError::changing("remove", path))?;
        }
        // A directory that cannot be removed is not empty, and belongs there.
        let parents = gone.iter().flat_map(|path| path.ancestors());
        let below = parents.filter(|path| *path != root && path.starts_with(root));
        let directories: BTreeSet<_> = below.collect();
        for directory in directories.into_iter().rev() {
            fs::remove_dir(directory).ok();
        }
        Ok(())
    }

    /// What is to be remembered of all files, `derived` ones among them.
    fn record(&self, derived: DerivedFiles) -> Result<Record, StaticFilesError> {
        let indexes: Vec<usize> = (0..self.known.len()).collect();
        let entries = parallel::map(&indexes, |index| {
            let Known { made, source, hash } = self.known[*index];
            let path = &self.plan.files[*index].path;
            let made = match made {
                Some(made) => Some(made),
                None => metadata_of(&self.collector.root.join(path.as_str()))?
                    .map(|metadata| FileKey::of(&metadata)),
            };
            let entry = made.map(|made| RecordEntry {
                made,
                source,
                hash,
                last_used: 0,
            });
            Ok::<_, StaticFilesError>(entry.map(|entry| (path.clone(), entry)))
        })?;
        let mut record = derived.into_record()?;
        record.entries.extend(entries.into_iter().flatten());
        Ok(record)
    }
}

fn lock(root: &Path) -> Result<File, StaticFilesError> {
    let directory = File::open(root).map_err(StaticFilesError::reading(root))?;
    directory
        .lock()
        .map_err(StaticFilesError::changing("lock", root))?;
    Ok(directory)
}
