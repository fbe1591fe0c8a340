//! The formats of fixtures, and how their files are compressed.

use std::io::{self, Read, Write};

use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

/// How the objects of a fixture are written down.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FixtureFormat {
    /// One list.
    Json,
    /// One object on each line.
    Jsonl,
}

impl FixtureFormat {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 2] = [("json", Self::Json), ("jsonl", Self::Jsonl)];

    /// The format called `name`.
    pub fn named(name: &str) -> Option<Self> {
        let mut known = Self::ALL.iter();
        known
            .find(|(known, _)| *known == name)
            .map(|(_, format)| *format)
    }
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Compression {
    /// Not at all.
    None,
    /// By gzip.
    Gzip,
}

/// Endings Django compresses by and djr does not.
const UNKNOWN: [&str; 4] = [".bz2", ".xz", ".lzma", ".zip"];

impl Compression {
    /// What the ending of `name` says; `Err` holds one that only Django knows.
    pub fn of(name: &str) -> Result<Self, &'static str> {
        if let Some(ending) = UNKNOWN.iter().find(|ending| name.ends_with(**ending)) {
            return Err(ending);
        }
        Ok(match name.strip_suffix(".gz") {
            Some(_) => Self::Gzip,
            None => Self::None,
        })
    }

    /// What `source` holds, uncompressed.
    pub fn reader<'s>(self, source: impl Read + 's) -> Box<dyn Read + 's> {
        match self {
            Self::None => Box::new(source),
            Self::Gzip => Box::new(MultiGzDecoder::new(source)),
        }
    }

    /// Writes to `out`, compressed; [`CompressedWriter::finish`] ends it.
    pub fn writer<W: Write>(self, out: W) -> CompressedWriter<W> {
        match self {
            Self::None => CompressedWriter::Plain(out),
            Self::Gzip => {
                let encoder = GzEncoder::new(out, flate2::Compression::default());
                CompressedWriter::Gzip(Box::new(encoder))
            }
        }
    }
}

/// A file that is written, compressed or not.
#[derive(Debug)]
pub enum CompressedWriter<W: Write> {
    /// As it is.
    Plain(W),
    /// By gzip.
    Gzip(Box<GzEncoder<W>>),
}

impl<W: Write> CompressedWriter<W> {
    /// Writes what is left; returns the file.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Self::Plain(out) => Ok(out),
            Self::Gzip(encoder) => encoder.finish(),
        }
    }
}

impl<W: Write> Write for CompressedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Gzip(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Gzip(encoder) => encoder.flush(),
        }
    }
}
