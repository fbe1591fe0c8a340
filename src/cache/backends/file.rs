//! A cache in a directory, with the files of Django's.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use md5::{Digest as _, Md5};

use crate::cache::backends::entry_limits::{CountSchedule, EntryLimits};
use crate::cache::backends::file_expiry::FileExpiry;
use crate::cache::{CacheBackend, CacheEntry, CacheError, CacheKey, CacheValue, pickle};
use crate::clock::{self, Moment};
use crate::crypto::{hex, random_bytes};
use crate::files::{self, AtomicFile, FileMode};
use crate::settings::CacheSettings;

/// How the names of entries end.
const SUFFIX: &str = "djcache";

/// Keeps each entry in a file of its own.
///
/// Whoever changes an entry holds the lock of its temporary file, so that what several processes count is right. Nothing is
/// synced: what a power cut damages is a miss.
#[derive(Debug)]
pub struct FileBackend {
    directory: PathBuf,
    limits: EntryLimits,
    schedule: CountSchedule,
}

/// What a file says.
struct FileEntry {
    expires: Option<Moment>,
    entry: CacheEntry,
}

impl FileBackend {
    /// A cache with the limits of `settings` in `directory`, which is made when it is first written to.
    pub fn new(directory: PathBuf, settings: &CacheSettings) -> Self {
        Self {
            directory,
            limits: EntryLimits::new(settings),
            schedule: CountSchedule::default(),
        }
    }

    fn path(&self, key: &CacheKey) -> PathBuf {
        let name = hex(&Md5::digest(key.as_str()));
        self.directory.join(name).with_extension(SUFFIX)
    }

    /// Opens the entry of `key` for a change, alone among all processes.
    fn lock(&self, key: &CacheKey) -> Result<AtomicFile, CacheError> {
        let made = files::create_private_directory(&self.directory);
        made.map_err(|source| self.failed(source))?;
        if self.schedule.is_due() {
            self.make_room()?;
        }
        Ok(AtomicFile::create(&self.path(key), FileMode::Private)?)
    }

    /// What stands in the file of `key`, unless it expired.
    fn entry(&self, key: &CacheKey) -> Result<FileEntry, CacheError> {
        let read = read_whole(&self.path(key)).map_err(|source| self.failed(source))?;
        Ok(FileEntry::read(read.as_deref().unwrap_or_default()))
    }

    /// Deletes what expired, and if that is not enough, a random part of the rest as Django does; returns how many.
    fn make_room(&self) -> Result<usize, CacheError> {
        let mut files = self.files()?;
        let before = files.len();
        if before >= self.limits.max_entries {
            files.retain(|path| !remove_if_expired(path));
        }
        if files.len() >= self.limits.max_entries {
            let excess = self.limits.excess(files.len()).unwrap_or(files.len());
            for path in draw(&mut files, excess) {
                fs::remove_file(path).ok();
            }
        }
        self.schedule.counted(files.len(), self.limits);
        Ok(before - files.len())
    }

    /// The files of all entries.
    fn files(&self) -> Result<Vec<PathBuf>, CacheError> {
        let entries = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|source| self.failed(source))?,
        };
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let is_entry = |path: &PathBuf| path.extension().is_some_and(|suffix| suffix == SUFFIX);
        Ok(paths.filter(is_entry).collect())
    }

    fn failed(&self, source: io::Error) -> CacheError {
        CacheError::Directory {
            directory: self.directory.clone(),
            source,
        }
    }
}

impl FileEntry {
    const MISSING: Self = Self {
        expires: None,
        entry: CacheEntry::Missing,
    };

    /// What a file holds; one that is damaged is a miss, and may be written over.
    fn read(bytes: &[u8]) -> Self {
        let Some(expiry) = FileExpiry::read(bytes) else {
            return Self::MISSING;
        };
        if expiry.is_past(clock::now()) {
            return Self::MISSING;
        }
        let mut pickled = Vec::new();
        let mut decoder = ZlibDecoder::new(&bytes[expiry.length..]);
        if decoder.read_to_end(&mut pickled).is_err() {
            return Self::MISSING;
        }
        Self {
            expires: expiry.expires,
            entry: CacheEntry::read(pickle::loads(&pickled)),
        }
    }

    fn is_missing(&self) -> bool {
        self.entry == CacheEntry::Missing
    }
}

impl CacheBackend for FileBackend {
    fn get(&self, key: &CacheKey) -> Result<CacheEntry, CacheError> {
        Ok(self.entry(key)?.entry)
    }

    fn set(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<(), CacheError> {
        write(self.lock(key)?, value, expires)
    }

    fn add(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        let file = self.lock(key)?;
        let is_free = self.entry(key)?.is_missing();
        if is_free {
            write(file, value, expires)?;
        }
        Ok(is_free)
    }

    fn replace(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        if self.entry(key)?.is_missing() {
            return Ok(false);
        }
        let file = self.lock(key)?;
        let is_there = !self.entry(key)?.is_missing();
        if is_there {
            write(file, value, expires)?;
        }
        Ok(is_there)
    }

    fn touch(&self, key: &CacheKey, expires: Option<Moment>) -> Result<bool, CacheError> {
        if self.entry(key)?.is_missing() {
            return Ok(false);
        }
        let mut file = self.lock(key)?;
        let path = self.path(key);
        let bytes = read_whole(&path).map_err(|source| self.failed(source))?;
        let bytes = bytes.unwrap_or_default();
        let Some(old) = FileExpiry::read(&bytes).filter(|old| !old.is_past(clock::now())) else {
            return Ok(false);
        };
        let written = file.write_all(&FileExpiry::write(expires));
        let written = written.and_then(|()| file.write_all(&bytes[old.length..]));
        written.map_err(|source| self.failed(source))?;
        file.commit_unsynced()?;
        Ok(true)
    }

    /// Locked, so that nobody who has just looked at the entry writes it again.
    fn delete(&self, key: &CacheKey) -> Result<bool, CacheError> {
        let path = self.path(key);
        if !path.try_exists().map_err(|source| self.failed(source))? {
            return Ok(false);
        }
        let _lock = self.lock(key)?;
        files::remove_file(&path).map_err(|source| self.failed(source))
    }

    fn incr(&self, key: &CacheKey, delta: i64) -> Result<i64, CacheError> {
        self.entry(key)?.entry.counted(key, delta)?;
        let file = self.lock(key)?;
        let current = self.entry(key)?;
        let sum = current.entry.counted(key, delta)?;
        write(file, sum.into(), current.expires)?;
        Ok(sum)
    }

    fn clear(&self) -> Result<(), CacheError> {
        for path in self.files()? {
            fs::remove_file(path).ok();
        }
        Ok(())
    }

    fn entries(&self) -> Result<Option<u64>, CacheError> {
        Ok(u64::try_from(self.files()?.len()).ok())
    }

    fn cull(&self) -> Result<usize, CacheError> {
        let files = self.files()?;
        let expired = files.iter().filter(|path| remove_if_expired(path));
        Ok(expired.count() + self.make_room()?)
    }
}

/// Deletes the file of an entry that expired, or that does not say when; returns whether it did.
fn remove_if_expired(path: &Path) -> bool {
    let Ok(Some(bytes)) = read_start(path) else {
        return false;
    };
    let expired = FileExpiry::read(&bytes).is_none_or(|expiry| expiry.is_past(clock::now()));
    expired && fs::remove_file(path).is_ok()
}

/// Gives `file` its name with `value` in it.
fn write(
    mut file: AtomicFile,
    value: CacheValue,
    expires: Option<Moment>,
) -> Result<(), CacheError> {
    let pickled = pickle::dumps(value)?;
    let mut content = ZlibEncoder::new(FileExpiry::write(expires), Compression::default());
    // Writing to memory does not fail.
    content.write_all(&pickled).ok();
    let content = content.finish().unwrap_or_default();
    let directory = file.temporary().to_owned();
    file.write_all(&content)
        .map_err(|source| CacheError::Directory { directory, source })?;
    Ok(file.commit_unsynced()?)
}

/// The whole file; `None` where there is none.
fn read_whole(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

/// The start of the file, in which it says when it expires; `None` where there is none.
fn read_start(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match fs::File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let mut start = Vec::new();
    file.take(FileExpiry::LONGEST).read_to_end(&mut start)?;
    Ok(Some(start))
}

/// Takes `count` of `items` by chance.
fn draw(items: &mut Vec<PathBuf>, count: usize) -> Vec<PathBuf> {
    let one = |items: &mut Vec<PathBuf>| {
        let random = u64::from_le_bytes(random_bytes());
        let length = u64::try_from(items.len()).unwrap_or(u64::MAX).max(1);
        let index = usize::try_from(random % length).unwrap_or_default();
        items.swap_remove(index)
    };
    let count = count.min(items.len());
    (0..count).map(|_| one(items)).collect()
}
