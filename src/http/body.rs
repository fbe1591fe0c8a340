//! The body of a response: in memory, in a file, or made while it is sent.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use crate::http::SharedBytes;

/// The body of a response.
#[derive(Debug)]
pub enum Body {
    /// In memory.
    Bytes(Cow<'static, [u8]>),
    /// In memory, and for other responses too.
    Shared(SharedBytes),
    /// Part of an open file, sent as the client takes it.
    File(FileRange),
    /// Chunks that are made while the body is sent.
    Stream(BodyStream),
}

/// Part of an open file.
#[derive(Clone, Debug)]
pub struct FileRange {
    /// The file.
    pub file: Arc<File>,
    /// Which of its bytes.
    pub range: Range<u64>,
    /// Whether it was read a short while ago, so that the system has it in memory: nobody waits for the disk.
    pub is_cached: bool,
}

/// Chunks, the next of which is asked for when the client has taken those before.
///
/// Making a chunk may wait for a disk or a database: the server asks for it on a thread that may be blocked.
/// An error ends the response in the middle, and the client sees that it is incomplete.
pub struct BodyStream {
    /// The chunks, in order.
    pub chunks: Box<dyn Iterator<Item = io::Result<Vec<u8>>> + Send>,
    /// The size of all chunks together in bytes, if it is known beforehand.
    pub size: Option<u64>,
}

impl BodyStream {
    /// A body of these chunks, of unknown size.
    pub fn new(chunks: impl Iterator<Item = io::Result<Vec<u8>>> + Send + 'static) -> Self {
        Self {
            chunks: Box::new(chunks),
            size: None,
        }
    }

    /// The same with its size in bytes.
    #[must_use]
    pub fn with_size(mut self, size: u64) -> Self {
        self.size = Some(size);
        self
    }
}

impl Body {
    /// The size in bytes, if it is known.
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Shared(bytes) => u64::try_from(bytes.len()).ok(),
            Self::File(part) => Some(part.range.end.saturating_sub(part.range.start)),
            Self::Stream(stream) => stream.size,
        }
    }

    /// All bytes, read or made to the end; fails where a file cannot be read or a chunk cannot be made.
    pub fn into_bytes(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.into_owned()),
            Self::Shared(bytes) => Ok(bytes.to_vec()),
            Self::File(part) => {
                let size = part.range.end.saturating_sub(part.range.start);
                let mut bytes = vec![0; usize::try_from(size).map_err(io::Error::other)?];
                part.file.read_exact_at(&mut bytes, part.range.start)?;
                Ok(bytes)
            }
            Self::Stream(stream) => {
                let mut bytes = Vec::new();
                for chunk in stream.chunks {
                    bytes.extend(chunk?);
                }
                Ok(bytes)
            }
        }
    }

    /// The bytes, if they are in memory.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Shared(bytes) => Some(bytes),
            Self::File(_) | Self::Stream(_) => None,
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::Bytes(Cow::Borrowed(b""))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::Bytes(Cow::Owned(text.into_bytes()))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(Cow::Owned(bytes))
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Self::Bytes(Cow::Borrowed(bytes))
    }
}

impl From<SharedBytes> for Body {
    fn from(bytes: SharedBytes) -> Self {
        Self::Shared(bytes)
    }
}

impl From<FileRange> for Body {
    fn from(part: FileRange) -> Self {
        Self::File(part)
    }
}

impl From<BodyStream> for Body {
    fn from(stream: BodyStream) -> Self {
        Self::Stream(stream)
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}
