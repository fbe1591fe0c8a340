//! The entries of a journal: the changes that are about to be made, one JSON object a line.
//!
//! The last line is `"end"`: without it the journal was not complete, and nothing was changed yet.

use std::io;
use std::path::{Component, Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::files::change::FileChange;

/// One change, with what it takes to undo it.
#[derive(Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum JournalEntry {
    /// A directory that was not there.
    Directory { path: PathBuf },
    /// A file that was not there; `sha256` is that of its content.
    Create { path: PathBuf, sha256: String },
    /// A file with its `old` content (base64); `sha256` is that of the new one.
    Replace {
        path: PathBuf,
        old: String,
        mode: u32,
        sha256: String,
    },
    /// A file that is removed, with its `old` content (base64).
    Remove {
        path: PathBuf,
        old: String,
        mode: u32,
    },
    /// The journal is complete.
    End,
}

impl JournalEntry {
    /// The entry for `change`; `mode` is that of the file it replaces.
    pub(super) fn of(change: &FileChange, mode: u32) -> Self {
        match change {
            FileChange::Directory { path } => Self::Directory { path: path.clone() },
            FileChange::Create { path, content, .. } => Self::Create {
                path: path.clone(),
                sha256: sha256(content),
            },
            FileChange::Replace { path, old, new } => Self::Replace {
                path: path.clone(),
                old: BASE64.encode(old),
                mode,
                sha256: sha256(new),
            },
            FileChange::Remove { path, old } => Self::Remove {
                path: path.clone(),
                old: BASE64.encode(old),
                mode,
            },
        }
    }

    fn path(&self) -> &Path {
        match self {
            Self::Directory { path }
            | Self::Create { path, .. }
            | Self::Replace { path, .. }
            | Self::Remove { path, .. } => path,
            Self::End => Path::new(""),
        }
    }
}

/// The text of a complete journal.
pub(super) fn write(entries: &[JournalEntry]) -> io::Result<String> {
    let lines: Result<Vec<_>, _> = entries.iter().map(serde_json::to_string).collect();
    let mut lines = lines?;
    lines.push(serde_json::to_string(&JournalEntry::End)?);
    Ok(lines.join("\n") + "\n")
}

/// The entries of a journal; `None` unless it is complete.
///
/// Fails where it names a path outside of its directory: such a journal was not written by us.
pub(super) fn read(text: &str) -> io::Result<Option<Vec<JournalEntry>>> {
    let entries: Result<Vec<JournalEntry>, _> = text.lines().map(serde_json::from_str).collect();
    let Ok(mut entries) = entries else {
        return Ok(None);
    };
    if entries.pop() != Some(JournalEntry::End) {
        return Ok(None);
    }
    let inside = |part: Component<'_>| matches!(part, Component::Normal(_));
    if entries
        .iter()
        .all(|entry| entry.path().components().all(inside))
    {
        return Ok(Some(entries));
    }
    let message = "it names a file outside of this directory";
    Err(io::Error::new(io::ErrorKind::InvalidData, message))
}

/// The content that an entry keeps.
pub(super) fn decode(old: &str) -> io::Result<Vec<u8>> {
    BASE64.decode(old).map_err(io::Error::other)
}

/// The SHA-256 of `content`, in base64.
pub(super) fn sha256(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    BASE64.encode(digest)
}

#[cfg(test)]
mod tests {
    use super::{JournalEntry, read, write};

    #[test]
    fn takes_a_journal_for_complete_only_with_its_last_line() {
        let entries = || {
            let path = "templates".into();
            vec![JournalEntry::Directory { path }]
        };
        let text = write(&entries()).unwrap();
        assert_eq!(read(&text).unwrap(), Some(entries()));
        for end in 0..text.len() - 1 {
            assert_eq!(read(&text[..end]).unwrap(), None, "{end}");
        }
    }

    #[test]
    fn trusts_no_path_that_leads_outside() {
        for path in ["../a", "/etc/a", "a/../../b"] {
            let text = write(&[JournalEntry::Directory { path: path.into() }]).unwrap();
            assert!(read(&text).is_err(), "{path}");
        }
    }
}
