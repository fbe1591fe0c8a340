//! A static file that was found, and the responses with all or part of it.

use std::borrow::Cow;
use std::fs::{self, File, Metadata};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _};
use std::ops::Range;
use std::os::unix::fs::{FileExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::http::{Body, FileRange, Headers, Response, SharedBytes, Validators};
use crate::staticfiles::StaticPath;
use crate::staticfiles::finders::resolve;
use crate::staticfiles::manifest::{ContentHash, content_hash, hash_of_file};
use crate::staticfiles::multipart_ranges::{MultipartRanges, boundary, content_range};

/// A file up to this size is read at once; a larger one while it is sent.
const MAX_READ_AT_ONCE: u64 = 128 * 1024;

/// A file up to this size is kept open to be sent again; a larger one may not be in the memory of the system any more.
const MAX_KEPT_OPEN: u64 = 2 * 1024 * 1024;

/// What an open file counts as, in bytes, at least.
const COST_OF_OPEN_FILE: u64 = 512 * 1024;

/// Whether a file is opened for one response.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FileUse {
    /// For one.
    Once,
    /// For this one and for others.
    Again,
}

/// A static file that was found.
#[derive(Debug)]
pub(super) struct ServedFile {
    content: Content,
    /// Its size in bytes.
    pub(super) size: u64,
    /// What identifies this version of it.
    pub(super) validators: Arc<Validators>,
}

#[derive(Debug)]
enum Content {
    Disk(FileRange),
    Memory(SharedBytes),
    Embedded(&'static [u8]),
}

impl ServedFile {
    /// Opens a regular file; opening anything else, such as a pipe, could wait for ever.
    pub(super) fn open(path: &Path) -> Option<Self> {
        Self::of(open_regular(path)?, FileUse::Once)
    }

    /// Opens the file at `path` below `root`, wherever links lead within that.
    ///
    /// Somebody may have turned a directory into a link since the path was resolved. So where it leads is asked again when
    /// the file is open, and what is there must be the file.
    pub(super) fn open_within(root: &Path, path: &StaticPath, file_use: FileUse) -> Option<Self> {
        let resolved = resolve(root, path)?;
        let file = open_regular(&resolved)?;
        let found = fs::symlink_metadata(&resolved).ok()?;
        let opened = file.metadata().ok()?;
        let is_same = (found.dev(), found.ino()) == (opened.dev(), opened.ino());
        let still_leads_there = resolve(root, path)? == resolved;
        (is_same && still_leads_there).then(|| Self::of(file, file_use))?
    }

    /// What is in a regular file that was opened.
    fn of(file: File, file_use: FileUse) -> Option<Self> {
        let metadata = file.metadata().ok()?;
        let size = metadata.len();
        let is_kept = file_use == FileUse::Again && size <= MAX_KEPT_OPEN;
        let bytes = if size <= MAX_READ_AT_ONCE || is_kept {
            Some(read(&file, size).ok()?)
        } else {
            None
        };
        let tag = match &bytes {
            Some(bytes) => tag_of_content(bytes),
            None => tag_of_change(&metadata),
        };
        let content = match bytes {
            Some(bytes) if size <= MAX_READ_AT_ONCE => Content::Memory(bytes.into()),
            _ => Content::Disk(FileRange {
                file: Arc::new(file),
                range: 0..size,
                is_cached: is_kept,
            }),
        };
        let size = match &content {
            Content::Memory(bytes) => size_of(bytes),
            Content::Disk(_) | Content::Embedded(_) => size,
        };
        Some(Self {
            content,
            size,
            validators: Arc::new(Validators::new(Some(tag), Some(changed(&metadata)))),
        })
    }

    /// The same file again, if it is one to be kept.
    pub(super) fn again(&self) -> Option<Self> {
        let content = match &self.content {
            Content::Memory(bytes) => Content::Memory(bytes.clone()),
            Content::Disk(part) if part.is_cached => Content::Disk(part.clone()),
            Content::Disk(_) => return None,
            Content::Embedded(bytes) => Content::Embedded(bytes),
        };
        Some(Self {
            content,
            size: self.size,
            validators: Arc::clone(&self.validators),
        })
    }

    /// What it costs to keep it, in bytes; there are fewer open files than there is memory.
    pub(super) fn cost(&self) -> u64 {
        match &self.content {
            Content::Disk(_) => self.size.max(COST_OF_OPEN_FILE),
            Content::Memory(_) | Content::Embedded(_) => self.size,
        }
    }

    /// The hash of its content; `None` where it cannot be read.
    pub(super) fn hash(&self) -> Option<ContentHash> {
        match &self.content {
            Content::Memory(bytes) => Some(content_hash(bytes)),
            Content::Embedded(bytes) => Some(content_hash(bytes)),
            Content::Disk(part) => hash_of_file(&part.file).ok(),
        }
    }

    /// A file in the binary.
    pub(super) fn embedded(bytes: &'static [u8]) -> Self {
        Self {
            size: size_of(bytes),
            validators: Arc::new(Validators::new(Some(tag_of_content(bytes)), None)),
            content: Content::Embedded(bytes),
        }
    }

    /// The response with the whole file.
    pub(super) fn whole(self, headers: Headers) -> Response {
        let body = match self.content {
            Content::Embedded(bytes) => Body::Bytes(Cow::Borrowed(bytes)),
            Content::Memory(bytes) => Body::Shared(bytes),
            Content::Disk(whole) => Body::File(whole),
        };
        response(200, headers, body)
    }

    /// The response with these ranges of the file, at least one, none of them empty.
    pub(super) fn partial(
        self,
        mut ranges: Vec<Range<u64>>,
        mut headers: Headers,
    ) -> io::Result<Response> {
        if ranges.len() == 1 {
            let range = ranges.swap_remove(0);
            headers.append("Content-Range", content_range(&range, self.size));
            let body = match self.content {
                Content::Disk(whole) => Body::File(FileRange { range, ..whole }),
                Content::Memory(bytes) => Body::from(part(&range, |range| bytes.part(range))?),
                Content::Embedded(bytes) => Body::from(copied(bytes, &range)?),
            };
            return Ok(response(206, headers, body));
        }
        let ranges = MultipartRanges {
            content_type: headers.get("Content-Type").unwrap_or_default().to_owned(),
            file_size: self.size,
            boundary: boundary(self.validators.etag.as_deref().unwrap_or_default()),
            ranges,
        };
        let content_type = format!("multipart/byteranges; boundary={}", ranges.boundary);
        headers.set("Content-Type", content_type);
        let content = self.content;
        let body = ranges.into_body(move |range| content.read(range));
        Ok(response(206, headers, body.into()))
    }
}

impl Content {
    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        match self {
            Self::Memory(bytes) => copied(bytes, &range),
            Self::Embedded(bytes) => copied(bytes, &range),
            Self::Disk(FileRange { file, .. }) => {
                let size = usize::try_from(range.end - range.start).map_err(io::Error::other)?;
                let mut bytes = vec![0; size];
                file.read_exact_at(&mut bytes, range.start)?;
                Ok(bytes)
            }
        }
    }
}

fn response(status: u16, headers: Headers, body: Body) -> Response {
    let mut response = Response::empty(status, headers);
    response.body = body;
    response
}

/// Opens a regular file; opening a pipe does not wait for who writes into it.
fn open_regular(path: &Path) -> Option<File> {
    let mut options = File::options();
    let options = options.read(true).custom_flags(libc::O_NONBLOCK);
    if !path.is_file() {
        // Opening a device may do something.
        return None;
    }
    let file = options.open(path).ok()?;
    file.metadata().ok()?.is_file().then_some(file)
}

/// The bytes of `range` as `get` takes them from memory.
fn part<T>(range: &Range<u64>, get: impl FnOnce(Range<usize>) -> Option<T>) -> io::Result<T> {
    let start = usize::try_from(range.start).map_err(io::Error::other)?;
    let end = usize::try_from(range.end).map_err(io::Error::other)?;
    get(start..end).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

fn copied(bytes: &[u8], range: &Range<u64>) -> io::Result<Vec<u8>> {
    part(range, |range| bytes.get(range).map(ToOwned::to_owned))
}

fn read(file: &File, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(size.try_into().unwrap_or(0));
    file.take(size).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// When the content came to be what it is, at the latest.
///
/// The time of the last modification alone says nothing where a build sets it to the same moment for all files; that of
/// the last change of the file, which nobody can set, comes with every new content.
fn changed(metadata: &Metadata) -> SystemTime {
    let moment = |seconds: i64| {
        let seconds = u64::try_from(seconds).unwrap_or_default();
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    };
    moment(metadata.ctime()).max(moment(metadata.mtime()))
}

fn size_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// The tag of a file whose bytes are known: their hash, the same on every host.
fn tag_of_content(bytes: &[u8]) -> String {
    // The keys of this hasher are fixed, so that the tag stays the same from run to run.
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("\"{:x}\"", hasher.finish())
}

/// The tag of a file that is too large to be hashed at each request: it changes with every change of the file.
fn tag_of_change(metadata: &Metadata) -> String {
    let parts = [
        metadata.mtime().to_string(),
        metadata.ctime().to_string(),
        metadata.ctime_nsec().to_string(),
        metadata.ino().to_string(),
        metadata.len().to_string(),
    ];
    format!("\"{}\"", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::{MAX_READ_AT_ONCE, ServedFile};

    /// Writes a file as reproducible builds do: every one has the same time.
    fn write(path: &Path, byte: u8, size: u64) {
        let bytes = vec![byte; usize::try_from(size).unwrap()];
        fs::write(path, bytes).unwrap();
        let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
        File::options()
            .write(true)
            .open(path)
            .unwrap()
            .set_modified(moment)
            .unwrap();
    }

    #[test]
    fn another_content_of_the_same_size_and_time_is_another_version() {
        let folder = tempfile::tempdir().unwrap();
        for size in [10, MAX_READ_AT_ONCE + 1] {
            let (path, new) = (folder.path().join("a"), folder.path().join("b"));
            write(&path, b'a', size);
            let first = ServedFile::open(&path).unwrap().validators;
            let again = ServedFile::open(&path).unwrap().validators;
            assert_eq!(first.etag, again.etag);
            write(&new, b'b', size);
            fs::rename(&new, &path).unwrap();
            let second = ServedFile::open(&path).unwrap().validators;
            assert_ne!(first.etag, second.etag, "{size}");
            let modified = second.modified.unwrap();
            let ctime = u64::try_from(fs::metadata(&path).unwrap().ctime()).unwrap();
            assert_eq!(
                modified,
                SystemTime::UNIX_EPOCH + Duration::from_secs(ctime)
            );
        }
    }

    #[test]
    fn the_same_content_has_the_same_tag_on_every_host() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("a"), folder.path().join("b"));
        write(&one, b'a', 10);
        fs::write(&other, [b'a'; 10]).unwrap();
        let tag = |path| ServedFile::open(path).unwrap().validators.etag.clone();
        assert_eq!(tag(&one), tag(&other));
        assert_eq!(
            tag(&one),
            ServedFile::embedded(b"aaaaaaaaaa").validators.etag.clone()
        );
    }
}
