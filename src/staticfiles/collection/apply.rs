//! Carries out the plan of `collectstatic`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::crypto::hex;
use crate::diagnostic::Finding;
use crate::files::remove_file;
use crate::staticfiles::collection::compressed::CompressionInput;
use crate::staticfiles::collection::contents::Contents;
use crate::staticfiles::collection::derived::{DerivedFiles, LinkedCopy};
use crate::staticfiles::collection::destination::wanted_link;
use crate::staticfiles::collection::file_knowledge::{FileKnowledge, new_record};
use crate::staticfiles::collection::record::Record;
use crate::staticfiles::collection::staging::{MadeFile, Staging, make_directory};
use crate::staticfiles::collection::written_file::{self, CopyBuffer};
use crate::staticfiles::collection::{
    CollectProgress, CollectedFile, Collection, Collector, FileState, retry_vanished,
};
use crate::staticfiles::manifest::{
    ContentHash, MANIFEST_NAME, ReferenceSearch, ReferringFile, SearchedFile, content_hash,
};
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
    /// Carries `plan` out and tells `progress` how far it is.
    ///
    /// Killed at any moment, it leaves only whole files under their names; the next run goes on.
    pub fn apply(
        &self,
        plan: Collection,
        progress: &dyn CollectProgress,
    ) -> Result<CollectReport, StaticFilesError> {
        make_directory(&self.root)?;
        let _lock = lock(&self.root)?;
        let mut plan = Some(plan);
        retry_vanished(|| {
            let is_current = |plan: &Collection| Record::bytes(&self.root) == plan.record_bytes;
            let plan = match plan.take().filter(is_current) {
                Some(plan) => plan,
                None => self.plan()?,
            };
            let outcome = Run::new(self, &plan)?.execute(progress)?;
            Ok(CollectReport {
                post_processed: outcome.post_processed,
                compressed: outcome.compressed,
                pruned: outcome.pruned,
                warnings: outcome.warnings,
                plan,
            })
        })
    }
}

/// One run, while the root is locked.
struct Run<'r> {
    collector: &'r Collector,
    plan: &'r Collection,
    staging: Staging,
    /// The search for references; `None` where names do not change with the content.
    search: Option<ReferenceSearch<'r>>,
    /// What is known of each file of the plan.
    known: Vec<FileKnowledge>,
}

/// What a run did beside copying.
#[derive(Debug, Default)]
struct RunOutcome {
    post_processed: Vec<StaticPath>,
    compressed: Vec<StaticPath>,
    pruned: Vec<StaticPath>,
    warnings: Vec<Finding>,
}

impl<'r> Run<'r> {
    fn new(collector: &'r Collector, plan: &'r Collection) -> Result<Self, StaticFilesError> {
        let files = plan.files.iter();
        let files = files.map(|file| SearchedFile {
            path: &file.path,
            place: file.asset.display_path(),
        });
        let manifest = collector.options.manifest.as_ref();
        Ok(Self {
            collector,
            plan,
            staging: Staging::new(&collector.root)?,
            search: manifest.map(|options| ReferenceSearch::new(files.collect(), options)),
            known: Vec::new(),
        })
    }

    fn execute(mut self, progress: &dyn CollectProgress) -> Result<RunOutcome, StaticFilesError> {
        let referring = self.copy(progress)?;
        let mut outcome = RunOutcome::default();
        let derived = self.derive(referring, &mut outcome, progress)?;
        let (collector, plan) = (self.collector, self.plan);
        let published = self
            .staging
            .publish(StaticPath::new(MANIFEST_NAME).as_ref())?;
        remove(collector, plan, &derived)?;
        let derived = derived.without_outdated(collector.options.keep);
        for path in &derived.outdated {
            let place = collector.root.join(path.as_str());
            remove_file(&place).map_err(StaticFilesError::changing("remove", &place))?;
        }
        outcome.pruned = derived.outdated;
        if let Some(record) = new_record(plan, &self.known, derived.kept, &published)? {
            record.write(&collector.root)?;
        }
        Ok(outcome)
    }

    /// Copies what is missing, and learns what is known of all files then. Returns the copies that refer to others.
    fn copy(
        &mut self,
        progress: &dyn CollectProgress,
    ) -> Result<Vec<ReferringFile>, StaticFilesError> {
        let paths = self.plan.copies().map(|file| &file.path);
        self.staging.make_directories(paths)?;
        let indexes: Vec<usize> = (0..self.plan.files.len()).collect();
        let copied = parallel::map_with(&indexes, CopyBuffer::default, |buffer, index| {
            let file = &self.plan.files[*index];
            if let FileState::UpToDate(known) = file.state {
                return Ok((FileKnowledge::of_standing(known), None));
            }
            let mut known = self.copy_one(file, buffer)?;
            let mut referring = None;
            if let (Some(search), Some(content)) = (&self.search, buffer.content()) {
                referring = search.references(*index, content);
                known.is_searched = true;
            }
            progress.step();
            Ok::<_, StaticFilesError>((known, referring))
        })?;
        let (known, referring): (Vec<_>, Vec<_>) = copied.into_iter().unzip();
        self.known = known;
        Ok(referring.into_iter().flatten().collect())
    }

    fn copy_one(
        &self,
        file: &CollectedFile,
        buffer: &mut CopyBuffer,
    ) -> Result<FileKnowledge, StaticFilesError> {
        let options = &self.collector.options;
        let place = self.staging.place(&file.path);
        if let Some(target) = wanted_link(&file.asset, options.link) {
            written_file::link(&target, &place)?;
            return Ok(FileKnowledge::default());
        }
        let written = written_file::copy(&file.asset, &place, options.is_processed(), buffer)?;
        Ok(FileKnowledge {
            made: MadeFile::Written(Some(written.made)),
            source: written.source,
            hash: written.hash,
            ..FileKnowledge::default()
        })
    }

    fn contents(&self) -> Contents<'_> {
        Contents {
            files: &self.plan.files,
            root: &self.collector.root,
            staging: &self.staging,
            links: self.collector.options.link,
        }
    }

    /// Makes the files that are made of others, where what they are made of has changed; `referring` are the copies that
    /// were searched for references.
    fn derive(
        &mut self,
        referring: Vec<ReferringFile>,
        outcome: &mut RunOutcome,
        progress: &dyn CollectProgress,
    ) -> Result<DerivedFiles, StaticFilesError> {
        let options = &self.collector.options;
        let mut derived = if options.clear {
            DerivedFiles::none(self.plan.record.generation)
        } else {
            DerivedFiles::of_record(&self.collector.root, &self.plan.record)?
        };
        if !options.is_processed() {
            derived.forget_processing();
            derived.drop_compressed(self.plan.copies(), |_, _| false);
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
        if let Some(search) = &self.search {
            let mut found = referring;
            found.extend(self.rest_of_search(search)?);
            let named = search.post_process(found, &hashes)?;
            outcome.warnings = named.warnings;
            let staged = derived.stage(&named.files, self.contents())?;
            outcome.post_processed = staged.paths;
            for LinkedCopy { index, made } in staged.linked {
                self.known[index].made = made;
                self.known[index].is_recorded = false;
            }
            processed = named.files;
        }
        let compression = CompressionInput {
            codings: &options.compress,
            hashes: &hashes,
            processed: &processed,
        };
        outcome.compressed = derived.compress(self.contents(), compression, progress)?;
        derived.drop_compressed(files.iter(), DerivedFiles::is_current);
        derived.processing = processing;
        Ok(derived)
    }

    /// The references in files that were not searched while they were copied.
    fn rest_of_search(
        &self,
        search: &ReferenceSearch<'_>,
    ) -> Result<Vec<ReferringFile>, StaticFilesError> {
        let is_left = |index: &usize| !self.known[*index].is_searched && search.looks_into(*index);
        let left: Vec<usize> = (0..self.known.len()).filter(is_left).collect();
        let contents = self.contents();
        let found = parallel::map(&left, |index| {
            let content = contents.asset(*index).read()?;
            Ok::<_, StaticFilesError>(search.references(*index, &content))
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The hash of each file's content.
    fn hashes(&mut self) -> Result<Vec<ContentHash>, StaticFilesError> {
        let missing = |index: &usize| self.known[*index].hash.is_none();
        let missing: Vec<usize> = (0..self.known.len()).filter(missing).collect();
        let contents = self.contents();
        let hashes = parallel::map(&missing, |index| {
            let bytes = contents.asset(*index).read()?;
            Ok::<_, StaticFilesError>(content_hash(&bytes))
        })?;
        for (index, hash) in missing.into_iter().zip(hashes) {
            self.known[index].hash = Some(hash);
            self.known[index].is_recorded = false;
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
}

/// Removes what the plan says, but what was made of others by now.
fn remove(
    collector: &Collector,
    plan: &Collection,
    derived: &DerivedFiles,
) -> Result<(), StaticFilesError> {
    let root = &collector.root;
    let is_current = |path: &PathBuf| {
        let below = path.strip_prefix(root).ok().and_then(StaticPath::below);
        below.is_some_and(|path| derived.is_current(&path))
    };
    let former = plan.record.entries.iter();
    let former = former.filter(|(_, entry)| collector.options.clear && entry.last_used > 0);
    let former = former.map(|(path, _)| root.join(path.as_str()));
    let gone = plan.removals.iter().cloned().chain(former);
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

fn lock(root: &Path) -> Result<File, StaticFilesError> {
    let directory = File::open(root).map_err(StaticFilesError::reading(root))?;
    directory
        .lock()
        .map_err(StaticFilesError::changing("lock", root))?;
    Ok(directory)
}
