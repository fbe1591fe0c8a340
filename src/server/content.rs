//! The body of an answer: in memory, or read from a file as it is sent.

use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::server::deadlines::Deadlines;
use crate::staticfiles::{self, Segment};

/// How much of a file is in memory at once.
const CHUNK: u64 = 256 * 1024;

/// The body of an answer.
#[derive(Debug)]
pub(super) struct Content {
    source: Source,
    /// Told when the body is sent or given up.
    deadlines: Option<Arc<Deadlines>>,
}

#[derive(Debug)]
enum Source {
    Memory(Option<Bytes>),
    File(Reading),
}

/// Segments of a file, one piece of which is being read.
#[derive(Debug)]
struct Reading {
    file: Arc<File>,
    segments: VecDeque<Segment>,
    left: u64,
    piece: Option<JoinHandle<io::Result<Bytes>>>,
}

impl Content {
    /// Lets `deadlines` know when this body is sent.
    pub(super) fn reporting_to(mut self, deadlines: Arc<Deadlines>) -> Self {
        self.deadlines = Some(deadlines);
        self
    }

    /// How many bytes are left to send.
    pub(super) fn size(&self) -> u64 {
        match &self.source {
            Source::Memory(bytes) => {
                let size = bytes.as_ref().map_or(0, Bytes::len);
                u64::try_from(size).unwrap_or(u64::MAX)
            }
            Source::File(reading) => reading.left,
        }
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        let bytes = Some(bytes).filter(|bytes| !bytes.is_empty());
        Self {
            source: Source::Memory(bytes),
            deadlines: None,
        }
    }
}

impl From<staticfiles::Body> for Content {
    fn from(body: staticfiles::Body) -> Self {
        match body {
            staticfiles::Body::Bytes(bytes) => Self::from(match bytes {
                std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
            }),
            staticfiles::Body::File(file, segments) => Self {
                source: Source::File(Reading {
                    file: Arc::new(file),
                    left: segments.iter().map(Segment::size).sum(),
                    segments: segments.into(),
                    piece: None,
                }),
                deadlines: None,
            },
        }
    }
}

impl Reading {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            if let Some(piece) = &mut self.piece {
                let Poll::Ready(read) = Pin::new(piece).poll(context) else {
                    return Poll::Pending;
                };
                self.piece = None;
                return Poll::Ready(Some(read.unwrap_or_else(|stopped| Err(stopped.into()))));
            }
            match self.segments.pop_front() {
                None => return Poll::Ready(None),
                Some(Segment::Bytes(bytes)) => return Poll::Ready(Some(Ok(Bytes::from(bytes)))),
                Some(Segment::Range(range)) => self.begin(range),
            }
        }
    }

    /// Begins to read the first piece of `range`; the rest waits.
    fn begin(&mut self, range: Range<u64>) {
        let end = range.end.min(range.start + CHUNK);
        if end < range.end {
            self.segments.push_front(Segment::Range(end..range.end));
        }
        let file = Arc::clone(&self.file);
        self.piece = Some(spawn_blocking(move || {
            let size = usize::try_from(end - range.start).map_err(io::Error::other)?;
            let mut bytes = vec![0; size];
            file.read_exact_at(&mut bytes, range.start)?;
            Ok(Bytes::from(bytes))
        }));
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match &mut self.get_mut().source {
            Source::Memory(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Source::File(reading) => reading.poll(context).map(|piece| {
                let bytes = piece?;
                Some(bytes.map(|bytes| {
                    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                    reading.left = reading.left.saturating_sub(size);
                    Frame::data(bytes)
                }))
            }),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.size() == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.size())
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        if let Some(deadlines) = &self.deadlines {
            deadlines.answered();
        }
    }
}
