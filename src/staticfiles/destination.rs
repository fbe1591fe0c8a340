//! What stands in the directory that static files are collected in, before they are.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::staticfiles::{Asset, StaticFilesError, StaticPath};

/// What stands where a file is to be put.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum DestinationState {
    /// Nothing is there.
    Missing,
    /// A file with the same content.
    UpToDate,
    /// A file with other content, or a link.
    Outdated,
    /// A directory, or a file or link where a directory above is needed.
    Obstacle(PathBuf),
}

/// The root that is collected into, and the directories in it that are known not to be links.
#[derive(Debug)]
pub(super) struct Destination<'r> {
    root: &'r Path,
    known_directories: HashSet<String>,
}

impl<'r> Destination<'r> {
    pub(super) fn new(root: &'r Path) -> Self {
        let known_directories = HashSet::new();
        Self {
            root,
            known_directories,
        }
    }

    /// What stands at `path` now; the directories above it are not followed through links.
    pub(super) fn state_of(
        &mut self,
        path: &StaticPath,
        asset: &Asset,
    ) -> Result<DestinationState, StaticFilesError> {
        for parent in path.parents() {
            if self.known_directories.contains(parent) {
                continue;
            }
            let directory = self.root.join(parent);
            match metadata_of(&directory)? {
                None => return Ok(DestinationState::Missing),
                Some(metadata) if !metadata.is_dir() => {
                    return Ok(DestinationState::Obstacle(directory));
                }
                Some(_) => self.known_directories.insert(parent.to_owned()),
            };
        }
        let file = self.root.join(path.as_str());
        match metadata_of(&file)? {
            None => Ok(DestinationState::Missing),
            Some(metadata) if metadata.is_dir() => Ok(DestinationState::Obstacle(file)),
            Some(metadata) if metadata.is_file() => compare(asset, &file, &metadata),
            Some(_) => Ok(DestinationState::Outdated),
        }
    }
}

fn metadata_of(path: &Path) -> Result<Option<Metadata>, StaticFilesError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        metadata => metadata.map(Some).map_err(StaticFilesError::reading(path)),
    }
}

fn compare(
    asset: &Asset,
    file: &Path,
    metadata: &Metadata,
) -> Result<DestinationState, StaticFilesError> {
    let same = match asset {
        Asset::Disk(source) => same_file(source, file, metadata)?,
        Asset::Embedded { bytes, .. } => {
            let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            size == metadata.len()
                && fs::read(file).map_err(StaticFilesError::reading(file))? == *bytes
        }
    };
    Ok(if same {
        DestinationState::UpToDate
    } else {
        DestinationState::Outdated
    })
}

/// Whether the copy has the same content.
///
/// Django skips a file whose copy is not older. Times say nothing where a build sets all of them to one moment.
fn same_file(source: &Path, copy: &Path, metadata: &Metadata) -> Result<bool, StaticFilesError> {
    let original = fs::metadata(source).map_err(StaticFilesError::reading(source))?;
    Ok(original.len() == metadata.len() && same_content(source, copy)?)
}

fn same_content(left: &Path, right: &Path) -> Result<bool, StaticFilesError> {
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
