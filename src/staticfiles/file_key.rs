//! What tells one state of a file from another without reading it.

use std::fmt;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::time::{Duration, SystemTime};

/// How coarse the clock is by which file systems date changes, at most.
const TIME_RESOLUTION: Duration = Duration::from_millis(50);

/// What tells one state of a file from another: whatever writes to a file changes the time of its last change, which
/// no program can set, unlike the time of its last modification.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct FileKey {
    size: u64,
    /// Nanoseconds since 1970, as the next one.
    modified: i64,
    changed: i64,
    inode: u64,
}

impl FileKey {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        }
    }

    /// When the content was written, as far as programs say so, in nanoseconds since 1970.
    pub(super) fn modified(&self) -> i64 {
        self.modified
    }

    /// The key that [`fmt::Display`] wrote as four words.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let key = Self {
            size: words.next()?.parse().ok()?,
            modified: words.next()?.parse().ok()?,
            changed: words.next()?.parse().ok()?,
            inode: words.next()?.parse().ok()?,
        };
        words.next().is_none().then_some(key)
    }

    /// How many bytes the file has.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Whether it is that of the same file, though names of that may have come and gone.
    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        let Self {
            size,
            modified,
            inode,
            ..
        } = *other;
        (self.size, self.modified, self.inode) == (size, modified, inode)
    }

    /// Whether a change after `moment` is sure to give another key: one within the same tick of the clock may not.
    pub(super) fn was_settled_at(&self, moment: SystemTime) -> bool {
        let since = moment.duration_since(SystemTime::UNIX_EPOCH);
        let moment = since.map_or(0, |since| since.as_nanos());
        let latest = moment.saturating_sub(TIME_RESOLUTION.as_nanos());
        i64::try_from(latest).is_ok_and(|latest| self.changed < latest)
    }
}

impl fmt::Display for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            size,
            modified,
            changed,
            inode,
        } = self;
        write!(f, "{size} {modified} {changed} {inode}")
    }
}

/// Moments that are further away than 292 years are all the same.
fn nanoseconds(seconds: i64, rest: i64) -> i64 {
    seconds.saturating_mul(1_000_000_000).saturating_add(rest)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::{Duration, SystemTime};

    use super::FileKey;

    #[test]
    fn is_read_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let key = FileKey::of(&folder.path().metadata().unwrap());
        assert_eq!(FileKey::parse(&key.to_string()), Some(key));
        for wrong in ["", "1 2 3", "1 2 3 4 5", "1 2 3 x", "-1 2 3 4"] {
            assert_eq!(FileKey::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_was_written_just_now_may_be_written_again_unseen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "a").unwrap();
        let key = FileKey::of(&path.metadata().unwrap());
        assert!(!key.was_settled_at(SystemTime::now()));
        assert!(key.was_settled_at(SystemTime::now() + Duration::from_secs(1)));
    }
}
