//! A cache in a directory, with the files of Django's.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use md5::{Digest as _, Md5};

use crate::cache::backends::entry_limits::{CULL_TIME, CullSchedule, EntryLimits, UnfinishedCull};
use crate::cache::backends::file_expiry::FileExpiry;
use crate::cache::{
    CacheBackend, CacheEntry, CacheError, CacheKey, CacheValue, CulledEntries, EntryVersion,
    Replacement, VersionedEntry, pickle,
};
use crate::clock::{self, Moment};
use crate::crypto::{hex, random_bytes};
use crate::files::{self, AtomicFile, FileMode};
use crate::settings::CacheSettings;
use crate::zlib;

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
    schedule: CullSchedule,
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
            schedule: CullSchedule::default(),
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
        Ok(AtomicFile::create(&self.path(key), FileMode::Private)?)
    }

    /// What stands in the file of `key`, unless it expired.
    fn entry(&self, key: &CacheKey) -> Result<FileEntry, CacheError> {
        let read = read_whole(&self.path(key)).map_err(|source| self.failed(source))?;
        Ok(FileEntry::read(read.as_deref().unwrap_or_default()))
    }

    /// Where it is time, deletes what expired, and if that is not enough, a random part of the rest as Django does. What one
    /// write has no time for is left to the next ones.
    fn make_room(&self) -> Result<(), CacheError> {
        let Some(mut cull) = self.schedule.turn() else {
            return Ok(());
        };
        if cull.excess == 0 {
            let mut count = self.files()?.count();
            if count >= self.limits.max_entries {
                let deadline = Instant::now() + CULL_TIME;
                count -= self.remove_expired(count, Some(deadline))?.min(count);
            }
            if count < self.limits.max_entries {
                self.schedule.counted(count, self.limits);
                return Ok(());
            }
            cull.excess = self.limits.excess(count).unwrap_or(count);
            cull.count = count;
        }
        let deadline = Instant::now() + CULL_TIME;
        let (removed, is_done) = self.remove_some(*cull, Some(deadline))?;
        cull.excess = if is_done {
            0
        } else {
            cull.excess - removed.min(cull.excess)
        };
        cull.count -= removed.min(cull.count);
        if is_done {
            self.schedule.counted(cull.count, self.limits);
        }
        Ok(())
    }

    /// Deletes what expired of `count` files until `deadline`; returns how many files.
    fn remove_expired(&self, count: usize, deadline: Option<Instant>) -> Result<usize, CacheError> {
        let in_time = |_: &PathBuf| deadline.is_none_or(|deadline| Instant::now() < deadline);
        let files = self.files_from_anywhere(count)?.take_while(in_time);
        let expired = files.filter(|path| is_expired(path));
        Ok(expired.filter(|path| fs::remove_file(path).is_ok()).count())
    }

    /// Deletes files of `cull` until `deadline`, each as likely as any other; returns how many, and whether that is all. They
    /// are gone through one at a time, and none is remembered (Knuth's algorithm S).
    fn remove_some(
        &self,
        cull: UnfinishedCull,
        deadline: Option<Instant>,
    ) -> Result<(usize, bool), CacheError> {
        let (mut removed, mut left) = (0, cull.count);
        for path in self.files_from_anywhere(cull.count)? {
            if removed == cull.excess {
                break;
            }
            let is_drawn = random_below(left) < cull.excess - removed;
            removed += usize::from(is_drawn && fs::remove_file(path).is_ok());
            left = left.saturating_sub(1);
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Ok((removed, removed == cull.excess));
            }
        }
        Ok((removed, true))
    }

    /// The files of all entries, of which there are about `count`, in the order of the directory, but beginning at any of
    /// them: who has only time for some is not to look at the same ones again.
    fn files_from_anywhere(
        &self,
        count: usize,
    ) -> Result<impl Iterator<Item = PathBuf> + use<>, CacheError> {
        let start = random_below(count);
        Ok(self.files()?.skip(start).chain(self.files()?.take(start)))
    }

    /// The files of all entries, one at a time: there may be millions.
    fn files(&self) -> Result<impl Iterator<Item = PathBuf> + use<>, CacheError> {
        let entries = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            entries => Some(entries.map_err(|source| self.failed(source))?),
        };
        let entries = entries.into_iter().flatten();
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let is_entry = |path: &PathBuf| path.extension().is_some_and(|suffix| suffix == SUFFIX);
        Ok(paths.filter(is_entry))
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
        let Some(pickled) = zlib::decompress(&bytes[expiry.length..], usize::MAX) else {
            return Self::MISSING;
        };
        Self {
            expires: expiry.expires,
            entry: pickle::entry(pickled),
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
        self.make_room()?;
        write(self.lock(key)?, value, expires)
    }

    fn add(
        &self,
        key: &CacheKey,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<bool, CacheError> {
        self.make_room()?;
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

    /// The version of an entry is its whole file.
    fn get_versioned(&self, key: &CacheKey) -> Result<VersionedEntry, CacheError> {
        let read = read_whole(&self.path(key)).map_err(|source| self.failed(source))?;
        let bytes = read.unwrap_or_default();
        Ok(VersionedEntry {
            entry: FileEntry::read(&bytes).entry,
            version: EntryVersion::Bytes(bytes),
        })
    }

    fn replace_version(
        &self,
        key: &CacheKey,
        version: &EntryVersion,
        value: CacheValue,
        expires: Option<Moment>,
    ) -> Result<Replacement, CacheError> {
        let found = self.get_versioned(key)?;
        if found.entry == CacheEntry::Missing {
            return Ok(Replacement::Missing);
        }
        let file = self.lock(key)?;
        let found = self.get_versioned(key)?;
        if found.entry == CacheEntry::Missing || found.version != *version {
            return Ok(found.into_replacement());
        }
        write(file, value, expires)?;
        Ok(Replacement::Done)
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

    fn is_shared(&self) -> bool {
        true
    }

    fn clear(&self) -> Result<(), CacheError> {
        for path in self.files()? {
            fs::remove_file(path).ok();
        }
        Ok(())
    }

    fn entries(&self) -> Result<Option<u64>, CacheError> {
        Ok(Some(number(self.files()?.count())))
    }

    fn cull(&self) -> Result<Option<CulledEntries>, CacheError> {
        let expired = self.remove_expired(self.files()?.count(), None)?;
        let count = self.files()?.count();
        let excess = self.limits.too_many(count);
        let (excess, _) = self.remove_some(UnfinishedCull { excess, count }, None)?;
        // What is left of writers that were killed; where the directory has other owners, theirs is not ours to remove.
        files::remove_leftovers(&self.directory).ok();
        Ok(Some(CulledEntries {
            expired: number(expired),
            excess: number(excess),
        }))
    }

    fn count_cullable(&self) -> Result<Option<CulledEntries>, CacheError> {
        let expired = self.files()?.filter(|path| is_expired(path)).count();
        let left = self.files()?.count().saturating_sub(expired);
        Ok(Some(CulledEntries {
            expired: number(expired),
            excess: number(self.limits.too_many(left)),
        }))
    }
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Whether the file at `path` is that of an entry that expired, or does not say when it does.
fn is_expired(path: &Path) -> bool {
    match read_start(path) {
        Ok(Some(bytes)) => {
            FileExpiry::read(&bytes).is_none_or(|expiry| expiry.is_past(clock::now()))
        }
        _ => false,
    }
}

/// Gives `file` its name with `value` in it.
fn write(
    mut file: AtomicFile,
    value: CacheValue,
    expires: Option<Moment>,
) -> Result<(), CacheError> {
    let compressed = zlib::compress(&pickle::dumps(value)?);
    let compressed = compressed.ok_or(CacheError::NotPicklable)?;
    let content = [FileExpiry::write(expires), compressed].concat();
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

/// A number below `limit` by chance; 0 where there is none.
fn random_below(limit: usize) -> usize {
    let random = u64::from_le_bytes(random_bytes());
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
    usize::try_from(random % limit).unwrap_or_default()
}
