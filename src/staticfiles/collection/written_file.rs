//! Writes one file into a tree that is being made.

use std::fs::{File, Permissions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::time::SystemTime;

use md5::{Digest as _, Md5};

use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::manifest::ContentHash;
use crate::staticfiles::{Asset, StaticFilesError};

/// The mode of a collected file, Django's `FILE_UPLOAD_PERMISSIONS`.
const MODE: u32 = 0o644;

/// How many bytes are read at once where they are hashed on their way.
const CHUNK_SIZE: usize = 256 * 1024;

/// What was learnt of a file while it was written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WrittenFile {
    /// The file it is a copy of, where that had settled and did not change meanwhile.
    pub(super) source: Option<FileKey>,
    /// The hash of its content, where it was asked for.
    pub(super) hash: Option<ContentHash>,
}

/// Makes a link to `target` at `place`.
pub(super) fn link(target: &Path, place: &Path) -> Result<WrittenFile, StaticFilesError> {
    let made = symlink(target, place);
    made.map_err(StaticFilesError::changing("write", place))?;
    Ok(WrittenFile::default())
}

/// Writes a copy of `asset` at `place`.
pub(super) fn copy(
    asset: &Asset,
    place: &Path,
    with_hash: bool,
) -> Result<WrittenFile, StaticFilesError> {
    match asset {
        Asset::Embedded { bytes, .. } => write(bytes, place).map(|()| WrittenFile::default()),
        Asset::Disk(source) => copy_from(source, place, with_hash),
    }
}

/// Writes `bytes` at `place`.
pub(super) fn write(bytes: &[u8], place: &Path) -> Result<(), StaticFilesError> {
    let written = create(place).and_then(|mut file| file.write_all(bytes));
    written.map_err(StaticFilesError::changing("write", place))
}

fn copy_from(
    source: &Path,
    place: &Path,
    with_hash: bool,
) -> Result<WrittenFile, StaticFilesError> {
    let now = SystemTime::now();
    let reading = || StaticFilesError::reading(source);
    let mut original = File::open(source).map_err(reading())?;
    let key = FileKey::of(&original.metadata().map_err(reading())?);
    let written = create(place).and_then(|mut copy| {
        if with_hash {
            copy_hashed(&mut original, &mut copy).map(Some)
        } else {
            io::copy(&mut original, &mut copy).map(|_| None)
        }
    });
    let hash = written.map_err(StaticFilesError::changing("write", place))?;
    let after = FileKey::of(&original.metadata().map_err(reading())?);
    Ok(WrittenFile {
        source: Some(key).filter(|key| key.was_settled_at(now) && *key == after),
        hash,
    })
}

fn copy_hashed(original: &mut File, copy: &mut File) -> io::Result<ContentHash> {
    let mut hasher = Md5::new();
    let mut chunk = Vec::new();
    loop {
        chunk.clear();
        let limit = u64::try_from(CHUNK_SIZE).unwrap_or(u64::MAX);
        (&*original).take(limit).read_to_end(&mut chunk)?;
        if chunk.is_empty() {
            return Ok(hasher.finalize().into());
        }
        hasher.update(&chunk);
        copy.write_all(&chunk)?;
    }
}

fn create(place: &Path) -> io::Result<File> {
    let file = File::create(place)?;
    file.set_permissions(Permissions::from_mode(MODE))?;
    Ok(file)
}
