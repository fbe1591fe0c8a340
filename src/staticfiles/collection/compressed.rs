//! Compressed files beside collected ones, where they are shorter: `site.css.br`, `site.css.gz`.
//!
//! Who serves the files sends them to clients that can read them, without compressing anything again. A content is
//! compressed once, however many names it has, and not again until it changes.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Write as _;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::http::ContentCoding;
use crate::staticfiles::collection::contents::Contents;
use crate::staticfiles::collection::derived::DerivedFiles;
use crate::staticfiles::collection::record::CompressionAttempt;
use crate::staticfiles::collection::staging::MadeFile;
use crate::staticfiles::collection::written_file;
use crate::staticfiles::collection::{CollectProgress, CollectedFile};
use crate::staticfiles::compressed_name::compressed_name;
use crate::staticfiles::manifest::{ContentHash, ProcessedFile};
use crate::staticfiles::{StaticFilesError, StaticPath, parallel};

/// Endings of what is compressed by itself, as `WhiteNoise` lists them.
const COMPRESSED: [&str; 32] = [
    "3gp", "3gpp", "7z", "asf", "avi", "avif", "br", "bz2", "flv", "gif", "gz", "jpeg", "jpg",
    "m4a", "m4v", "mov", "mp3", "mp4", "mpeg", "mpg", "ogg", "png", "rar", "swf", "tbz", "tgz",
    "webm", "webp", "wmv", "woff", "woff2", "xz",
];

/// A compressed file is worth its place if it is this many percent of the original at most.
const MAX_PERCENT: usize = 95;

/// The window of brotli, a power of two: the largest that all browsers take.
const BROTLI_WINDOW: i32 = 24;

/// How hard brotli tries: as hard as it can, since it is done once.
const BROTLI_QUALITY: i32 = 11;

/// What is compressed, and how.
#[derive(Clone, Copy)]
pub(super) struct CompressionInput<'c> {
    pub(super) codings: &'c [ContentCoding],
    /// The hashes of the collected files.
    pub(super) hashes: &'c [ContentHash],
    /// The files under names that change with their content.
    pub(super) processed: &'c [ProcessedFile],
}

/// Files with one content.
struct SameContent<'c> {
    hash: ContentHash,
    source: ContentSource<'c>,
    paths: Vec<StaticPath>,
    /// Whether one of the files is written by this run: what is compressed must not be older.
    is_new: bool,
}

/// Where a content is read from.
#[derive(Clone, Copy)]
enum ContentSource<'c> {
    /// The collected file of this index.
    Original(usize),
    Text(&'c str),
}

/// A content that is to be compressed into one coding, for the files at these paths.
struct CompressionTask<'c> {
    attempt: CompressionAttempt,
    coding: ContentCoding,
    source: ContentSource<'c>,
    /// The compressed files.
    paths: Vec<StaticPath>,
    is_new: bool,
}

impl DerivedFiles {
    /// Compresses the collected files and those that were made of them. Returns the paths of the files it wrote.
    pub(super) fn compress(
        &mut self,
        contents: Contents<'_>,
        compression: CompressionInput<'_>,
        progress: &dyn CollectProgress,
    ) -> Result<Vec<StaticPath>, StaticFilesError> {
        let collected: HashSet<&StaticPath> = contents.paths().collect();
        let CompressionInput {
            hashes, processed, ..
        } = compression;
        let distinct = distinct_contents(contents.files, hashes, processed);
        let tasks: Vec<_> = distinct
            .iter()
            .flat_map(|content| {
                compression
                    .codings
                    .iter()
                    .map(|coding| content.task(*coding, &collected))
            })
            .filter(|task| !task.paths.is_empty() && !self.failed.contains(&task.attempt))
            .collect();
        let is_whole = |task: &&CompressionTask<'_>| {
            let mut paths = task.paths.iter();
            !task.is_new && paths.all(|path| self.is_intact(path, task.attempt.hash))
        };
        let (whole, missing): (Vec<_>, Vec<_>) = tasks.iter().partition(is_whole);
        let paths = missing.iter().flat_map(|task| &task.paths);
        contents.staging.make_directories(paths)?;
        if !missing.is_empty() {
            progress.begin_compression(missing.len());
        }
        let shorter = parallel::map(&missing, |task| {
            let staged = task.stage(contents);
            progress.step();
            staged
        })?;
        for path in whole.into_iter().flat_map(|task| &task.paths) {
            self.keep(path);
        }
        let mut written = Vec::new();
        for (task, is_shorter) in missing.into_iter().zip(shorter) {
            if !is_shorter {
                self.failed.insert(task.attempt.clone());
                continue;
            }
            for path in &task.paths {
                self.add(path, task.attempt.hash, MadeFile::Written(None));
                written.push(path.clone());
            }
        }
        let known: HashSet<ContentHash> = distinct.iter().map(|content| content.hash).collect();
        self.failed.retain(|attempt| known.contains(&attempt.hash));
        written.sort_unstable();
        Ok(written)
    }

    /// Lets no compressed file stand beside one of `files` but those that `is_kept` says are made of it: another would be
    /// served in its place.
    pub(super) fn drop_compressed<'f>(
        &mut self,
        files: impl Iterator<Item = &'f CollectedFile>,
        is_kept: fn(&Self, &StaticPath) -> bool,
    ) {
        for file in files {
            for coding in [ContentCoding::Brotli, ContentCoding::Gzip] {
                let path = compressed_name(&file.path, coding);
                if let Some(path) = path.filter(|path| !is_kept(self, path)) {
                    self.outdate(&path);
                }
            }
        }
    }
}

impl<'c> SameContent<'c> {
    /// What is to be done for this content; names that `collected` files have are left to them.
    fn task(&self, coding: ContentCoding, collected: &HashSet<&StaticPath>) -> CompressionTask<'c> {
        let names = self.paths.iter();
        let names = names.filter_map(|path| compressed_name(path, coding));
        CompressionTask {
            attempt: CompressionAttempt {
                coding: coding.name().to_owned(),
                hash: self.hash,
            },
            coding,
            source: self.source,
            paths: names.filter(|name| !collected.contains(name)).collect(),
            is_new: self.is_new,
        }
    }
}

impl CompressionTask<'_> {
    /// Writes the compressed files; `false`, and none, where they would not be shorter.
    fn stage(&self, contents: Contents<'_>) -> Result<bool, StaticFilesError> {
        let compressed = match self.source {
            ContentSource::Original(index) => {
                compressed(&contents.asset(index).read()?, self.coding)
            }
            ContentSource::Text(text) => compressed(text.as_bytes(), self.coding),
        };
        let (Some(bytes), Some((first, others))) = (compressed, self.paths.split_first()) else {
            return Ok(false);
        };
        let staging = contents.staging;
        let first = staging.place(first);
        written_file::write(&bytes, &first)?;
        for other in others {
            let other = staging.place(other);
            if fs::hard_link(&first, &other).is_err() {
                written_file::write(&bytes, &other)?;
            }
        }
        Ok(true)
    }
}

/// All files that may be compressed, those of one content together.
fn distinct_contents<'c>(
    files: &[CollectedFile],
    hashes: &[ContentHash],
    processed: &'c [ProcessedFile],
) -> Vec<SameContent<'c>> {
    let mut distinct: BTreeMap<ContentHash, SameContent<'c>> = BTreeMap::new();
    let mut add = |path: &StaticPath, hash, source: ContentSource<'c>, is_new| {
        let content = distinct.entry(hash).or_insert_with(|| SameContent {
            hash,
            source,
            paths: Vec::new(),
            is_new: false,
        });
        content.paths.push(path.clone());
        content.is_new |= is_new;
    };
    let is_worth_it = |path: &StaticPath| {
        let ending = path
            .as_str()
            .rsplit_once('.')
            .map_or("", |(_, ending)| ending);
        !COMPRESSED.contains(&ending.to_ascii_lowercase().as_str())
    };
    let collected = files.iter().zip(hashes).enumerate();
    for (index, (file, hash)) in collected.filter(|(_, (file, _))| is_worth_it(&file.path)) {
        let source = ContentSource::Original(index);
        add(&file.path, *hash, source, file.is_copied());
    }
    let renamed = processed.iter().filter(|file| file.name != file.path);
    for file in renamed.filter(|file| is_worth_it(&file.path)) {
        let source = match &file.content {
            Some(text) => ContentSource::Text(text),
            None => ContentSource::Original(file.index),
        };
        add(&file.name, file.hash, source, false);
    }
    distinct.into_values().collect()
}

/// `bytes` compressed, if that makes them enough shorter.
fn compressed(bytes: &[u8], coding: ContentCoding) -> Option<Vec<u8>> {
    let shorter = match coding {
        ContentCoding::Gzip => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).ok()?;
            encoder.finish().ok()?
        }
        ContentCoding::Brotli => {
            let parameters = BrotliEncoderParams {
                quality: BROTLI_QUALITY,
                lgwin: BROTLI_WINDOW,
                size_hint: bytes.len(),
                ..BrotliEncoderParams::default()
            };
            let mut shorter = Vec::new();
            brotli::BrotliCompress(&mut &bytes[..], &mut shorter, &parameters).ok()?;
            shorter
        }
    };
    (shorter.len() * 100 <= bytes.len() * MAX_PERCENT).then_some(shorter)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::compressed;
    use crate::http::ContentCoding;

    #[test]
    fn what_is_compressed_is_shorter_and_reads_back() {
        let text = "a { color: red } ".repeat(100);
        let gzip = compressed(text.as_bytes(), ContentCoding::Gzip).unwrap();
        let mut read = String::new();
        flate2::read::GzDecoder::new(&gzip[..])
            .read_to_string(&mut read)
            .unwrap();
        assert_eq!(read, text);
        let brotli = compressed(text.as_bytes(), ContentCoding::Brotli).unwrap();
        let mut read = Vec::new();
        brotli::BrotliDecompress(&mut &brotli[..], &mut read).unwrap();
        assert_eq!(read, text.as_bytes());
        assert!(brotli.len() < text.len() && gzip.len() < text.len());
        for coding in [ContentCoding::Gzip, ContentCoding::Brotli] {
            assert_eq!(compressed(b"", coding), None);
            assert_eq!(compressed(b"a{}", coding), None);
        }
    }
}
