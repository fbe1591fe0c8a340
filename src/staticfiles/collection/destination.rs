//! What stands in the directory that static files are collected in, before they are.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use crate::staticfiles::collection::record::{Record, RecordEntry};
use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::manifest::ContentHash;
use crate::staticfiles::{Asset, FoundFile, StaticFilesError, StaticPath};

/// What stands where a file is to be put.
#[derive(Debug)]
pub(super) enum DestinationState {
    /// Nothing is there.
    Missing,
    /// A file with the same content, or the link that is wanted.
    UpToDate(KnownFile),
    /// A file with other content, or a link.
    Outdated,
    /// A directory, or a file or link where a directory above is needed.
    Obstacle(PathBuf),
}

/// What is known of a file that is up to date, for the next record.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownFile {
    pub(super) made: FileKey,
    pub(super) source: Option<FileKey>,
    pub(super) hash: Option<ContentHash>,
}

/// The root that is collected into; may be asked by several threads.
#[derive(Debug)]
pub(super) struct Destination<'r> {
    root: &'r Path,
    record: &'r Record,
    /// Whether links to the sources are wanted in place of copies.
    links: bool,
    /// Directories in the root that are known not to be links.
    known_directories: Mutex<HashSet<String>>,
}

impl<'r> Destination<'r> {
    pub(super) fn new(root: &'r Path, record: &'r Record, links: bool) -> Self {
        Self {
            root,
            record,
            links,
            known_directories: Mutex::default(),
        }
    }

    /// What stands in the place of `file` now; the directories above it are not followed through links.
    pub(super) fn state_of(&self, file: &FoundFile) -> Result<DestinationState, StaticFilesError> {
        if let Some(state) = self.state_above(&file.path)? {
            return Ok(state);
        }
        let place = self.root.join(file.path.as_str());
        let Some(metadata) = metadata_of(&place)? else {
            return Ok(DestinationState::Missing);
        };
        if metadata.is_dir() {
            return Ok(DestinationState::Obstacle(place));
        }
        let known = match wanted_link(&file.asset, self.links) {
            Some(wanted) => linked(&place, &metadata, &wanted),
            None if metadata.is_file() => self.copied(file, &place, &metadata)?,
            None => None,
        };
        Ok(known.map_or(DestinationState::Outdated, DestinationState::UpToDate))
    }

    /// The state where it is decided by the directories above `path` already.
    fn state_above(&self, path: &StaticPath) -> Result<Option<DestinationState>, StaticFilesError> {
        let known = || {
            let directories = self.known_directories.lock();
            directories.unwrap_or_else(PoisonError::into_inner)
        };
        // Where the nearest one is known, so are those above it.
        let nearest = path.parents().last();
        if nearest.is_none_or(|nearest| known().contains(nearest)) {
            return Ok(None);
        }
        for parent in path.parents() {
            let directory = self.root.join(parent);
            match metadata_of(&directory)? {
                None => return Ok(Some(DestinationState::Missing)),
                Some(metadata) if !metadata.is_dir() => {
                    return Ok(Some(DestinationState::Obstacle(directory)));
                }
                Some(_) => known().insert(parent.to_owned()),
            };
        }
        Ok(None)
    }

    /// What is known of the copy at `place`, if its content is that of `file`.
    ///
    /// Django skips a file whose copy is not older. Times say nothing where a build sets all of them to one moment.
    fn copied(
        &self,
        file: &FoundFile,
        place: &Path,
        metadata: &Metadata,
    ) -> Result<Option<KnownFile>, StaticFilesError> {
        let made = FileKey::of(metadata);
        let entry = self.record.entries.get(&file.path);
        let entry = entry.filter(|entry| entry.made == made);
        let hash = entry.and_then(|entry| entry.hash);
        let known = |source| KnownFile { made, source, hash };
        match &file.asset {
            Asset::Embedded { bytes, .. } => {
                let is_same = u64::try_from(bytes.len()).is_ok_and(|size| size == metadata.len())
                    && fs::read(place).map_err(StaticFilesError::reading(place))? == *bytes;
                Ok(is_same.then(|| known(None)))
            }
            Asset::Disk(source) => {
                let now = SystemTime::now();
                let original = fs::metadata(source).map_err(StaticFilesError::reading(source))?;
                let key = FileKey::of(&original);
                if entry.is_some_and(|entry: &RecordEntry| entry.source == Some(key)) {
                    return Ok(Some(known(Some(key))));
                }
                let is_same = original.len() == metadata.len() && has_same_content(source, place)?;
                let settled = Some(key).filter(|key| key.was_settled_at(now));
                Ok(is_same.then(|| known(settled)))
            }
        }
    }
}

/// Where a link in place of a copy leads; a file in the binary is always copied.
pub(super) fn wanted_link(asset: &Asset, links: bool) -> Option<PathBuf> {
    match asset {
        Asset::Disk(source) if links => {
            Some(std::path::absolute(source).unwrap_or_else(|_| source.clone()))
        }
        _ => None,
    }
}

fn linked(place: &Path, metadata: &Metadata, wanted: &Path) -> Option<KnownFile> {
    let is_wanted = fs::read_link(place).is_ok_and(|target| target == wanted);
    is_wanted.then(|| KnownFile {
        made: FileKey::of(metadata),
        source: None,
        hash: None,
    })
}

/// The metadata of what is at `path`, a link not followed; `None` where nothing is.
pub(super) fn metadata_of(path: &Path) -> Result<Option<Metadata>, StaticFilesError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        metadata => metadata.map(Some).map_err(StaticFilesError::reading(path)),
    }
}

fn has_same_content(left: &Path, right: &Path) -> Result<bool, StaticFilesError> {
    const CHUNK: u64 = 64 * 1024;
    let open = |path: &Path| File::open(path).map_err(StaticFilesError::reading(path));
    let (mut left_file, mut right_file) = (open(left)?, open(right)?);
    let read = |file: &mut File, path: &Path| {
        let mut chunk = Vec::new();
        let taken = file.take(CHUNK).read_to_end(&mut chunk);
        taken
            .map(|_| chunk)
            .map_err(StaticFilesError::reading(path))
    };
    loop {
        let (one, other) = (read(&mut left_file, left)?, read(&mut right_file, right)?);
        if one != other || one.is_empty() {
            return Ok(one == other);
        }
    }
}
