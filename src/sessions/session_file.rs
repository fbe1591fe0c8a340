//! The file of one session.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::Path;

use crate::clock::Moment;

/// The most bytes that are written over those of a file: they lie in one page of the memory and in one sector of the disk, so
/// that neither a kill nor a power cut leaves a part of them. Who reads at that very moment may see some of both texts; the
/// signature does not fit then.
const MOST_IN_PLACE: usize = 512;

/// What a file holds, when it was written, and which one it is.
#[derive(Eq, PartialEq)]
pub(super) struct SessionFile {
    pub(super) text: String,
    pub(super) written: Moment,
    inode: u64,
}

/// A file that nobody else changes or replaces.
pub(super) struct LockedSessionFile(File);

/// What stands in the place of a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FilePlace {
    /// The file.
    Same,
    /// Another one: it was replaced.
    Another,
    /// Nothing: it was removed.
    Empty,
}

impl SessionFile {
    /// The file at `path`; none where there is none.
    pub(super) fn read(path: &Path) -> io::Result<Option<Self>> {
        existing(File::open(path))?
            .map(|file| Self::read_open(&file))
            .transpose()
    }

    /// The same, and not while somebody writes it.
    pub(super) fn read_at_rest(path: &Path) -> io::Result<Option<Self>> {
        let Some(file) = existing(File::open(path))? else {
            return Ok(None);
        };
        file.lock_shared()?;
        Self::read_open(&file).map(Some)
    }

    fn read_open(mut file: &File) -> io::Result<Self> {
        let found = file.metadata()?;
        // What its size says is all there is, without asking for more.
        let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
        file.by_ref().take(found.len()).read_to_end(&mut bytes)?;
        Ok(Self {
            // Bytes that are not a text are a session that was altered.
            text: String::from_utf8(bytes).unwrap_or_default(),
            written: found.modified()?.into(),
            inode: found.ino(),
        })
    }

    /// What stands at `path`, where it was read.
    pub(super) fn place(&self, path: &Path) -> io::Result<FilePlace> {
        Ok(match existing(fs::metadata(path))? {
            None => FilePlace::Empty,
            Some(found) if found.ino() == self.inode => FilePlace::Same,
            Some(_) => FilePlace::Another,
        })
    }
}

impl LockedSessionFile {
    /// Opens the file at `path` to write it, and waits until nobody else has it; none where there is none.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        let opened = OpenOptions::new().read(true).write(true).open(path);
        existing(opened)?.map(Self::lock).transpose()
    }

    /// The same to remove it, for which it need not be writable.
    pub(super) fn open_to_remove(path: &Path) -> io::Result<Option<Self>> {
        existing(File::open(path))?.map(Self::lock).transpose()
    }

    fn lock(file: File) -> io::Result<Self> {
        file.lock()?;
        Ok(Self(file))
    }

    pub(super) fn read(&self) -> io::Result<SessionFile> {
        SessionFile::read_open(&self.0)
    }

    /// Writes `text` over `old`, which the file holds, where that is done in one step; returns whether it was.
    ///
    /// Of a longer text some could be missing after a kill, and of a shorter one too much be left.
    pub(super) fn write_over(&self, old: &str, text: &str) -> io::Result<bool> {
        let fits = !old.is_empty() && (old.len()..=MOST_IN_PLACE).contains(&text.len());
        if fits {
            self.0.write_all_at(text.as_bytes(), 0)?;
        }
        Ok(fits)
    }
}

/// None where nothing is found.
fn existing<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        found => found.map(Some),
    }
}
