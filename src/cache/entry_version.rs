//! What an entry was when it was read, so that it is replaced only if nobody has written since.

use crate::cache::CacheEntry;

/// What tells an entry from what others write in its place.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum EntryVersion {
    /// The backend cannot tell: any entry is taken for the same.
    #[default]
    Unknown,
    /// The number of the write that it comes from.
    Number(u64),
    /// What it is made of, as the backend keeps it.
    Bytes(Vec<u8>),
}

/// What there is under a key, and which version of it.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionedEntry {
    /// What there is.
    pub entry: CacheEntry,
    /// Its version; of one that is missing it says nothing.
    pub version: EntryVersion,
}

/// What became of an entry that was to be replaced if it still was a certain version.
#[derive(Clone, Debug, PartialEq)]
pub enum Replacement {
    /// It was replaced.
    Done,
    /// Somebody wrote something else, which is left.
    Changed(VersionedEntry),
    /// There is nothing any more, or it has expired.
    Missing,
}

impl Replacement {
    /// What became of an entry that was replaced whatever its version, if there was one.
    pub(super) fn of_any(is_replaced: bool) -> Self {
        if is_replaced {
            Self::Done
        } else {
            Self::Missing
        }
    }
}

impl VersionedEntry {
    /// Nothing.
    pub const MISSING: Self = Self {
        entry: CacheEntry::Missing,
        version: EntryVersion::Unknown,
    };

    /// What is left after others wrote, if it is left.
    pub(super) fn into_replacement(self) -> Replacement {
        match self.entry {
            CacheEntry::Missing => Replacement::Missing,
            CacheEntry::Found(_) | CacheEntry::Unreadable(_) => Replacement::Changed(self),
        }
    }
}

impl EntryVersion {
    /// The number, where it is one.
    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Unknown | Self::Bytes(_) => None,
        }
    }

    /// The bytes, where it is made of these.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Unknown | Self::Number(_) => None,
        }
    }
}
