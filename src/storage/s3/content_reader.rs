//! A file that is sent in parts, each of which may have to be sent again.

use std::io::{self, Read};

use crate::http::UploadedFile;

/// Reads parts of a file; nothing of it is kept in memory.
pub(super) struct ContentReader<'c> {
    content: &'c UploadedFile,
    reader: Option<Box<dyn Read + 'c>>,
    /// Where the reader stands, in bytes.
    position: u64,
}

impl<'c> ContentReader<'c> {
    /// Reads `content`, from wherever it is asked to.
    pub(super) fn new(content: &'c UploadedFile) -> Self {
        Self {
            content,
            reader: None,
            position: 0,
        }
    }

    /// The bytes from `start` on; fails while it is read where there are not `length` of them.
    pub(super) fn part(&mut self, start: u64, length: u64) -> io::Result<impl Read + '_> {
        if self.position != start || self.reader.is_none() {
            let mut reader = self.content.open()?;
            // Only a part that has to be sent again is looked for in this way.
            io::copy(&mut reader.by_ref().take(start), &mut io::sink())?;
            self.reader = Some(reader);
            self.position = start;
        }
        Ok(PartReader {
            whole: self,
            left: length,
        })
    }
}

/// Reads up to the end of a part, and keeps count.
struct PartReader<'p, 'c> {
    whole: &'p mut ContentReader<'c>,
    left: u64,
}

impl Read for PartReader<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let limit = usize::try_from(self.left).unwrap_or(usize::MAX);
        let limit = limit.min(buffer.len());
        let Some(reader) = &mut self.whole.reader else {
            return Ok(0);
        };
        let read = reader.read(&mut buffer[..limit])?;
        if read == 0 && limit > 0 {
            // What has been announced is not there any more: who sends would wait for it for ever.
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let bytes = u64::try_from(read).unwrap_or(u64::MAX);
        self.left -= bytes;
        self.whole.position += bytes;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::ContentReader;
    use crate::http::UploadedFile;

    #[test]
    fn a_part_that_broke_off_is_read_again_from_its_beginning() {
        let file = UploadedFile::in_memory("a", "", b"0123456789".to_vec());
        let mut reader = ContentReader::new(&file);
        let mut read = |start, length, limit| {
            let mut text = String::new();
            let mut part = reader.part(start, length).unwrap().take(limit);
            part.read_to_string(&mut text).map(|_| text)
        };
        assert_eq!(read(0, 4, 9).unwrap(), "0123");
        assert_eq!(read(4, 4, 2).unwrap(), "45");
        assert_eq!(read(4, 4, 9).unwrap(), "4567");
        assert_eq!(read(8, 2, 9).unwrap(), "89");
        assert_eq!(read(0, 0, 9).unwrap(), "");
        let short = read(8, 3, 9).unwrap_err();
        assert_eq!(short.kind(), std::io::ErrorKind::UnexpectedEof);
    }
}
