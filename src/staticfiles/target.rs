//! The directory static files are collected in, as it is before.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use crate::staticfiles::{Asset, Finders, StaticError, StaticPath};

/// What stands where a file is to be put.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Standing {
    Nothing,
    /// The same content.
    Same,
    /// Another content, or a link.
    Other,
    /// A directory, or something else than a directory above.
    Obstacle(PathBuf),
}

/// The root that is collected into, and the directories in it that are known to be real.
#[derive(Debug)]
pub(super) struct Target<'r> {
    root: &'r Path,
    real: HashSet<String>,
}

impl<'r> Target<'r> {
    pub(super) fn new(root: &'r Path) -> Self {
        let real = HashSet::new();
        Self { root, real }
    }

    /// What stands at `path` now; a file's directories are never followed through a link.
    pub(super) fn standing(
        &mut self,
        path: &StaticPath,
        asset: &Asset,
    ) -> Result<Standing, StaticError> {
        for parent in path.parents() {
            if self.real.contains(parent) {
                continue;
            }
            let directory = self.root.join(parent);
            match kind(&directory)? {
                None => return Ok(Standing::Nothing),
                Some(metadata) if !metadata.is_dir() => return Ok(Standing::Obstacle(directory)),
                Some(_) => self.real.insert(parent.to_owned()),
            };
        }
        let file = self.root.join(path.as_str());
        match kind(&file)? {
            None => Ok(Standing::Nothing),
            Some(metadata) if metadata.is_dir() => Ok(Standing::Obstacle(file)),
            Some(metadata) if metadata.is_file() => compare(asset, &file, &metadata),
            Some(_) => Ok(Standing::Other),
        }
    }
}

fn kind(path: &Path) -> Result<Option<Metadata>, StaticError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        metadata => metadata.map(Some).map_err(StaticError::reading(path)),
    }
}

fn compare(asset: &Asset, file: &Path, metadata: &Metadata) -> Result<Standing, StaticError> {
    let same = match asset {
        Asset::Disk(source) => same_file(source, file, metadata)?,
        Asset::Embedded(_, bytes) => {
            let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            size == metadata.len() && fs::read(file).map_err(StaticError::reading(file))? == *bytes
        }
    };
    Ok(if same {
        Standing::Same
    } else {
        Standing::Other
    })
}

/// Whether the two are alike: of one size and time, as a copy of ours is, or else of one content.
///
/// Django skips a file whose copy is not older, and so misses an older file put in its place.
fn same_file(source: &Path, copy: &Path, metadata: &Metadata) -> Result<bool, StaticError> {
    let original = fs::metadata(source).map_err(StaticError::reading(source))?;
    if original.len() != metadata.len() {
        return Ok(false);
    }
    match (original.modified(), metadata.modified()) {
        (Ok(left), Ok(right)) if left == right => Ok(true),
        _ => same_content(source, copy),
    }
}

fn same_content(left: &Path, right: &Path) -> Result<bool, StaticError> {
    const CHUNK: u64 = 64 * 1024;
    let open = |path: &Path| File::open(path).map_err(StaticError::reading(path));
    let (mut left_file, mut right_file) = (open(left)?, open(right)?);
    let read = |file: &mut File, path: &Path| {
        let mut chunk = Vec::new();
        let taken = file.take(CHUNK).read_to_end(&mut chunk);
        taken.map(|_| chunk).map_err(StaticError::reading(path))
    };
    loop {
        let (one, other) = (read(&mut left_file, left)?, read(&mut right_file, right)?);
        if one != other || one.is_empty() {
            return Ok(one == other);
        }
    }
}

/// Refuses a root that is a source of static files, holds one, or lies in one; `project` counts as held.
pub(super) fn check_root(
    root: &Path,
    finders: &Finders,
    project: &Path,
) -> Result<(), StaticError> {
    if root.exists() && !root.is_dir() {
        return Err(StaticError::RootIsNoDirectory(root.to_owned()));
    }
    let real_root = real(root);
    let overlaps = |relation, other: &Path| StaticError::RootOverlaps {
        root: root.to_owned(),
        relation,
        other: other.to_owned(),
    };
    if real(project).starts_with(&real_root) {
        return Err(overlaps("contains", project));
    }
    for directory in finders.directories() {
        let real_directory = real(directory);
        if real_directory == real_root {
            return Err(overlaps("is", directory));
        } else if real_directory.starts_with(&real_root) {
            return Err(overlaps("contains", directory));
        } else if real_root.starts_with(&real_directory) {
            return Err(overlaps("lies in", directory));
        }
    }
    Ok(())
}

/// Where `path` leads, with all links of the part that exists followed.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::ParentDir => {
                real.pop();
            }
            _ => real.push(component),
        }
        real = real.canonicalize().unwrap_or(real);
    }
    real
}
