//! A static file that was found, and the responses with all or part of it.

use std::borrow::Cow;
use std::fs::{File, Metadata};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _};
use std::ops::Range;
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::http::{Body, FileRange, Headers, Response, Validators};
use crate::staticfiles::file_key::FileKey;
use crate::staticfiles::multipart_ranges::{MultipartRanges, boundary, content_range};

/// A file up to this size is read at once; a larger one while it is sent.
const MAX_READ_AT_ONCE: u64 = 128 * 1024;

/// A static file that was found.
#[derive(Debug)]
pub(super) struct ServedFile {
    content: Content,
    /// Its size in bytes.
    pub(super) size: u64,
    /// What identifies this version of it.
    pub(super) validators: Validators,
}

#[derive(Debug)]
enum Content {
    Disk(File),
    Memory(Arc<FileContent>),
    Embedded(&'static [u8]),
}

/// The whole content of a file, as it was at some moment.
#[derive(Debug)]
pub(super) struct FileContent {
    bytes: Vec<u8>,
    validators: Validators,
    /// The file it was read from; `None` where that may have changed unseen since.
    pub(super) key: Option<FileKey>,
}

impl FileContent {
    /// Its size in bytes.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }
}

impl ServedFile {
    /// Opens a regular file; opening anything else, such as a pipe, could wait for ever.
    pub(super) fn open(path: &Path) -> Option<Self> {
        if !path.is_file() {
            return None;
        }
        let now = SystemTime::now();
        let file = File::open(path).ok()?;
        let metadata = file.metadata().ok()?;
        if metadata.len() <= MAX_READ_AT_ONCE {
            let bytes = read(&file, metadata.len()).ok()?;
            return Some(Self::in_memory(Arc::new(FileContent {
                validators: Validators::new(Some(tag_of_content(&bytes)), Some(changed(&metadata))),
                bytes,
                key: Some(FileKey::of(&metadata)).filter(|key| key.was_settled_at(now)),
            })));
        }
        Some(Self {
            content: Content::Disk(file),
            size: metadata.len(),
            validators: Validators::new(Some(tag_of_change(&metadata)), Some(changed(&metadata))),
        })
    }

    /// A file in the binary.
    pub(super) fn embedded(bytes: &'static [u8]) -> Self {
        Self {
            size: size_of(bytes),
            validators: Validators::new(Some(tag_of_content(bytes)), None),
            content: Content::Embedded(bytes),
        }
    }

    /// A file whose whole content is known.
    pub(super) fn in_memory(content: Arc<FileContent>) -> Self {
        Self {
            size: size_of(&content.bytes),
            validators: content.validators.clone(),
            content: Content::Memory(content),
        }
    }

    /// The whole content, where it is small enough to be in memory.
    pub(super) fn content(&self) -> Option<&Arc<FileContent>> {
        match &self.content {
            Content::Memory(content) => Some(content),
            Content::Disk(_) | Content::Embedded(_) => None,
        }
    }

    /// The response with the whole file.
    pub(super) fn whole(self, headers: Headers) -> Response {
        let body = match self.content {
            Content::Embedded(bytes) => Body::Bytes(Cow::Borrowed(bytes)),
            Content::Memory(content) => {
                // What nobody else remembers need not be copied.
                let bytes = Arc::try_unwrap(content);
                let bytes = bytes.map_or_else(|kept| kept.bytes.clone(), |content| content.bytes);
                Body::Bytes(Cow::Owned(bytes))
            }
            Content::Disk(file) => Body::from(FileRange {
                file,
                range: 0..self.size,
            }),
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
                Content::Disk(file) => Body::from(FileRange { file, range }),
                Content::Memory(content) => Body::from(slice(&content.bytes, range)?.to_owned()),
                Content::Embedded(bytes) => Body::from(slice(bytes, range)?.to_owned()),
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
            Self::Memory(content) => slice(&content.bytes, range).map(ToOwned::to_owned),
            Self::Embedded(bytes) => slice(bytes, range).map(ToOwned::to_owned),
            Self::Disk(file) => {
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

fn slice(bytes: &[u8], range: Range<u64>) -> io::Result<&[u8]> {
    let start = usize::try_from(range.start).map_err(io::Error::other)?;
    let end = usize::try_from(range.end).map_err(io::Error::other)?;
    let missing = || io::Error::from(io::ErrorKind::UnexpectedEof);
    bytes.get(start..end).ok_or_else(missing)
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
        let tag = |path| ServedFile::open(path).unwrap().validators.etag;
        assert_eq!(tag(&one), tag(&other));
        assert_eq!(
            tag(&one),
            ServedFile::embedded(b"aaaaaaaaaa").validators.etag
        );
    }
}
