//! A static file that was found, and the responses with all or part of it.

use std::fs::{File, Metadata};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::SystemTime;

use crate::http::{Body, FileRange, Headers, Response};
use crate::staticfiles::multipart_ranges::{MultipartRanges, boundary, content_range};
use crate::staticfiles::preconditions::Validators;

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
    Embedded(&'static [u8]),
}

impl ServedFile {
    /// Opens a regular file; opening anything else, such as a pipe, could wait for ever.
    pub(super) fn open(path: &Path) -> Option<Self> {
        if !path.is_file() {
            return None;
        }
        let file = File::open(path).ok()?;
        let metadata = file.metadata().ok()?;
        Some(Self {
            content: Content::Disk(file),
            size: metadata.len(),
            validators: validators(&metadata),
        })
    }

    /// A file in the binary.
    pub(super) fn embedded(bytes: &'static [u8]) -> Self {
        // The keys of this hasher are fixed, so that the tag stays the same from run to run.
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self {
            content: Content::Embedded(bytes),
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            validators: Validators::new(format!("\"{:x}\"", hasher.finish()), None),
        }
    }

    /// The response with the whole file.
    pub(super) fn whole(self, headers: Headers) -> io::Result<Response> {
        let body = match self.content {
            Content::Embedded(bytes) => Body::from(bytes),
            Content::Disk(file) if self.size <= MAX_READ_AT_ONCE => {
                Body::from(read(&file, self.size)?)
            }
            Content::Disk(file) => Body::from(FileRange {
                file,
                range: 0..self.size,
            }),
        };
        Ok(response(200, headers, body))
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
                Content::Embedded(bytes) => Body::from(slice(bytes, range)?),
            };
            return Ok(response(206, headers, body));
        }
        let ranges = MultipartRanges {
            content_type: headers.get("Content-Type").unwrap_or_default().to_owned(),
            file_size: self.size,
            boundary: boundary(&self.validators.etag),
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

fn slice(bytes: &'static [u8], range: Range<u64>) -> io::Result<&'static [u8]> {
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

/// The tag changes with the size and with the time to the nanosecond; it is the same on every host.
fn validators(metadata: &Metadata) -> Validators {
    let modified = metadata.modified().ok();
    let nanoseconds = modified
        .and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_nanos());
    let tag = format!("\"{nanoseconds:x}-{:x}\"", metadata.len());
    Validators::new(tag, modified)
}
