//! Files that the system sends by itself, without a copy in this process (`sendfile`).
//!
//! Hyper writes bytes and knows no files. So the body of such a response consists of bytes that stand for those of the file: they
//! are all in one place, [`STAND_IN`], where nothing else is. Hyper keeps their order and their number among all that it
//! writes, and the stream of the connection, which sees them pass by, has the system send as many bytes of the file instead.

use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::ops::Range;

use hyper::body::{Buf, Bytes};
use tokio::io::Interest;
use tokio::net::TcpStream;

use crate::http::FileRange;

/// What stands for the bytes of files. It is never sent.
static STAND_IN: [u8; 16 * 1024] = [0; 16 * 1024];

/// What hyper is given to write.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// These bytes.
    Bytes(Bytes),
    /// As many bytes of the file that is next in line.
    File(usize),
}

impl Buf for Outgoing {
    fn remaining(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.remaining(),
            Self::File(size) => *size,
        }
    }

    fn chunk(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::File(size) => &STAND_IN[..STAND_IN.len().min(*size)],
        }
    }

    fn chunks_vectored<'b>(&'b self, slices: &mut [IoSlice<'b>]) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.chunks_vectored(slices),
            Self::File(size) => fill(slices, *size),
        }
    }

    fn advance(&mut self, count: usize) {
        match self {
            Self::Bytes(bytes) => bytes.advance(count),
            Self::File(size) => *size -= count,
        }
    }
}

/// Has `slices` stand for up to `size` bytes; returns how many of them do.
fn fill(slices: &mut [IoSlice<'_>], size: usize) -> usize {
    let mut left = size;
    let mut used = 0;
    for slice in slices {
        if left == 0 {
            break;
        }
        let part = STAND_IN.len().min(left);
        *slice = IoSlice::new(&STAND_IN[..part]);
        left -= part;
        used += 1;
    }
    used
}

/// Files whose bytes hyper was told to write, in their order.
#[derive(Debug, Default)]
pub(super) struct OutgoingFiles(VecDeque<FileRange>);

impl OutgoingFiles {
    /// Puts `part` behind the others, and returns what stands for it; `None` where it is larger than memory.
    pub(super) fn push(&mut self, part: FileRange) -> Option<Outgoing> {
        let size = usize::try_from(size_of(&part.range)).ok()?;
        self.0.push_back(part);
        Some(Outgoing::File(size))
    }

    /// Sends up to `most` bytes of the first file; returns how many.
    pub(super) fn send(&mut self, socket: &TcpStream, most: usize) -> io::Result<usize> {
        let Some(part) = self.0.front_mut() else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        let most = usize::try_from(size_of(&part.range)).map_or(most, |size| size.min(most));
        let sent = socket.try_io(Interest::WRITABLE, || send_part(socket, part, most))?;
        if sent == 0 {
            // The file is shorter than it was: what the client has got is not all of it.
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        part.range.start += u64::try_from(sent).unwrap_or(u64::MAX);
        if part.range.is_empty() {
            self.0.pop_front();
        }
        Ok(sent)
    }
}

fn size_of(range: &Range<u64>) -> u64 {
    range.end.saturating_sub(range.start)
}

#[cfg(target_os = "linux")]
fn send_part(socket: &TcpStream, part: &FileRange, most: usize) -> io::Result<usize> {
    let mut offset = part.range.start;
    Ok(rustix::fs::sendfile(
        socket,
        &*part.file,
        Some(&mut offset),
        most,
    )?)
}

#[cfg(not(target_os = "linux"))]
fn send_part(socket: &TcpStream, part: &FileRange, most: usize) -> io::Result<usize> {
    use std::os::unix::fs::FileExt as _;
    let mut bytes = vec![0; most.min(STAND_IN.len())];
    let size = part.file.read_at(&mut bytes, part.range.start)?;
    socket.try_write(&bytes[..size])
}

/// How the slices begin that hyper writes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FirstSlices {
    /// So many slices are bytes.
    Bytes(usize),
    /// So many bytes of a file are next.
    File(usize),
}

impl FirstSlices {
    pub(super) fn of(slices: &[IoSlice<'_>]) -> Self {
        let is_file = |slice: &&IoSlice<'_>| STAND_IN.as_ptr_range().contains(&slice.as_ptr());
        let files = slices.iter().take_while(is_file).map(|slice| slice.len());
        match files.sum() {
            0 => Self::Bytes(slices.iter().take_while(|slice| !is_file(slice)).count()),
            size => Self::File(size),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::IoSlice;

    use hyper::body::{Buf as _, Bytes};

    use super::{FirstSlices, Outgoing, STAND_IN};

    #[test]
    fn what_stands_for_a_file_is_told_from_bytes_and_keeps_its_size() {
        let mut file = Outgoing::File(STAND_IN.len() * 2 + 5);
        let mut slices = [IoSlice::new(b""); 8];
        assert_eq!(file.chunks_vectored(&mut slices), 3);
        assert_eq!(
            FirstSlices::of(&slices[..3]),
            FirstSlices::File(file.remaining())
        );
        file.advance(STAND_IN.len() * 2);
        assert_eq!((file.remaining(), file.chunk().len()), (5, 5));
        let bytes = Outgoing::Bytes(Bytes::from_static(&[0; 10]));
        let mut slices = [IoSlice::new(b"head"); 8];
        assert_eq!(bytes.chunks_vectored(&mut slices[1..]), 1);
        assert_eq!(file.chunks_vectored(&mut slices[2..]), 1);
        assert_eq!(FirstSlices::of(&slices[..3]), FirstSlices::Bytes(2));
        assert_eq!(FirstSlices::of(&slices[2..3]), FirstSlices::File(5));
    }
}
