//! A session as an engine has it, and by what the engine knows whether it still is that.

use crate::cache::EntryVersion;
use crate::sessions::SessionData;

/// What is kept under a key.
#[derive(Debug)]
pub struct KeptSession {
    /// What it keeps.
    pub data: SessionData,
    /// What tells it from what others write in its place.
    pub version: SessionVersion,
}

/// By what an engine knows that nobody has written a session since it was read.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum SessionVersion {
    /// It cannot know; what is kept is read again before it is changed.
    #[default]
    Unknown,
    /// The signed text.
    Text(String),
    /// What the cache knows the entry by.
    Entry(EntryVersion),
}

impl SessionVersion {
    /// The signed text, where it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Unknown | Self::Entry(_) => None,
        }
    }
}

impl From<SessionData> for KeptSession {
    fn from(data: SessionData) -> Self {
        Self {
            data,
            version: SessionVersion::Unknown,
        }
    }
}
