//! Finds the parts in bytes that come in pieces.

use std::io::Read;

use zeroize::Zeroize as _;

use crate::http::FormError;
use crate::http::multipart::PartHead;

/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// Bytes of a part's head. Django allows 1024, which long names of files in other scripts exceed.
const MAX_HEAD: usize = 8 * 1024;

/// Reads the parts of a body one after the other, holding a piece of it at a time.
#[derive(Debug)]
pub struct MultipartReader<R> {
    input: R,
    /// What was read; what lies before `start` is done with.
    buffer: Vec<u8>,
    start: usize,
    /// A line end, two hyphens and the boundary.
    delimiter: Vec<u8>,
    /// The number of the part that is read, from 1 on.
    part: usize,
    is_done: bool,
}

/// A field may be a password.
impl<R> Drop for MultipartReader<R> {
    fn drop(&mut self) {
        self.buffer.zeroize();
    }
}

impl<R: Read> MultipartReader<R> {
    /// A reader of the parts that `boundary` separates.
    pub fn new(input: R, boundary: &str) -> Self {
        Self {
            input,
            // The first boundary has no line before it, but stands at the beginning of one.
            buffer: b"\r\n".to_vec(),
            start: 0,
            delimiter: format!("\r\n--{boundary}").into_bytes(),
            part: 0,
            is_done: false,
        }
    }

    /// Passes over what is left of the part; returns the head of the next one, `None` after the last.
    pub fn next_part(&mut self) -> Result<Option<PartHead>, FormError> {
        if self.is_done {
            return Ok(None);
        }
        while self.next_chunk()?.is_some() {}
        self.start += self.delimiter.len();
        if self.starts_with(b"--")? {
            self.is_done = true;
            return Ok(None);
        }
        self.part += 1;
        if !self.line()?.iter().all(|byte| matches!(byte, b' ' | b'\t')) {
            return Err(self.malformed("begins with a line that only begins with the boundary"));
        }
        self.head().map(Some)
    }

    /// The next bytes of the part's content; `None` at its end.
    pub fn next_chunk(&mut self) -> Result<Option<&[u8]>, FormError> {
        loop {
            let pending = &self.buffer[self.start..];
            let end = match find(pending, &self.delimiter) {
                Some(end) => end,
                // The last bytes may be the beginning of a delimiter.
                None => pending.len().saturating_sub(self.delimiter.len() - 1),
            };
            if end > 0 {
                let chunk = self.start..self.start + end;
                self.start = chunk.end;
                return Ok(Some(&self.buffer[chunk]));
            }
            if pending.starts_with(&self.delimiter) {
                return Ok(None);
            }
            self.fill_or("has no end: a boundary is missing")?;
        }
    }

    fn head(&mut self) -> Result<PartHead, FormError> {
        let (mut lines, mut size) = (Vec::new(), 0);
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            size += line.len();
            if size > MAX_HEAD {
                return Err(self.malformed("has a head that is too large"));
            }
            lines.push(String::from_utf8_lossy(&line).into_owned());
        }
        let marker = self.delimiter[2..].to_vec();
        if self.starts_with(&marker)? {
            return Err(self.malformed("ends within its head"));
        }
        PartHead::parse(&lines).map_err(|problem| self.malformed(problem))
    }

    /// The next line, without its end.
    fn line(&mut self) -> Result<Vec<u8>, FormError> {
        loop {
            let pending = &self.buffer[self.start..];
            if let Some(end) = find(pending, b"\r\n") {
                let line = pending[..end].to_vec();
                self.start += end + 2;
                return Ok(line);
            }
            if pending.len() > MAX_HEAD {
                return Err(self.malformed("has a head that is too large"));
            }
            self.fill_or("ends within its head")?;
        }
    }

    fn starts_with(&mut self, prefix: &[u8]) -> Result<bool, FormError> {
        while self.buffer.len() - self.start < prefix.len() {
            self.fill_or("has no end: a boundary is missing")?;
        }
        Ok(self.buffer[self.start..].starts_with(prefix))
    }

    /// Reads on; fails with `problem` at the end of the body.
    fn fill_or(&mut self, problem: &'static str) -> Result<(), FormError> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let chunk = u64::try_from(CHUNK).unwrap_or(u64::MAX);
        match self
            .input
            .by_ref()
            .take(chunk)
            .read_to_end(&mut self.buffer)?
        {
            0 => Err(self.malformed(problem)),
            _ => Ok(()),
        }
    }

    fn malformed(&self, problem: &'static str) -> FormError {
        FormError::Malformed {
            part: self.part,
            problem,
        }
    }
}

/// Where `needle` begins in `bytes`; it begins with the only line end in it, so that no byte is compared twice.
fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, mut from) = (needle.first()?, 0);
    while let Some(index) = bytes[from..].iter().position(|byte| byte == first) {
        if bytes[from + index..].starts_with(needle) {
            return Some(from + index);
        }
        from += index + 1;
    }
    None
}
