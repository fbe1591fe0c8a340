//! What the last run left in the root, so that the next one need not read what nobody touched.
//!
//! It is only believed as far as the files prove it: an entry counts while the file it names is the one that was
//! written, and its source the one that was read. Lost, damaged or out of date, it costs a comparison of contents.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::str;

use crate::crypto::hex;
use crate::files::{AtomicFile, FileError, FileMode};
use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::manifest::ContentHash;
use crate::staticfiles::{StaticFilesError, StaticPath};

/// The hidden directory in the root that is this program's own.
pub(super) const OWN_DIRECTORY: &str = ".djr-static";

/// The record in it.
const RECORD: &str = "record";

/// The first words of a record; another version is not read.
const HEADER: &str = "djr-static-record 1";

/// What the last run left in the root.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Record {
    /// How often the names that pages use have changed.
    pub(super) generation: u64,
    /// What the files were made of, and how; empty where none was made of others.
    pub(super) processing: String,
    pub(super) entries: HashMap<StaticPath, RecordEntry>,
    /// What was not worth it.
    pub(super) failed: HashSet<CompressionAttempt>,
}

/// A content that did not become shorter.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(super) struct CompressionAttempt {
    /// The name of the coding.
    pub(super) coding: String,
    /// The hash of the content.
    pub(super) hash: ContentHash,
}

/// A file that was put in the root.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct RecordEntry {
    /// The file in the root.
    pub(super) made: FileKey,
    /// The file it is a copy of, where that had settled when it was read.
    pub(super) source: Option<FileKey>,
    /// The hash of its content; that of what it was compressed from, where it is.
    pub(super) hash: Option<ContentHash>,
    /// The last generation that needed it, of a file that was made of others; 0 for a copy.
    pub(super) last_used: u64,
}

impl Record {
    /// The bytes of the record in `root`; none where there is none that can be read.
    pub(super) fn bytes(root: &Path) -> Vec<u8> {
        fs::read(root.join(OWN_DIRECTORY).join(RECORD)).unwrap_or_default()
    }

    /// The record that `bytes` are; an empty one where they are none.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        let text = str::from_utf8(bytes).ok();
        text.and_then(Self::parse).unwrap_or_default()
    }

    /// Writes it into `root`, without waiting for the disk: it can be lost. Where nothing can be written, nothing was changed, and the
    /// last record is still right.
    pub(super) fn write(&self, root: &Path) -> Result<(), StaticFilesError> {
        match self.write_anew(&root.join(OWN_DIRECTORY).join(RECORD)) {
            Err(FileError::System { source, .. })
                if source.kind() == ErrorKind::ReadOnlyFilesystem =>
            {
                Ok(())
            }
            written => Ok(written?),
        }
    }

    fn write_anew(&self, path: &Path) -> Result<(), FileError> {
        let mut file = AtomicFile::create(path, FileMode::Exactly(0o644))?;
        let written = file.write_all(self.to_text().as_bytes());
        written.map_err(|source| FileError::System {
            action: "write",
            path: path.to_owned(),
            source,
        })?;
        file.commit_unsynced()
    }

    fn parse(text: &str) -> Option<Self> {
        let (head, rest) = text.split_once('\0')?;
        let head = head.strip_prefix(HEADER)?.strip_prefix(' ')?;
        let (generation, processing) = head.split_once(' ')?;
        let mut record = Self {
            generation: generation.parse().ok()?,
            processing: processing.to_owned(),
            entries: HashMap::with_capacity(rest.len() / 128),
            failed: HashSet::new(),
        };
        // What was cut off lacks the last mark.
        for line in rest.strip_suffix('\0').unwrap_or_default().split('\0') {
            if line.is_empty() {
                continue;
            }
            if let Some(failed) = line.strip_prefix('!') {
                let (coding, hash) = failed.split_once('|')?;
                record.failed.insert(CompressionAttempt {
                    coding: coding.to_owned(),
                    hash: parse_hash(hash)?,
                });
                continue;
            }
            let mut parts = line.splitn(5, '|');
            let entry = RecordEntry {
                made: FileKey::parse(parts.next()?)?,
                // What cannot be read is not known, as what is empty.
                source: FileKey::parse(parts.next()?),
                hash: parse_hash(parts.next()?),
                last_used: parts.next()?.parse().ok()?,
            };
            record
                .entries
                .insert(StaticPath::new(parts.next()?)?, entry);
        }
        Some(record)
    }

    fn to_text(&self) -> String {
        let mut text = format!("{HEADER} {} {}\0", self.generation, self.processing);
        for (path, entry) in &self.entries {
            let source = entry.source.map_or_else(String::new, |key| key.to_string());
            let hash = entry.hash.map_or_else(String::new, |hash| hex(&hash));
            let (made, last_used) = (entry.made, entry.last_used);
            // Writing to memory cannot fail.
            write!(text, "{made}|{source}|{hash}|{last_used}|{path}\0").ok();
        }
        for CompressionAttempt { coding, hash } in &self.failed {
            write!(text, "!{coding}|{}\0", hex(hash)).ok();
        }
        text
    }
}

fn parse_hash(text: &str) -> Option<ContentHash> {
    let digits = text.as_bytes();
    if digits.len() != 32 {
        return None;
    }
    let mut hash = ContentHash::default();
    for (byte, pair) in hash.iter_mut().zip(digits.chunks(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16);
        *byte = u8::try_from(digit(0)? << 4 | digit(1)?).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fs;
    use std::path::Path;

    use super::{CompressionAttempt, OWN_DIRECTORY, RECORD, Record, RecordEntry};
    use crate::staticfiles::StaticPath;
    use crate::staticfiles::file_key::FileKey;

    fn read(root: &Path) -> Record {
        Record::of_bytes(&Record::bytes(root))
    }

    fn record() -> Record {
        let key =
            |inode: u64| FileKey::parse(&format!("10 -5 1700000000123456789 {inode}")).unwrap();
        let entry = |source, hash, last_used| RecordEntry {
            made: key(1),
            source,
            hash,
            last_used,
        };
        let entries = [
            ("css/a b|c\n.css", entry(Some(key(2)), Some([0xab; 16]), 0)),
            ("é.txt", entry(None, None, 3)),
        ];
        let entries = entries.into_iter();
        Record {
            generation: 7,
            processing: "manifest 5 x".to_owned(),
            entries: entries
                .map(|(path, entry)| (StaticPath::new(path).unwrap(), entry))
                .collect(),
            failed: HashSet::from([CompressionAttempt {
                coding: "br".to_owned(),
                hash: [0xcd; 16],
            }]),
        }
    }

    #[test]
    fn is_read_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(OWN_DIRECTORY)).unwrap();
        assert_eq!(read(folder.path()), Record::default());
        record().write(folder.path()).unwrap();
        assert_eq!(read(folder.path()), record());
    }

    #[test]
    fn a_record_that_was_cut_short_says_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(OWN_DIRECTORY)).unwrap();
        record().write(folder.path()).unwrap();
        let path = folder.path().join(OWN_DIRECTORY).join(RECORD);
        let whole = fs::read(&path).unwrap();
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            let read = read(folder.path());
            let mut entries = read.entries.iter();
            let known = record().entries;
            assert!(
                entries.all(|(path, entry)| known.get(path) == Some(entry)),
                "{length}"
            );
        }
        for position in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[position] = 0;
            fs::write(&path, &damaged).unwrap();
            // It must not panic; what it says is checked against the files.
            read(folder.path());
        }
    }
}
