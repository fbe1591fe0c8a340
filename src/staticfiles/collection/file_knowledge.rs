//! What a run knows of each collected file, and what it hands on to the next.

use crate::staticfiles::collection::Collection;
use crate::staticfiles::collection::derived::DerivedFiles;
use crate::staticfiles::collection::destination::KnownFile;
use crate::staticfiles::collection::record::{Record, RecordEntry};
use crate::staticfiles::collection::staging::{MadeFile, Published};
use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::manifest::ContentHash;
use crate::staticfiles::{StaticFilesError, parallel};

/// What a run knows of a collected file.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileKnowledge {
    pub(super) made: MadeFile,
    pub(super) source: Option<FileKey>,
    pub(super) hash: Option<ContentHash>,
    /// Whether the last record says the same.
    pub(super) is_recorded: bool,
    /// Whether references in it have been searched for.
    pub(super) is_searched: bool,
}

impl FileKnowledge {
    pub(super) fn of_standing(known: KnownFile) -> Self {
        Self {
            made: MadeFile::Standing(known.made),
            source: known.source,
            hash: known.hash,
            is_recorded: known.is_recorded,
            is_searched: false,
        }
    }
}

impl Default for FileKnowledge {
    /// What is known of a link that was just made.
    fn default() -> Self {
        Self {
            made: MadeFile::Written(None),
            source: None,
            hash: None,
            is_recorded: false,
            is_searched: false,
        }
    }
}

/// Whether the record of `plan` says the same of all files already.
fn is_recorded(plan: &Collection, known: &[FileKnowledge], derived: &DerivedFiles) -> bool {
    let derived = derived.count_if_unchanged();
    let is_whole = derived.is_some_and(|count| known.len() + count == plan.record.entries.len());
    is_whole && known.iter().all(|known| known.is_recorded)
}

/// What is to be remembered of all files, `derived` ones among them; `None` where the record of `plan` says so already.
pub(super) fn new_record(
    plan: &Collection,
    known: &[FileKnowledge],
    derived: DerivedFiles,
    published: &Published,
) -> Result<Option<Record>, StaticFilesError> {
    if is_recorded(plan, known, &derived) {
        return Ok(None);
    }
    let mut record = derived.into_record(published)?;
    let indexes: Vec<usize> = (0..known.len()).collect();
    let entries = parallel::map(&indexes, |index| {
        let (path, known) = (&plan.files[*index].path, known[*index]);
        let made = published.key(path, known.made)?;
        let entry = made.map(|made| RecordEntry {
            made,
            source: known.source,
            hash: known.hash,
            last_used: 0,
        });
        Ok::<_, StaticFilesError>(entry.map(|entry| (path.clone(), entry)))
    })?;
    record.entries.extend(entries.into_iter().flatten());
    Ok((record != plan.record).then_some(record))
}
