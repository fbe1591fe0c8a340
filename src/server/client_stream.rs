//! The socket of a client, with timeouts for reading and writing.

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep_until};

use crate::server::connection_state::ConnectionState;
use crate::server::outgoing_file::FirstSlices;

/// The first byte of a TLS handshake.
const TLS: u8 = 0x16;

/// Why hyper gave a connection up.
#[derive(Debug, Default)]
pub(super) struct ConnectionFailure {
    /// The status of hyper's own response to a head it could not read; that response is not sent.
    pub(super) refusal: Option<u16>,
    /// The client did not send in time.
    pub(super) timed_out: bool,
    /// The client began with a TLS handshake.
    pub(super) tls: bool,
}

/// A socket whose reads and writes fail when the client takes too long.
///
/// Hyper's own timer is not used: it closes without a response, and it counts the pause between two requests
/// as part of the head.
#[derive(Debug)]
pub(super) struct ClientStream {
    socket: TcpStream,
    state: Arc<ConnectionState>,
    failure: ConnectionFailure,
    write_timeout: Duration,
    read_timer: Option<Pin<Box<Sleep>>>,
    write_timer: Option<Pin<Box<Sleep>>>,
    is_first_byte: bool,
}

impl ClientStream {
    pub(super) fn new(
        socket: TcpStream,
        state: Arc<ConnectionState>,
        write_timeout: Duration,
    ) -> Self {
        Self {
            socket,
            state,
            failure: ConnectionFailure::default(),
            write_timeout,
            read_timer: None,
            write_timer: None,
            is_first_byte: true,
        }
    }

    /// The socket, and why hyper gave the connection up.
    pub(super) fn into_parts(self) -> (TcpStream, ConnectionFailure) {
        (self.socket, self.failure)
    }

    fn inspect(&mut self, bytes: &[u8]) {
        if let (true, Some(byte)) = (self.is_first_byte, bytes.first()) {
            self.is_first_byte = false;
            if *byte == TLS {
                self.failure.tls = true;
            }
        }
        if !bytes.is_empty() {
            self.state.bytes_received();
        }
    }

    /// Fails when the deadline is over. The timer is reset only when it fires too early, since a busy connection
    /// moves its deadline with every request.
    fn poll_deadline(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        let Some(deadline) = self.state.read_deadline() else {
            return Poll::Pending;
        };
        let timer = self
            .read_timer
            .get_or_insert_with(|| Box::pin(sleep_until(deadline.into())));
        if Instant::from(timer.deadline()) > deadline {
            timer.as_mut().reset(deadline.into());
        }
        while timer.as_mut().poll(context).is_ready() {
            if Instant::now() >= deadline {
                self.failure.timed_out = true;
                return Poll::Ready(ErrorKind::TimedOut.into());
            }
            timer.as_mut().reset(deadline.into());
        }
        Poll::Pending
    }

    /// Waits until the socket takes bytes, or until the timeout is over.
    fn poll_writable(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let Poll::Ready(ready) = self.socket.poll_write_ready(context) {
            return Poll::Ready(ready);
        }
        let timeout = self.write_timeout;
        let timer = self
            .write_timer
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
                    self.write_timer = None;
                    self.state.bytes_sent();
                    return Poll::Ready(sent);
                }
            }
        }
    }

    /// Withholds the response without a body that hyper itself writes for a head it cannot read: ours is sent instead.
    fn withholds(&mut self, bytes: &[u8]) -> bool {
        if !self.state.expects_no_response() {
            return false;
        }
        let status = bytes
            .get(9..12)
            .and_then(|code| std::str::from_utf8(code).ok());
        let status = status.and_then(|code| code.parse().ok());
        self.failure.refusal = status.or(self.failure.refusal).or(Some(400));
        true
    }
}

impl AsyncRead for ClientStream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        // A read that did not fill the buffer tells tokio that there is nothing more: the next one need not ask the system.
        match Pin::new(&mut this.socket).poll_read(context, buffer) {
            Poll::Pending => this.poll_deadline(context).map(Err),
            Poll::Ready(outcome) => {
                this.inspect(&buffer.filled()[before..]);
                Poll::Ready(outcome)
            }
        }
    }
}

impl AsyncWrite for ClientStream {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(context, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if this.withholds(slices.first().map_or(&[], |slice| slice)) {
            return Poll::Ready(Ok(slices.iter().map(|slice| slice.len()).sum()));
        }
        match FirstSlices::of(slices) {
            FirstSlices::Bytes(count) => {
                let bytes = &slices[..count];
                this.poll_send(context, |socket| socket.try_write_vectored(bytes))
            }
            FirstSlices::File(most) => {
                let state = Arc::clone(&this.state);
                this.poll_send(context, |socket| state.files().send(socket, most))
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.state.buffers_flushed();
        Poll::Ready(Ok(()))
    }

    /// Does nothing: the connection task shuts the socket down, after it has sent the final response.
    fn poll_shutdown(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
