//! Several parts of a file in one body: `multipart/byteranges` (RFC 9110, 14.6).

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::ops::Range;

use crate::http::BodyStream;

/// How many bytes of a part are read at once.
const CHUNK_SIZE: u64 = 256 * 1024;

/// The ranges of a file that a multipart body consists of.
#[derive(Debug)]
pub(super) struct MultipartRanges {
    /// The type of the file.
    pub(super) content_type: String,
    /// The size of the whole file in bytes.
    pub(super) file_size: u64,
    /// What separates the parts.
    pub(super) boundary: String,
    /// The parts, in order.
    pub(super) ranges: Vec<Range<u64>>,
}

impl MultipartRanges {
    /// The body, whose parts `read` reads range by range while it is sent.
    pub(super) fn into_body(
        self,
        read: impl Fn(Range<u64>) -> io::Result<Vec<u8>> + Send + 'static,
    ) -> BodyStream {
        let size = self.size();
        let pieces = self.pieces().into_iter();
        let chunks = pieces.map(move |piece| match piece {
            Piece::Delimiter(text) => Ok(text.into_bytes()),
            Piece::Content(range) => read(range),
        });
        BodyStream::new(chunks).with_size(size)
    }

    fn size(&self) -> u64 {
        let sizes = self.pieces().into_iter().map(|piece| match piece {
            Piece::Delimiter(text) => u64::try_from(text.len()).unwrap_or(u64::MAX),
            Piece::Content(range) => range.end - range.start,
        });
        sizes.sum()
    }

    fn pieces(&self) -> Vec<Piece> {
        let (boundary, kind) = (&self.boundary, &self.content_type);
        let mut pieces = Vec::new();
        for range in &self.ranges {
            let content_range = content_range(range, self.file_size);
            pieces.push(Piece::Delimiter(format!(
                "\r\n--{boundary}\r\nContent-Type: {kind}\r\nContent-Range: {content_range}\r\n\r\n"
            )));
            pieces.extend(split(range).map(Piece::Content));
        }
        pieces.push(Piece::Delimiter(format!("\r\n--{boundary}--\r\n")));
        pieces
    }
}

enum Piece {
    /// The lines before a part, or after the last one.
    Delimiter(String),
    /// These bytes of the file.
    Content(Range<u64>),
}

/// Splits `range` into pieces that are small enough to be in memory.
fn split(range: &Range<u64>) -> impl Iterator<Item = Range<u64>> + use<> {
    let end = range.end;
    let starts = std::iter::successors(Some(range.start), move |start| {
        start.checked_add(CHUNK_SIZE)
    });
    let starts = starts.take_while(move |start| *start < end);
    starts.map(move |start| start..end.min(start.saturating_add(CHUNK_SIZE)))
}

/// The value of `Content-Range` for a range, which is not empty, of a file of `size` bytes.
pub(super) fn content_range(range: &Range<u64>, size: u64) -> String {
    let last = range.end - 1;
    format!("bytes {}-{last}/{size}", range.start)
}

/// A line that a text file does not contain by accident: it depends on the version of the file.
pub(super) fn boundary(etag: &str) -> String {
    let mut hasher = DefaultHasher::new();
    ("multipart", etag).hash(&mut hasher);
    let first = hasher.finish();
    first.hash(&mut hasher);
    format!("{first:016x}{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::{CHUNK_SIZE, MultipartRanges, split};

    #[test]
    fn sends_each_range_after_its_delimiter_and_knows_the_size_beforehand() {
        let ranges = MultipartRanges {
            content_type: "text/plain".to_owned(),
            file_size: 10,
            boundary: "b".to_owned(),
            ranges: vec![0..2, 8..10],
        };
        let bytes = b"0123456789";
        let body = ranges.into_body(|range| {
            let range = usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap();
            Ok(bytes[range].to_vec())
        });
        let size = body.size;
        let chunks: Vec<_> = body.chunks.map(Result::unwrap).collect();
        let text = String::from_utf8(chunks.concat()).unwrap();
        assert_eq!(size, Some(text.len() as u64));
        assert_eq!(
            text,
            "\r\n--b\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01\
             \r\n--b\r\nContent-Type: text/plain\r\nContent-Range: bytes 8-9/10\r\n\r\n89\r\n--b--\r\n"
        );
    }

    #[test]
    fn splits_large_ranges_only() {
        let pieces = |start, end| {
            let pieces = split(&(start..end));
            pieces
                .map(|piece| (piece.start, piece.end))
                .collect::<Vec<_>>()
        };
        assert_eq!(pieces(3, 7), [(3, 7)]);
        let (second, third) = (1 + CHUNK_SIZE, 1 + 2 * CHUNK_SIZE);
        assert_eq!(
            pieces(1, third + 1),
            [(1, second), (second, third), (third, third + 1)]
        );
        assert_eq!(pieces(u64::MAX - 1, u64::MAX), [(u64::MAX - 1, u64::MAX)]);
    }
}
