//! Finds the parts in bytes that come in pieces.

use memchr::memmem::{Finder, find};
use zeroize::Zeroize as _;

use crate::http::FormError;
use crate::http::multipart::PartHead;

/// Bytes of a part's head. Django allows 1024, which long names of files in other scripts exceed.
const MAX_HEAD: usize = 8 * 1024;

const NO_END: &str = "has no end: a boundary is missing";
const ENDS_IN_HEAD: &str = "ends within its head";
const HEAD_TOO_LARGE: &str = "has a head that is too large";

/// What comes next in a body.
#[derive(Debug)]
pub enum MultipartEvent<'b> {
    /// Another part begins.
    Part(PartHead),
    /// Some of the content of the part that began last.
    Content(&'b [u8]),
}

/// Finds the parts of a body, whose bytes it is given as they come: 1. [`Self::push`], 2. [`Self::next_event`] until
/// there is none, and so on; at the end of the body [`Self::end`] and the last events.
///
/// It holds what it was given last and what cannot be told yet: the beginning of a boundary, or a head.
#[derive(Debug)]
pub struct MultipartParser {
    /// What came; what lies before `start` is done with.
    buffer: Vec<u8>,
    start: usize,
    /// A line end, two hyphens and the boundary.
    delimiter: Finder<'static>,
    /// The number of the part that is read, from 1 on.
    part: usize,
    /// The lines of the head that is read.
    head: Vec<String>,
    place: Place,
    is_ended: bool,
}

/// Where in the body the next byte lies.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    Content,
    /// Behind a boundary, which was the last one where two hyphens follow.
    Boundary,
    /// In the rest of the line that begins with the boundary.
    BoundaryLine,
    Head,
    /// Behind the empty line that ends a head.
    HeadEnd,
    /// Behind the last boundary.
    Epilogue,
}

/// A field may be a password.
impl Drop for MultipartParser {
    fn drop(&mut self) {
        self.buffer.zeroize();
    }
}

impl MultipartParser {
    /// A parser of the parts that `boundary` separates.
    pub fn new(boundary: &str) -> Self {
        Self {
            // The first boundary has no line before it, but stands at the beginning of one.
            buffer: b"\r\n".to_vec(),
            start: 0,
            delimiter: Finder::new(&format!("\r\n--{boundary}")).into_owned(),
            part: 0,
            head: Vec::new(),
            place: Place::Content,
            is_ended: false,
        }
    }

    /// Takes the next bytes of the body.
    pub fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.start);
        self.start = 0;
        // What follows the last boundary is for readers of mail.
        if self.place != Place::Epilogue {
            self.buffer.extend_from_slice(bytes);
        }
    }

    /// Notes that no more bytes come.
    pub fn end(&mut self) {
        self.is_ended = true;
    }

    /// What comes next; `None` where that takes more bytes, or after the last part.
    ///
    /// Fails at what is not a form, and where the body ended although more belongs to it.
    pub fn next_event(&mut self) -> Result<Option<MultipartEvent<'_>>, FormError> {
        loop {
            let go_on = match self.place {
                Place::Content => {
                    let content = self.content();
                    if !content.is_empty() {
                        self.start += content.len();
                        if self.part == 0 {
                            continue;
                        }
                        let content = self.start - content.len()..self.start;
                        return Ok(Some(MultipartEvent::Content(&self.buffer[content])));
                    }
                    self.boundary()?
                }
                Place::Boundary => self.after_boundary()?,
                Place::BoundaryLine => self.boundary_line()?,
                Place::Head => self.head_line()?,
                Place::HeadEnd => {
                    if !self.has(self.delimiter.needle().len() - 2, NO_END)? {
                        return Ok(None);
                    }
                    return self.take_head().map(MultipartEvent::Part).map(Some);
                }
                Place::Epilogue => false,
            };
            if !go_on {
                return Ok(None);
            }
        }
    }

    /// The bytes that are content for sure; none at a boundary.
    fn content(&self) -> std::ops::Range<usize> {
        let pending = &self.buffer[self.start..];
        let end = match self.delimiter.find(pending) {
            Some(end) => end,
            // The last bytes may be the beginning of a delimiter.
            None => pending
                .len()
                .saturating_sub(self.delimiter.needle().len() - 1),
        };
        self.start..self.start + end
    }

    fn boundary(&mut self) -> Result<bool, FormError> {
        if !self.buffer[self.start..].starts_with(self.delimiter.needle()) {
            return self.has(usize::MAX, NO_END);
        }
        self.start += self.delimiter.needle().len();
        self.place = Place::Boundary;
        Ok(true)
    }

    fn after_boundary(&mut self) -> Result<bool, FormError> {
        if !self.has(2, NO_END)? {
            return Ok(false);
        }
        if self.buffer[self.start..].starts_with(b"--") {
            self.place = Place::Epilogue;
            self.start = self.buffer.len();
        } else {
            self.part += 1;
            self.place = Place::BoundaryLine;
        }
        Ok(true)
    }

    fn boundary_line(&mut self) -> Result<bool, FormError> {
        let Some(line) = self.line()? else {
            return Ok(false);
        };
        if !line.iter().all(|byte| matches!(byte, b' ' | b'\t')) {
            return Err(self.malformed("begins with a line that only begins with the boundary"));
        }
        self.place = Place::Head;
        Ok(true)
    }

    fn head_line(&mut self) -> Result<bool, FormError> {
        let Some(line) = self.line()? else {
            return Ok(false);
        };
        if line.is_empty() {
            self.place = Place::HeadEnd;
            return Ok(true);
        }
        self.head.push(String::from_utf8_lossy(&line).into_owned());
        if self.head.iter().map(String::len).sum::<usize>() > MAX_HEAD {
            return Err(self.malformed(HEAD_TOO_LARGE));
        }
        Ok(true)
    }

    fn take_head(&mut self) -> Result<PartHead, FormError> {
        if self.buffer[self.start..].starts_with(&self.delimiter.needle()[2..]) {
            return Err(self.malformed(ENDS_IN_HEAD));
        }
        self.place = Place::Content;
        let lines = std::mem::take(&mut self.head);
        PartHead::parse(&lines).map_err(|problem| self.malformed(problem))
    }

    /// The next line, without its end; `None` where it has not come yet.
    fn line(&mut self) -> Result<Option<Vec<u8>>, FormError> {
        let pending = &self.buffer[self.start..];
        let end = find(pending, b"\r\n");
        if end.unwrap_or(pending.len()) > MAX_HEAD {
            return Err(self.malformed(HEAD_TOO_LARGE));
        }
        let Some(end) = end else {
            self.has(usize::MAX, ENDS_IN_HEAD)?;
            return Ok(None);
        };
        let line = pending[..end].to_vec();
        self.start += end + 2;
        Ok(Some(line))
    }

    /// Whether `count` bytes have come; fails with `problem` where they have not and never will.
    fn has(&self, count: usize, problem: &'static str) -> Result<bool, FormError> {
        let has_come = self.buffer.len() - self.start >= count;
        if !has_come && self.is_ended {
            return Err(self.malformed(problem));
        }
        Ok(has_come)
    }

    fn malformed(&self, problem: &'static str) -> FormError {
        FormError::Malformed {
            part: self.part,
            problem,
        }
    }
}
