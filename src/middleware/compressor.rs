//! Bytes compressed as a client reads them, and lengthened at random.

use std::io::{self, Write as _};

use brotli::enc::StandardAlloc;
use brotli::enc::encode::{
    BrotliEncoderOperation, BrotliEncoderParameter, BrotliEncoderStateStruct,
};
use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};

use crate::crypto;
use crate::http::ContentCoding;

/// One more than the most bytes that a body is lengthened by, as in Django.
const MOST_RANDOM_BYTES: u8 = 100;

/// The least bytes of brotli's metadata: the encoder writes a single byte of it as if there were none, and no reader gets
/// further than that.
const LEAST_METADATA: u8 = 2;

/// How hard gzip tries, as in Django.
const GZIP_LEVEL: u32 = 6;

/// How hard brotli tries: about as long as gzip does.
const BROTLI_QUALITY: u32 = 5;

/// The window of brotli, a power of two: pages are seldom longer.
const BROTLI_WINDOW: u32 = 18;

/// Compresses a body.
pub(super) enum Compressor {
    Gzip(Box<GzEncoder<Vec<u8>>>),
    Brotli(Box<BrotliEncoder>),
}

impl Compressor {
    /// A compressor into `coding` of a body with `size` bytes, if that is known.
    pub(super) fn new(coding: ContentCoding, size: Option<usize>) -> Self {
        let length = random_length();
        match coding {
            ContentCoding::Gzip => {
                // Readers skip the name of the file.
                let builder = GzBuilder::new().filename(filling(length));
                let encoder = builder.write(Vec::new(), Compression::new(GZIP_LEVEL));
                Self::Gzip(Box::new(encoder))
            }
            ContentCoding::Brotli => {
                let encoder = BrotliEncoder::new(&filling(length + LEAST_METADATA), size);
                Self::Brotli(Box::new(encoder))
            }
        }
    }

    /// All of `body`, compressed; `None` where the encoder fails.
    pub(super) fn whole(self, body: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Gzip(mut encoder) => {
                encoder.write_all(body).ok()?;
                encoder.finish().ok()
            }
            Self::Brotli(mut encoder) => {
                encoder
                    .run(BrotliEncoderOperation::BROTLI_OPERATION_FINISH, body)
                    .ok()?;
                Some(encoder.output)
            }
        }
    }

    /// `chunks`, each compressed and sent at once: a client does not wait for the next one to read what was made so far.
    pub(super) fn stream(
        self,
        chunks: Box<dyn Iterator<Item = io::Result<Vec<u8>>> + Send>,
    ) -> impl Iterator<Item = io::Result<Vec<u8>>> + Send + 'static {
        let mut compressor = Some(self);
        let mut chunks = chunks;
        std::iter::from_fn(move || {
            let current = compressor.as_mut()?;
            match chunks.next() {
                Some(Ok(chunk)) => Some(current.chunk(&chunk)),
                Some(Err(error)) => {
                    compressor = None;
                    Some(Err(error))
                }
                None => Some(compressor.take()?.end()),
            }
        })
    }

    fn chunk(&mut self, chunk: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Gzip(encoder) => {
                encoder.write_all(chunk)?;
                encoder.flush()?;
                Ok(std::mem::take(encoder.get_mut()))
            }
            Self::Brotli(encoder) => {
                encoder.run(BrotliEncoderOperation::BROTLI_OPERATION_FLUSH, chunk)?;
                Ok(std::mem::take(&mut encoder.output))
            }
        }
    }

    fn end(self) -> io::Result<Vec<u8>> {
        let end = self.whole(&[]);
        end.ok_or_else(failure)
    }
}

/// What lengthens a body.
fn filling(length: u8) -> Vec<u8> {
    vec![b'a'; usize::from(length)]
}

/// A number below [`MOST_RANDOM_BYTES`], each as likely as the others.
fn random_length() -> u8 {
    let fair = u8::MAX - u8::MAX % MOST_RANDOM_BYTES;
    loop {
        let bytes: [u8; 8] = crypto::random_bytes();
        if let Some(byte) = bytes.into_iter().find(|byte| *byte < fair) {
            return byte % MOST_RANDOM_BYTES;
        }
    }
}

/// An encoder of brotli, and what it wrote so far.
pub(super) struct BrotliEncoder {
    state: BrotliEncoderStateStruct<StandardAlloc>,
    output: Vec<u8>,
}

impl BrotliEncoder {
    /// An encoder whose stream begins with `filling`, as metadata, which readers skip (RFC 7932, 9.2).
    fn new(filling: &[u8], size: Option<usize>) -> Self {
        let mut state = BrotliEncoderStateStruct::new(StandardAlloc::default());
        let size = size.and_then(|size| u32::try_from(size).ok());
        for (parameter, value) in [
            (
                BrotliEncoderParameter::BROTLI_PARAM_QUALITY,
                Some(BROTLI_QUALITY),
            ),
            (
                BrotliEncoderParameter::BROTLI_PARAM_LGWIN,
                Some(BROTLI_WINDOW),
            ),
            (BrotliEncoderParameter::BROTLI_PARAM_SIZE_HINT, size),
        ] {
            if let Some(value) = value {
                state.set_parameter(parameter, value);
            }
        }
        let mut encoder = Self {
            state,
            output: Vec::new(),
        };
        let metadata = BrotliEncoderOperation::BROTLI_OPERATION_EMIT_METADATA;
        // An encoder that fails here fails with the body, too.
        encoder.run(metadata, filling).ok();
        encoder
    }

    /// Hands `input` to the encoder and takes what it writes.
    fn run(&mut self, operation: BrotliEncoderOperation, input: &[u8]) -> io::Result<()> {
        let (mut left, mut read) = (input.len(), 0);
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let (mut space, mut written) = (buffer.len(), 0);
            let went_well = self.state.compress_stream(
                operation,
                &mut left,
                input,
                &mut read,
                &mut space,
                &mut buffer,
                &mut written,
                &mut None,
                &mut |_, _, _, _| (),
            );
            self.output.extend_from_slice(&buffer[..written]);
            if !went_well {
                return Err(failure());
            }
            if left == 0 && !self.state.has_more_output() {
                return Ok(());
            }
        }
    }
}

fn failure() -> io::Error {
    io::Error::other("the body cannot be compressed")
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{
        BrotliEncoder, BrotliEncoderOperation, LEAST_METADATA, MOST_RANDOM_BYTES, filling,
    };

    #[test]
    fn a_body_is_read_behind_metadata_of_any_length() {
        for length in LEAST_METADATA..LEAST_METADATA + MOST_RANDOM_BYTES {
            let mut encoder = BrotliEncoder::new(&filling(length), None);
            let end = BrotliEncoderOperation::BROTLI_OPERATION_FINISH;
            encoder.run(end, b"text").unwrap();
            assert!(encoder.output.len() > usize::from(length));
            let mut text = String::new();
            let mut decoder = brotli::Decompressor::new(&encoder.output[..], 4096);
            decoder.read_to_string(&mut text).unwrap();
            assert_eq!(text, "text", "{length}");
        }
    }
}
