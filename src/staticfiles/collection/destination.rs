//! What stands in the directory that static files are collected in, before they are.

use std::collections::HashMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
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
    /// Whether the last record says the same.
    pub(super) is_recorded: bool,
}

/// The root that is collected into; may be asked by several threads.
#[derive(Debug)]
pub(super) struct Destination<'r> {
    root: &'r Path,
    record: &'r Record,
    /// Whether links to the sources are wanted in place of copies.
    links: bool,
    directories: HashMap<&'r str, DirectoryState>,
}

/// What stands where a directory is needed.
#[derive(Clone, Debug)]
enum DirectoryState {
    There,
    Missing,
    /// A file or a link.
    Obstacle(PathBuf),
}

impl<'r> Destination<'r> {
    /// The root as it is to hold `files`; looks at the directories that they lie in.
    pub(super) fn new(
        root: &'r Path,
        record: &'r Record,
        links: bool,
        files: &'r [FoundFile],
    ) -> Result<Self, StaticFilesError> {
        let mut destination = Self {
            root,
            record,
            links,
            directories: HashMap::from([("", state_of_root(root))]),
        };
        for file in files {
            destination.look_above(&file.path)?;
        }
        Ok(destination)
    }

    /// Looks at the directories above the file at `path`, which are not followed through links.
    fn look_above(&mut self, path: &'r StaticPath) -> Result<(), StaticFilesError> {
        if self.directories.contains_key(directory_of(path)) {
            return Ok(());
        }
        let mut above = "";
        for parent in path.parents() {
            if !self.directories.contains_key(parent) {
                let state = match self.directories.get(above) {
                    Some(DirectoryState::There) | None => self.state_of_directory(parent)?,
                    Some(state) => state.clone(),
                };
                self.directories.insert(parent, state);
            }
            above = parent;
        }
        Ok(())
    }

    fn state_of_directory(&self, path: &str) -> Result<DirectoryState, StaticFilesError> {
        let place = self.root.join(path);
        Ok(match metadata_of(&place)? {
            None => DirectoryState::Missing,
            Some(metadata) if metadata.is_dir() => DirectoryState::There,
            Some(_) => DirectoryState::Obstacle(place),
        })
    }

    /// What stands in the place of `file` now.
    pub(super) fn state_of(&self, file: &FoundFile) -> Result<DestinationState, StaticFilesError> {
        match self.directories.get(directory_of(&file.path)) {
            Some(DirectoryState::Missing) => return Ok(DestinationState::Missing),
            Some(DirectoryState::Obstacle(obstacle)) => {
                return Ok(DestinationState::Obstacle(obstacle.clone()));
            }
            Some(DirectoryState::There) | None => {}
        }
        let place = self.root.join(file.path.as_str());
        let Some(metadata) = metadata_of(&place)? else {
            return Ok(DestinationState::Missing);
        };
        if metadata.is_dir() {
            return Ok(DestinationState::Obstacle(place));
        }
        let known = match wanted_link(&file.asset, self.links) {
            Some(wanted) => self.linked(file, &place, &metadata, &wanted),
            None if metadata.is_file() => self.copied(file, &place, &metadata)?,
            None => None,
        };
        Ok(known.map_or(DestinationState::Outdated, DestinationState::UpToDate))
    }

    /// What is known of the link at `place`, if it leads where it should.
    fn linked(
        &self,
        file: &FoundFile,
        place: &Path,
        metadata: &Metadata,
        wanted: &Path,
    ) -> Option<KnownFile> {
        let is_wanted = fs::read_link(place).is_ok_and(|target| target == wanted);
        let made = FileKey::of(metadata);
        let entry = self.record.entries.get(&file.path);
        is_wanted.then(|| KnownFile {
            made,
            source: None,
            // That of what it leads to, which may change at any time.
            hash: None,
            is_recorded: entry.is_some_and(|entry| entry.made == made && entry.hash.is_none()),
        })
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
        let known = |source, is_recorded| KnownFile {
            made,
            source,
            hash,
            is_recorded,
        };
        match &file.asset {
            Asset::Embedded { bytes, .. } => {
                let is_same = u64::try_from(bytes.len()).is_ok_and(|size| size == metadata.len())
                    && fs::read(place).map_err(StaticFilesError::reading(place))? == *bytes;
                Ok(is_same.then(|| known(None, entry.is_some())))
            }
            Asset::Disk(source) => {
                let now = SystemTime::now();
                let original = fs::metadata(source).map_err(StaticFilesError::reading(source))?;
                let key = FileKey::of(&original);
                if entry.is_some_and(|entry: &RecordEntry| entry.source == Some(key)) {
                    return Ok(Some(known(Some(key), true)));
                }
                let is_same = original.len() == metadata.len() && has_same_content(source, place)?;
                let settled = Some(key).filter(|key| key.was_settled_at(now));
                Ok(is_same.then(|| known(settled, false)))
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

fn state_of_root(root: &Path) -> DirectoryState {
    if root.exists() {
        DirectoryState::There
    } else {
        DirectoryState::Missing
    }
}

/// The directory that the file at `path` lies in.
fn directory_of(path: &StaticPath) -> &str {
    path.parents().last().unwrap_or_default()
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
