//! A socket with deadlines.

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep_until};

use crate::server::deadlines::Deadlines;

/// The first byte of a TLS handshake.
const TLS: u8 = 0x16;

/// What a connection leaves to tell when hyper is done with it.
#[derive(Debug, Default)]
pub(super) struct Traces {
    /// The status of hyper's own answer to a head it could not read; it was not sent.
    pub(super) refusal: Option<u16>,
    /// The client did not send in time.
    pub(super) timed_out: bool,
    /// The client began with a TLS handshake.
    pub(super) tls: bool,
}

/// A socket that fails when the client lets it wait too long.
///
/// Hyper's own timer is not used: it closes without a word, and counts the pause between two requests
/// as part of a head.
#[derive(Debug)]
pub(super) struct Stream {
    socket: Arc<TcpStream>,
    deadlines: Arc<Deadlines>,
    traces: Arc<Mutex<Traces>>,
    write_timeout: Duration,
    reading: Option<Pin<Box<Sleep>>>,
    writing: Option<Pin<Box<Sleep>>>,
    first: bool,
}

impl Stream {
    pub(super) fn new(
        socket: Arc<TcpStream>,
        deadlines: Arc<Deadlines>,
        traces: Arc<Mutex<Traces>>,
        write_timeout: Duration,
    ) -> Self {
        Self {
            socket,
            deadlines,
            traces,
            write_timeout,
            reading: None,
            writing: None,
            first: true,
        }
    }

    fn trace(&self, note: impl FnOnce(&mut Traces)) {
        note(&mut self.traces.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn received(&mut self, bytes: &[u8]) {
        if let (true, Some(byte)) = (self.first, bytes.first()) {
            self.first = false;
            if *byte == TLS {
                self.trace(|traces| traces.tls = true);
            }
        }
        if !bytes.is_empty() {
            self.deadlines.received();
        }
    }

    /// Fails when the deadline is over. The timer is armed again only when it rings too early, since a
    /// busy connection moves its deadline with every request.
    fn poll_deadline(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        let Some(deadline) = self.deadlines.reading() else {
            return Poll::Pending;
        };
        let timer = self
            .reading
            .get_or_insert_with(|| Box::pin(sleep_until(deadline.into())));
        if Instant::from(timer.deadline()) > deadline {
            timer.as_mut().reset(deadline.into());
        }
        while timer.as_mut().poll(context).is_ready() {
            if Instant::now() >= deadline {
                self.trace(|traces| traces.timed_out = true);
                return Poll::Ready(ErrorKind::TimedOut.into());
            }
            timer.as_mut().reset(deadline.into());
        }
        Poll::Pending
    }

    /// Waits until the socket takes bytes, but not for ever.
    fn poll_writable(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let Poll::Ready(ready) = self.socket.poll_write_ready(context) {
            return Poll::Ready(ready);
        }
        let timeout = self.write_timeout;
        let timer = self
            .writing
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(timeout)));
        timer
            .as_mut()
            .poll(context)
            .map(|()| Err(ErrorKind::TimedOut.into()))
    }

    fn poll_send(
        &mut self,
        context: &mut Context<'_>,
        write: impl Fn(&TcpStream) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            match write(&self.socket) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    ready!(self.poll_writable(context))?;
                }
                sent => {
                    self.writing = None;
                    self.deadlines.sent();
                    return Poll::Ready(sent);
                }
            }
        }
    }

    /// Hyper answers a head it cannot read by itself, without a body; ours is sent instead.
    fn keeps_back(&self, bytes: &[u8]) -> bool {
        if !self.deadlines.nothing_to_answer() {
            return false;
        }
        let status = bytes
            .get(9..12)
            .and_then(|code| std::str::from_utf8(code).ok());
        let status = status.and_then(|code| code.parse().ok());
        self.trace(|traces| traces.refusal = status.or(traces.refusal).or(Some(400)));
        true
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        loop {
            match this.socket.try_read_buf(buffer) {
                Ok(_) => {
                    this.received(&buffer.filled()[before..]);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    if let Poll::Ready(ready) = this.socket.poll_read_ready(context) {
                        ready?;
                    } else {
                        return this.poll_deadline(context).map(Err);
                    }
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.keeps_back(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        this.poll_send(context, |socket| socket.try_write(bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.keeps_back(slices.first().map_or(&[], |slice| slice)) {
            return Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()));
        }
        this.poll_send(context, |socket| socket.try_write_vectored(slices))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.deadlines.flushed();
        Poll::Ready(Ok(()))
    }

    /// The connection task shuts the socket down, after it has had the last word.
    fn poll_shutdown(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
