//! An answer that may be a part of a large file.

use std::borrow::Cow;
use std::fs::File;
use std::ops::Range;

use crate::http::Headers;

/// An answer whose body need not be in memory.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers; the server adds `Content-Length` and `Date`.
    pub headers: Headers,
    /// The body.
    pub body: Body,
}

/// The body of an answer.
#[derive(Debug)]
pub enum Body {
    /// In memory.
    Bytes(Cow<'static, [u8]>),
    /// Segments of an open file, in order.
    File(File, Vec<Segment>),
}

/// A stretch of a body.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Segment {
    /// In memory: what separates the parts of a multipart body.
    Bytes(Vec<u8>),
    /// These bytes of the file.
    Range(Range<u64>),
}

impl Segment {
    /// How many bytes it has.
    pub fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Self::Range(range) => range.end - range.start,
        }
    }
}

impl Answer {
    /// An answer without a body.
    pub(super) fn empty(status: u16, headers: Headers) -> Self {
        Self {
            status,
            headers,
            body: Body::Bytes(Cow::Borrowed(b"")),
        }
    }
}
