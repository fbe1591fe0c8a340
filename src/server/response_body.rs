//! The body of a response as hyper reads it: in memory, or chunk by chunk.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Buf as _, Bytes, Frame, SizeHint};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::http::{Body, BodyStream, FileRange};
use crate::server::outgoing_file::Outgoing;
use crate::server::request_in_flight::RequestInFlight;

/// How many bytes of a file are in memory at once.
const CHUNK_SIZE: u64 = 256 * 1024;

/// The body of a response.
#[derive(Debug)]
pub(super) struct ResponseBody {
    source: BodySource,
    /// How many bytes are left to send; `None` if that is not known.
    remaining: Option<u64>,
    /// The request it answers; dropped with the body, when that is sent or given up.
    in_flight: Option<RequestInFlight>,
}

#[derive(Debug)]
enum BodySource {
    Memory(Option<Bytes>),
    /// What the system sends by itself.
    File(Option<FileRange>),
    Chunks(ChunkReader),
}

impl ResponseBody {
    /// Makes this the body of the response to `request`, which ends with it.
    pub(super) fn reporting_to(mut self, request: RequestInFlight) -> Self {
        self.in_flight = Some(request);
        self
    }
}

impl From<Body> for ResponseBody {
    fn from(body: Body) -> Self {
        let remaining = body.size();
        let source = match body {
            Body::Bytes(Cow::Borrowed(bytes)) => in_memory(Bytes::from_static(bytes)),
            Body::Bytes(Cow::Owned(bytes)) => in_memory(Bytes::from(bytes)),
            Body::Shared(bytes) => in_memory(Bytes::from_owner(bytes)),
            Body::File(part) if part.is_cached => BodySource::File(Some(part)),
            Body::File(part) => BodySource::Chunks(ChunkReader::new(read_file(part))),
            Body::Stream(BodyStream { chunks, .. }) => BodySource::Chunks(ChunkReader::new(chunks)),
        };
        Self {
            source,
            remaining,
            in_flight: None,
        }
    }
}

fn in_memory(bytes: Bytes) -> BodySource {
    BodySource::Memory(Some(bytes).filter(|bytes| !bytes.is_empty()))
}

/// Has the connection of `request` send `part` when hyper writes what stands for it.
fn queued(part: FileRange, request: Option<&RequestInFlight>) -> io::Result<Outgoing> {
    let queued = request.and_then(|request| request.connection().files().push(part));
    queued.ok_or_else(|| io::ErrorKind::Unsupported.into())
}

/// Reads part of a file in chunks.
fn read_file(part: FileRange) -> Chunks {
    let FileRange {
        file, mut range, ..
    } = part;
    Box::new(std::iter::from_fn(move || {
        let end = range.end.min(range.start.saturating_add(CHUNK_SIZE));
        let chunk = range.start..end;
        range.start = end;
        (!chunk.is_empty()).then(|| read_range(&file, chunk))
    }))
}

fn read_range(file: &File, range: Range<u64>) -> io::Result<Vec<u8>> {
    let size = usize::try_from(range.end - range.start).map_err(io::Error::other)?;
    let mut bytes = vec![0; size];
    file.read_exact_at(&mut bytes, range.start)?;
    Ok(bytes)
}

type Chunks = Box<dyn Iterator<Item = io::Result<Vec<u8>>> + Send>;

/// Makes chunks one at a time, each on a thread that may be blocked, and only when hyper asks for it:
/// a client that reads slowly slows their making down.
struct ChunkReader(ReaderState);

enum ReaderState {
    /// The next chunk was not asked for yet.
    Waiting(Chunks),
    /// The next chunk is being made.
    Making(JoinHandle<(Option<io::Result<Vec<u8>>>, Chunks)>),
    /// A chunk could not be made, which is told at the next poll.
    Failed(io::Error),
    /// There are no more chunks.
    Finished,
}

impl ChunkReader {
    fn new(chunks: Chunks) -> Self {
        Self(ReaderState::Waiting(chunks))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match std::mem::replace(&mut self.0, ReaderState::Finished) {
                ReaderState::Waiting(mut chunks) => {
                    let task = spawn_blocking(move || (chunks.next(), chunks));
                    self.0 = ReaderState::Making(task);
                }
                ReaderState::Making(mut task) => {
                    let Poll::Ready(outcome) = Pin::new(&mut task).poll(context) else {
                        self.0 = ReaderState::Making(task);
                        return Poll::Pending;
                    };
                    let error = match outcome {
                        Ok((Some(Ok(chunk)), chunks)) => {
                            self.0 = ReaderState::Waiting(chunks);
                            return Poll::Ready(Some(Ok(Bytes::from(chunk))));
                        }
                        Ok((Some(Err(error)), _)) => error,
                        Ok((None, _)) => return Poll::Ready(None),
                        Err(panicked_or_stopped) => panicked_or_stopped.into(),
                    };
                    // Hyper drops what it has buffered when a body fails, and flushes it when a body has to wait.
                    self.0 = ReaderState::Failed(error);
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                ReaderState::Failed(error) => return Poll::Ready(Some(Err(error))),
                ReaderState::Finished => return Poll::Ready(None),
            }
        }
    }
}

impl std::fmt::Debug for ChunkReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChunkReader(..)")
    }
}

impl hyper::body::Body for ResponseBody {
    type Data = Outgoing;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Outgoing>>>> {
        let this = self.get_mut();
        let chunk = match &mut this.source {
            BodySource::Memory(bytes) => {
                Poll::Ready(bytes.take().map(|bytes| Ok(Outgoing::Bytes(bytes))))
            }
            BodySource::File(part) => {
                let sent = part
                    .take()
                    .map(|part| queued(part, this.in_flight.as_ref()));
                Poll::Ready(sent)
            }
            BodySource::Chunks(reader) => {
                let chunk = reader.poll(context);
                chunk.map(|chunk| chunk.map(|bytes| bytes.map(Outgoing::Bytes)))
            }
        };
        if let Poll::Ready(Some(Ok(bytes))) = &chunk {
            let size = u64::try_from(bytes.remaining()).unwrap_or(u64::MAX);
            if let Some(remaining) = &mut this.remaining {
                *remaining = remaining.saturating_sub(size);
            }
            if let Some(request) = &mut this.in_flight {
                request.body_sent(size);
            }
        }
        chunk.map(|chunk| chunk.map(|bytes| bytes.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.remaining == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.remaining
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
