//! Notices when the files that a site was loaded from change.
//!
//! Times are compared at each request instead of asking the kernel for notifications: a hundred files take a tenth
//! of a millisecond, it works on every file system and in every container, and no change is seen too late.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

/// Two writes within this time may leave a file with the same time stamp.
const TIME_RESOLUTION: Duration = Duration::from_millis(20);

/// What tells one state of a file from another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct FileStamp {
    size: u64,
    seconds: i64,
    nanoseconds: i64,
    inode: u64,
}

/// The state of all files that a site is loaded from.
#[derive(Debug)]
pub(super) struct FileWatcher {
    places: Vec<PathBuf>,
    stamps: BTreeMap<PathBuf, FileStamp>,
    /// A file was written so recently that it may change again without a new time stamp.
    is_too_recent: bool,
}

impl FileWatcher {
    /// Stamps the files at and below `places` as they are now; hidden directories are left out.
    pub(super) fn new(places: Vec<PathBuf>) -> Self {
        let stamps = stamps(&places);
        let settled = SystemTime::now().checked_sub(TIME_RESOLUTION);
        let settled = settled.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        let newest = stamps
            .values()
            .map(|stamp| (stamp.seconds, stamp.nanoseconds));
        let limit = settled.map_or((i64::MAX, 0), |since| {
            let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
            (seconds, i64::from(since.subsec_nanos()))
        });
        Self {
            is_too_recent: newest.max().is_some_and(|newest| newest > limit),
            places,
            stamps,
        }
    }

    /// Whether a file was changed, added or removed.
    pub(super) fn has_changes(&self) -> bool {
        self.is_too_recent || stamps(&self.places) != self.stamps
    }

    /// Whether both saw the same files in the same state.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.stamps == other.stamps
    }

    /// Watches `places` from now on, and reports a change once: what happened in new places since they were read is not known.
    pub(super) fn watch_places(&mut self, places: Vec<PathBuf>) {
        if places != self.places {
            self.stamps = stamps(&places);
            self.places = places;
            self.is_too_recent = true;
        }
    }

    /// The same files as they are now.
    pub(super) fn rescan(&self) -> Self {
        Self::new(self.places.clone())
    }
}

fn stamps(places: &[PathBuf]) -> BTreeMap<PathBuf, FileStamp> {
    let mut stamps = BTreeMap::new();
    for place in places {
        match fs::metadata(place) {
            Ok(metadata) if metadata.is_dir() => add_directory(place, &mut stamps),
            Ok(metadata) => {
                stamps.insert(place.clone(), stamp(&metadata));
            }
            Err(_) => {}
        }
    }
    stamps
}

fn add_directory(directory: &Path, stamps: &mut BTreeMap<PathBuf, FileStamp>) {
    let entries = WalkDir::new(directory)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden_directory(entry));
    for entry in entries.flatten() {
        if entry.file_type().is_file()
            && let Ok(metadata) = entry.metadata()
        {
            stamps.insert(entry.into_path(), stamp(&metadata));
        }
    }
}

fn is_hidden_directory(entry: &walkdir::DirEntry) -> bool {
    entry.file_type().is_dir() && entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn stamp(metadata: &Metadata) -> FileStamp {
    FileStamp {
        size: metadata.len(),
        seconds: metadata.mtime(),
        nanoseconds: metadata.mtime_nsec(),
        inode: metadata.ino(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::thread;

    use super::{FileWatcher, TIME_RESOLUTION};

    fn settled(root: &Path) -> FileWatcher {
        thread::sleep(TIME_RESOLUTION * 2);
        let watcher = FileWatcher::new(vec![root.join("urls.toml"), root.join("templates")]);
        assert!(!watcher.has_changes());
        watcher
    }

    #[test]
    fn sees_files_that_change_come_and_go() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("templates/a")).unwrap();
        fs::write(root.join("templates/a/b.html"), "1").unwrap();
        let changes: [fn(&Path); 4] = [
            |root| fs::write(root.join("templates/a/b.html"), "2").unwrap(),
            |root| fs::write(root.join("templates/a/c.html"), "3").unwrap(),
            |root| fs::remove_file(root.join("templates/a/b.html")).unwrap(),
            |root| fs::write(root.join("urls.toml"), "").unwrap(),
        ];
        for change in changes {
            let watcher = settled(root);
            change(root);
            assert!(watcher.has_changes());
        }
    }

    #[test]
    fn does_not_look_where_nothing_of_the_site_is() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("templates/.git")).unwrap();
        let watcher = settled(folder.path());
        fs::write(folder.path().join("db.sqlite3"), "rows").unwrap();
        fs::write(folder.path().join("templates/.git/index"), "x").unwrap();
        assert!(!watcher.has_changes());
    }

    #[test]
    fn trusts_no_file_that_was_written_just_now() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("urls.toml"), "").unwrap();
        assert!(FileWatcher::new(vec![folder.path().join("urls.toml")]).has_changes());
    }
}
