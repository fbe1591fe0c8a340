//! Reads the body of a request: bytes up to a size, or a form whose files go to disk as they come.
//!
//! A form is read by a thread that may wait for the disk, a batch at a time, while a worker thread never waits for a
//! client.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::HeaderMap;
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::CONTENT_TYPE;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout_at};

use crate::http::{FormEncoding, FormError, FormReader, RequestBody, UploadDirectory};
use crate::server::ServerLimits;

/// Bytes of a form that are read at once.
const BATCH_SIZE: usize = 256 * 1024;

/// Bytes that give a client one second more: somebody with a slow line may send a large file, and nobody can hold a
/// connection for long with next to nothing.
const BYTES_PER_SECOND: u64 = 16 * 1024;

/// A body that was read.
#[derive(Debug)]
pub(super) struct ReceivedBody {
    pub(super) body: RequestBody,
    /// Whether all of it was read; what is left of a form that cannot be read was not.
    pub(super) is_whole: bool,
}

/// Reads `body`; fails with the status of the error that ends the connection.
pub(super) async fn read_body(
    limits: &ServerLimits,
    uploads: &Arc<UploadDirectory>,
    headers: &HeaderMap,
    body: Incoming,
) -> Result<ReceivedBody, u16> {
    if body.is_end_stream() {
        return Ok(whole(RequestBody::Bytes(Vec::new())));
    }
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let encoding = FormEncoding::of(content_type.unwrap_or_default());
    if let Ok(Some(FormEncoding::Multipart { boundary })) = encoding {
        let reader = FormReader::new(&boundary, limits.form, Some(Arc::clone(uploads)));
        let body = LimitedBody::new(body, limits.upload_size, limits.body_timeout)?;
        return read_form(body, reader).await;
    }
    let limit = u64::try_from(limits.form.field_bytes).unwrap_or(u64::MAX);
    let mut body = LimitedBody::new(body, limit, limits.body_timeout)?;
    let mut bytes = Vec::new();
    while let Some(chunk) = body.next_chunk().await? {
        bytes.extend_from_slice(&chunk);
    }
    Ok(whole(RequestBody::Bytes(bytes)))
}

fn whole(body: RequestBody) -> ReceivedBody {
    ReceivedBody {
        body,
        is_whole: true,
    }
}

async fn read_form(mut body: LimitedBody, mut reader: FormReader) -> Result<ReceivedBody, u16> {
    let mut batch = Vec::new();
    while let Some(chunk) = body.next_chunk().await? {
        batch.extend_from_slice(&chunk);
        if batch.len() < BATCH_SIZE {
            continue;
        }
        let taken = mem::take(&mut batch);
        let pushed = spawn_blocking(move || reader.push(&taken).map(|()| Pushed { reader, taken }));
        match pushed.await.map_err(|_| 503_u16)? {
            Ok(pushed) => {
                (reader, batch) = (pushed.reader, pushed.taken);
                batch.clear();
            }
            Err(error) => return Ok(broken_off(error)),
        }
    }
    let finished = spawn_blocking(move || {
        reader.push(&batch)?;
        reader.finish()
    });
    let form = finished.await.map_err(|_| 503_u16)?;
    Ok(whole(RequestBody::Form(form)))
}

/// What comes back from the thread that may wait.
struct Pushed {
    reader: FormReader,
    taken: Vec<u8>,
}

fn broken_off(error: FormError) -> ReceivedBody {
    ReceivedBody {
        body: RequestBody::Form(Err(error)),
        is_whole: false,
    }
}

/// A body of at most so many bytes, which has to come in a time that grows with it.
struct LimitedBody {
    body: Incoming,
    limit: u64,
    received: u64,
    deadline: Instant,
}

impl LimitedBody {
    /// Fails at once with 413 where the client announces more than `limit` bytes.
    fn new(body: Incoming, limit: u64, timeout: Duration) -> Result<Self, u16> {
        if body.size_hint().lower() > limit {
            return Err(413);
        }
        Ok(Self {
            body,
            limit,
            received: 0,
            deadline: Instant::now() + timeout,
        })
    }

    /// The next bytes; `None` at the end.
    async fn next_chunk(&mut self) -> Result<Option<Bytes>, u16> {
        loop {
            let more_time = Duration::from_secs(self.received / BYTES_PER_SECOND);
            match timeout_at(self.deadline + more_time, self.body.frame()).await {
                Err(_) => return Err(408),
                Ok(None) => return Ok(None),
                Ok(Some(Err(_))) => return Err(400),
                Ok(Some(Ok(frame))) => {
                    // Trailers say nothing that anybody here wants to know.
                    let Ok(chunk) = frame.into_data() else {
                        continue;
                    };
                    self.received += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
                    if self.received > self.limit {
                        return Err(413);
                    }
                    return Ok(Some(chunk));
                }
            }
        }
    }
}
