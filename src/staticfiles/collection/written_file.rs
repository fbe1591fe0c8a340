//! Writes one file into a tree that is being made.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime};

use md5::{Digest as _, Md5};
use rustix::fs::{CWD, Mode, OFlags, openat};

use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::manifest::{ContentHash, content_hash};
use crate::staticfiles::{Asset, StaticFilesError};

/// The mode of a collected file, Django's `FILE_UPLOAD_PERMISSIONS`.
const MODE: u32 = 0o644;

/// Files of up to so many bytes are read by one call and written by another; longer ones are left to the system, which
/// on some file systems shares their blocks.
const MAX_IN_MEMORY: usize = 1024 * 1024;

/// How long is waited each time a file changes while it is copied; then it is an error.
const PAUSES: [Duration; 5] = [
    Duration::from_millis(10),
    Duration::from_millis(50),
    Duration::from_millis(100),
    Duration::from_millis(200),
    Duration::from_millis(400),
];

/// What was learnt of a file while it was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct WrittenFile {
    /// The file that was written.
    pub(super) made: FileKey,
    /// The file it is a copy of, where that had settled.
    pub(super) source: Option<FileKey>,
    /// The hash of its content, where it was asked for.
    pub(super) hash: Option<ContentHash>,
}

/// The memory in which a thread holds one file after the other.
#[derive(Debug, Default)]
pub(super) struct CopyBuffer {
    bytes: Vec<u8>,
    filled: usize,
    /// Whether the whole of the last file is in it.
    is_whole: bool,
}

impl CopyBuffer {
    /// The content of the last file, unless that was too long.
    pub(super) fn content(&self) -> Option<&[u8]> {
        self.is_whole.then(|| &self.bytes[..self.filled])
    }

    /// Reads the next bytes of `file`, at most `length` of them; returns how many, fewer only at its end.
    fn fill(&mut self, file: &mut File, length: usize) -> io::Result<usize> {
        if self.bytes.len() < length {
            self.bytes.resize(length, 0);
        }
        self.filled = 0;
        self.is_whole = false;
        while self.filled < length {
            match file.read(&mut self.bytes[self.filled..length])? {
                0 => break,
                read => self.filled += read,
            }
        }
        Ok(self.filled)
    }

    /// Reads the rest of `file`, which has `size` bytes in all, if that is not too much.
    fn fill_whole(&mut self, file: &mut File, size: u64) -> io::Result<bool> {
        self.is_whole = false;
        let Some(size) = usize::try_from(size)
            .ok()
            .filter(|size| *size <= MAX_IN_MEMORY)
        else {
            return Ok(false);
        };
        self.fill(file, size)?;
        // A file that has grown meanwhile is noticed by its key.
        self.is_whole = true;
        Ok(true)
    }
}

/// Makes a link to `target` at `place`.
pub(super) fn link(target: &Path, place: &Path) -> Result<(), StaticFilesError> {
    symlink(target, place).map_err(StaticFilesError::changing("write", place))
}

/// Writes a copy of `asset` at `place`, where nothing is.
pub(super) fn copy(
    asset: &Asset,
    place: &Path,
    with_hash: bool,
    buffer: &mut CopyBuffer,
) -> Result<WrittenFile, StaticFilesError> {
    match asset {
        Asset::Embedded { bytes, .. } => {
            buffer.is_whole = false;
            Ok(WrittenFile {
                made: write(bytes, place)?,
                source: None,
                hash: with_hash.then(|| content_hash(bytes)),
            })
        }
        Asset::Disk(source) => copy_settled(source, place, with_hash, buffer),
    }
}

/// Writes `bytes` at `place`, where nothing is.
pub(super) fn write(bytes: &[u8], place: &Path) -> Result<FileKey, StaticFilesError> {
    let written = create(place).and_then(|mut file| {
        file.write_all(bytes)?;
        finish(&file)
    });
    written.map_err(StaticFilesError::changing("write", place))
}

/// A copy of a file that did not change meanwhile.
fn copy_settled(
    source: &Path,
    place: &Path,
    with_hash: bool,
    buffer: &mut CopyBuffer,
) -> Result<WrittenFile, StaticFilesError> {
    for pause in PAUSES {
        if let Some(written) = copy_once(source, place, with_hash, buffer)? {
            return Ok(written);
        }
        fs::remove_file(place).map_err(StaticFilesError::changing("remove", place))?;
        thread::sleep(pause);
    }
    Err(StaticFilesError::Unsettled(source.to_owned()))
}

/// A copy of a file; `None` where that changed meanwhile, so that the copy may be half old and half new.
fn copy_once(
    source: &Path,
    place: &Path,
    with_hash: bool,
    buffer: &mut CopyBuffer,
) -> Result<Option<WrittenFile>, StaticFilesError> {
    let now = SystemTime::now();
    let reading = || StaticFilesError::reading(source);
    let mut original = open(source).map_err(reading())?;
    let key = key_of(&original).map_err(reading())?;
    let is_in_memory = buffer.fill_whole(&mut original, key.size());
    let is_in_memory = is_in_memory.map_err(reading())?;
    let mut hash = None;
    let written = create(place).and_then(|mut copy| {
        if is_in_memory {
            copy.write_all(&buffer.bytes[..buffer.filled])?;
        } else if with_hash {
            hash = Some(copy_hashed(&mut original, &mut copy, buffer)?);
        } else {
            io::copy(&mut original, &mut copy)?;
        }
        finish(&copy)
    });
    let made = written.map_err(StaticFilesError::changing("write", place))?;
    if key_of(&original).map_err(reading())? != key || made.size() != key.size() {
        return Ok(None);
    }
    if with_hash && hash.is_none() {
        hash = buffer.content().map(content_hash);
    }
    Ok(Some(WrittenFile {
        made,
        source: Some(key).filter(|key| key.was_settled_at(now)),
        hash,
    }))
}

/// Opens a file that was found to be one; a pipe that stands in its place by now is not waited for.
fn open(source: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    Ok(File::from(openat(CWD, source, flags, Mode::empty())?))
}

fn key_of(file: &File) -> io::Result<FileKey> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file any more"));
    }
    Ok(FileKey::of(&metadata))
}

fn copy_hashed(
    original: &mut File,
    copy: &mut File,
    buffer: &mut CopyBuffer,
) -> io::Result<ContentHash> {
    let mut hasher = Md5::new();
    while buffer.fill(original, MAX_IN_MEMORY)? > 0 {
        hasher.update(&buffer.bytes[..buffer.filled]);
        copy.write_all(&buffer.bytes[..buffer.filled])?;
    }
    Ok(hasher.finalize().into())
}

fn create(place: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(MODE).open(place)
}

/// Gives the file the mode it is to have, whatever the umask says, and returns its key.
fn finish(file: &File) -> io::Result<FileKey> {
    let metadata = file.metadata()?;
    if metadata.permissions().mode() & 0o7777 == MODE {
        return Ok(FileKey::of(&metadata));
    }
    file.set_permissions(Permissions::from_mode(MODE))?;
    Ok(FileKey::of(&file.metadata()?))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::{CopyBuffer, MAX_IN_MEMORY, copy};
    use crate::staticfiles::manifest::content_hash;
    use crate::staticfiles::{Asset, StaticFilesError};

    #[test]
    fn copies_files_of_any_size_with_their_hashes() {
        let folder = tempfile::tempdir().unwrap();
        let mut buffer = CopyBuffer::default();
        let sizes = [0, 1, 5000, 3, MAX_IN_MEMORY, MAX_IN_MEMORY + 1, 7];
        for (number, size) in sizes.into_iter().enumerate() {
            for with_hash in [false, true] {
                let bytes: Vec<u8> = (0..=255).cycle().take(size).collect();
                let source = folder.path().join("source");
                fs::write(&source, &bytes).unwrap();
                let place = folder.path().join(format!("{number}{with_hash}"));
                let asset = Asset::Disk(source);
                let written = copy(&asset, &place, with_hash, &mut buffer).unwrap();
                assert_eq!(fs::read(&place).unwrap(), bytes);
                assert_eq!(written.hash, with_hash.then(|| content_hash(&bytes)));
                let mode = place.metadata().unwrap().permissions().mode();
                assert_eq!(mode & 0o7777, 0o644);
                let content = (size <= MAX_IN_MEMORY).then_some(bytes.as_slice());
                assert_eq!(buffer.content(), content, "{size}");
            }
        }
    }

    #[test]
    fn a_pipe_in_the_place_of_a_file_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let mode = rustix::fs::Mode::from_raw_mode(0o600);
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, mode).unwrap();
        let place = folder.path().join("copy");
        let copied = copy(
            &Asset::Disk(pipe),
            &place,
            false,
            &mut CopyBuffer::default(),
        );
        assert!(matches!(copied, Err(StaticFilesError::Read { .. })));
    }
}
