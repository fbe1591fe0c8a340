//! Static files as answers to requests.
//!
//! 1. The path is decoded once and stripped of `[static] url`; one that could lead elsewhere is refused.
//! 2. The file is looked for: with `debug` by the finders, else in `[static] root`. Links are followed as
//!    long as they stay within the root; directories are never listed.
//! 3. Conditions: the client may have the file already.
//! 4. The whole file or the ranges asked for; a small whole file is read at once, a large one as it is sent.

use std::borrow::Cow;
use std::fs::{File, Metadata};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use mime_guess::{MimeGuess, mime};

use crate::http::{Headers, Method, date, percent};
use crate::staticfiles::conditional::{Outcome, Validators};
use crate::staticfiles::finders::resolve;
use crate::staticfiles::range::Wanted;
use crate::staticfiles::{Answer, Asset, Body, Finders, Segment, StaticPath};

/// A file up to this size is read at once; a larger one as it is sent.
const SMALL: u64 = 128 * 1024;

/// Where served files are looked for.
#[derive(Clone, Debug)]
pub enum Place {
    /// Wherever they come from: for development, without `collectstatic`.
    Finders(Finders),
    /// In the directory they were collected in.
    Root(PathBuf),
}

/// The static files of a site, as it serves them.
#[derive(Clone, Debug)]
pub struct StaticFiles {
    url: String,
    place: Place,
    nosniff: bool,
}

impl StaticFiles {
    /// Serves below the path `url`; `nosniff` tells browsers to believe the types.
    pub fn new(url: &str, place: Place, nosniff: bool) -> Self {
        let url = url.to_owned();
        Self {
            url,
            place,
            nosniff,
        }
    }

    /// The static file that the path of a request, still encoded, asks for.
    pub fn path_of(&self, encoded: &str) -> Option<StaticPath> {
        if !self.url.starts_with('/') {
            // The files are on another host.
            return None;
        }
        let decoded = if encoded.contains('%') {
            Cow::Owned(percent::decode(encoded)?)
        } else {
            Cow::Borrowed(encoded)
        };
        StaticPath::new(decoded.strip_prefix(self.url.as_str())?)
    }

    /// The answer with the file `path`; `None` where there is none. May wait for the disk.
    pub fn answer(&self, path: &StaticPath, method: &Method, headers: &Headers) -> Option<Answer> {
        let content = self.open(path)?;
        let mut sent = self.headers(path, &content.validators);
        if !matches!(method, Method::Get | Method::Head) {
            let mut sent = Headers::default();
            sent.append("Allow", "GET, HEAD");
            return Some(Answer::empty(405, sent));
        }
        match content.validators.evaluate(method, headers) {
            Outcome::NotModified => {
                sent.remove("Content-Type");
                return Some(Answer::empty(304, sent));
            }
            Outcome::PreconditionFailed => return Some(Answer::empty(412, Headers::default())),
            Outcome::Proceed => {}
        }
        let range = headers.get("Range").filter(|_| *method == Method::Get);
        let range = range.filter(|_| content.validators.in_range(headers));
        match range.map_or(Wanted::Whole, |range| Wanted::read(range, content.size)) {
            Wanted::Whole => content.whole(sent),
            Wanted::Parts(parts) => content.parts(parts, sent),
            Wanted::Nothing => {
                let mut sent = Headers::default();
                sent.append("Content-Range", format!("bytes */{}", content.size));
                Some(Answer::empty(416, sent))
            }
        }
    }

    fn headers(&self, path: &StaticPath, validators: &Validators) -> Headers {
        let mut headers = Headers::default();
        headers.append("Content-Type", content_type(path));
        headers.append("ETag", validators.etag.as_str());
        if let Some(modified) = validators.modified {
            headers.append("Last-Modified", date::format(modified));
        }
        headers.append("Accept-Ranges", "bytes");
        headers.append("Cache-Control", self.caching());
        if self.nosniff {
            headers.append("X-Content-Type-Options", "nosniff");
        }
        headers
    }

    /// In development a change must show at once; else a minute passes, as with `WhiteNoise`.
    fn caching(&self) -> &'static str {
        match self.place {
            Place::Finders(_) => "no-cache",
            Place::Root(_) => "max-age=60, public",
        }
    }

    fn open(&self, path: &StaticPath) -> Option<Content> {
        match &self.place {
            Place::Finders(finders) => match finders.find(path)? {
                Asset::Disk(file) => Content::open(&file),
                Asset::Embedded(_, bytes) => Some(Content::embedded(bytes)),
            },
            Place::Root(root) => Content::open(&resolve(root, path)?),
        }
    }
}

/// The type by the name's ending; text is UTF-8, as all files of a project are.
fn content_type(path: &StaticPath) -> String {
    let guess = MimeGuess::from_path(path.as_str()).first_or_octet_stream();
    if guess.subtype() == mime::JAVASCRIPT {
        // RFC 9239 made all other names of it obsolete.
        "text/javascript; charset=utf-8".to_owned()
    } else if guess.type_() == mime::TEXT && guess.get_param(mime::CHARSET).is_none() {
        format!("{guess}; charset=utf-8")
    } else {
        guess.to_string()
    }
}

/// A file that was found.
struct Content {
    bytes: Bytes,
    size: u64,
    validators: Validators,
}

enum Bytes {
    Disk(File),
    Embedded(&'static [u8]),
}

impl Content {
    /// Opens a regular file; anything else, a pipe for one, could keep us waiting.
    fn open(path: &Path) -> Option<Self> {
        if !path.is_file() {
            return None;
        }
        let file = File::open(path).ok()?;
        let metadata = file.metadata().ok()?;
        Some(Self {
            bytes: Bytes::Disk(file),
            size: metadata.len(),
            validators: validators(&metadata),
        })
    }

    fn embedded(bytes: &'static [u8]) -> Self {
        // The hasher's keys are fixed: the tag stays the same from run to run.
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self {
            bytes: Bytes::Embedded(bytes),
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            validators: Validators::new(format!("\"{:x}\"", hasher.finish()), None),
        }
    }

    fn whole(self, headers: Headers) -> Option<Answer> {
        let whole = 0..self.size;
        let body = match self.bytes {
            Bytes::Embedded(bytes) => Body::Bytes(Cow::Borrowed(bytes)),
            Bytes::Disk(file) if self.size <= SMALL => {
                Body::Bytes(Cow::Owned(read(&file, self.size).ok()?))
            }
            Bytes::Disk(file) => Body::File(file, vec![Segment::Range(whole)]),
        };
        Some(Answer {
            status: 200,
            headers,
            body,
        })
    }

    fn parts(self, parts: Vec<Range<u64>>, mut headers: Headers) -> Option<Answer> {
        let content_range = |part: &Range<u64>| {
            let last = part.end - 1;
            format!("bytes {}-{last}/{}", part.start, self.size)
        };
        let segments = if let [part] = parts.as_slice() {
            headers.append("Content-Range", content_range(part));
            vec![Segment::Range(part.clone())]
        } else {
            let kind = headers.get("Content-Type").unwrap_or_default().to_owned();
            let boundary = boundary(&self.validators.etag);
            let whole_type = format!("multipart/byteranges; boundary={boundary}");
            headers.set("Content-Type", whole_type);
            let mut segments = Vec::new();
            for part in parts {
                let range = content_range(&part);
                let head = format!(
                    "\r\n--{boundary}\r\nContent-Type: {kind}\r\nContent-Range: {range}\r\n\r\n"
                );
                segments.push(Segment::Bytes(head.into_bytes()));
                segments.push(Segment::Range(part));
            }
            segments.push(Segment::Bytes(
                format!("\r\n--{boundary}--\r\n").into_bytes(),
            ));
            segments
        };
        let body = match self.bytes {
            Bytes::Disk(file) => Body::File(file, segments),
            Bytes::Embedded(bytes) => Body::Bytes(Cow::Owned(joined(bytes, &segments)?)),
        };
        Some(Answer {
            status: 206,
            headers,
            body,
        })
    }
}

fn joined(bytes: &[u8], segments: &[Segment]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    for segment in segments {
        match segment {
            Segment::Bytes(literal) => joined.extend_from_slice(literal),
            Segment::Range(range) => {
                let (start, end) = (range.start.try_into().ok()?, range.end.try_into().ok()?);
                joined.extend_from_slice(bytes.get(start..end)?);
            }
        }
    }
    Some(joined)
}

/// A line that no text file holds by chance: it depends on the version of the file.
fn boundary(etag: &str) -> String {
    let mut hasher = DefaultHasher::new();
    ("multipart", etag).hash(&mut hasher);
    let first = hasher.finish();
    first.hash(&mut hasher);
    format!("{first:016x}{:016x}", hasher.finish())
}

fn read(file: &File, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(size.try_into().unwrap_or(0));
    file.take(size).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The tag changes with the size and the time to the nanosecond; it is the same on every host.
fn validators(metadata: &Metadata) -> Validators {
    let modified = metadata.modified().ok();
    let nanoseconds = modified
        .and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_nanos());
    let tag = format!("\"{nanoseconds:x}-{:x}\"", metadata.len());
    Validators::new(tag, modified)
}
