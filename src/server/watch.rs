//! Whether files changed since a site was read from them.
//!
//! Times are compared at each request rather than told by the kernel: a hundred files take a tenth of a
//! millisecond, it works on every file system and in every container, and a change is never seen too late.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

/// Two writes so close together may leave a file with one time.
const TICK: Duration = Duration::from_millis(20);

/// What tells one state of a file from another.
type Mark = (u64, i64, i64, u64);

/// The state of all files that a site is read from.
#[derive(Debug)]
pub(super) struct Watch {
    places: Vec<PathBuf>,
    marks: BTreeMap<PathBuf, Mark>,
    /// A file was written only just now: it may change again and keep its time.
    unsettled: bool,
}

impl Watch {
    /// Marks the files at and below `places` as they are now; hidden directories are left out.
    pub(super) fn new(places: Vec<PathBuf>) -> Self {
        let marks = marks(&places);
        let settled = SystemTime::now().checked_sub(TICK);
        let settled = settled.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        let newest = marks
            .values()
            .map(|(_, seconds, nanos, _)| (*seconds, *nanos));
        let limit = settled.map_or((i64::MAX, 0), |since| {
            let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
            (seconds, i64::from(since.subsec_nanos()))
        });
        Self {
            unsettled: newest.max().is_some_and(|newest| newest > limit),
            places,
            marks,
        }
    }

    /// Whether a file changed, came or went.
    pub(super) fn is_stale(&self) -> bool {
        self.unsettled || marks(&self.places) != self.marks
    }

    /// Whether both saw the same files in the same state.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.marks == other.marks
    }

    /// Watches `places` from now on; what changed in new ones since they were read is not known.
    pub(super) fn move_to(&mut self, places: Vec<PathBuf>) {
        if places != self.places {
            self.marks = marks(&places);
            self.places = places;
            self.unsettled = true;
        }
    }

    /// The same files as they are now.
    pub(super) fn again(&self) -> Self {
        Self::new(self.places.clone())
    }
}

fn marks(places: &[PathBuf]) -> BTreeMap<PathBuf, Mark> {
    let mut marks = BTreeMap::new();
    for place in places {
        match fs::metadata(place) {
            Ok(metadata) if metadata.is_dir() => add_directory(place, &mut marks),
            Ok(metadata) => {
                marks.insert(place.clone(), mark(&metadata));
            }
            Err(_) => {}
        }
    }
    marks
}

fn add_directory(directory: &Path, marks: &mut BTreeMap<PathBuf, Mark>) {
    let entries = WalkDir::new(directory)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden_directory(entry));
    for entry in entries.flatten() {
        if entry.file_type().is_file()
            && let Ok(metadata) = entry.metadata()
        {
            marks.insert(entry.into_path(), mark(&metadata));
        }
    }
}

fn is_hidden_directory(entry: &walkdir::DirEntry) -> bool {
    entry.file_type().is_dir() && entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn mark(metadata: &Metadata) -> Mark {
    (
        metadata.len(),
        metadata.mtime(),
        metadata.mtime_nsec(),
        metadata.ino(),
    )
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::thread;

    use super::{TICK, Watch};

    fn settled(root: &Path) -> Watch {
        thread::sleep(TICK * 2);
        let watch = Watch::new(vec![root.join("urls.toml"), root.join("templates")]);
        assert!(!watch.is_stale());
        watch
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
            let watch = settled(root);
            change(root);
            assert!(watch.is_stale());
        }
    }

    #[test]
    fn does_not_look_where_nothing_of_the_site_is() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("templates/.git")).unwrap();
        let watch = settled(folder.path());
        fs::write(folder.path().join("db.sqlite3"), "rows").unwrap();
        fs::write(folder.path().join("templates/.git/index"), "x").unwrap();
        assert!(!watch.is_stale());
    }

    #[test]
    fn trusts_no_file_that_was_written_just_now() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("urls.toml"), "").unwrap();
        assert!(Watch::new(vec![folder.path().join("urls.toml")]).is_stale());
    }
}
