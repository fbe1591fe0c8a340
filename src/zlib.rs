//! Bytes compressed as Python's `zlib` does, with states that each thread keeps: a compressor takes 300 KB, which an
//! allocator would take from the system and give back each time.

use std::cell::RefCell;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

thread_local! {
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::default(), true));
    static DECOMPRESSOR: RefCell<Decompress> = RefCell::new(Decompress::new(true));
}

/// The least bytes that are set aside for a result.
const LEAST_ROOM: usize = 256;

/// `bytes`, compressed; none where that fails, which it does not in memory.
pub(crate) fn compress(bytes: &[u8]) -> Option<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        let mut compressed = Vec::with_capacity(bytes.len() / 2 + LEAST_ROOM);
        loop {
            let done = usize::try_from(compressor.total_in()).ok()?;
            let rest = bytes.get(done..)?;
            let status = compressor.compress_vec(rest, &mut compressed, FlushCompress::Finish);
            if status.ok()? == Status::StreamEnd {
                return Some(compressed);
            }
            compressed.reserve(compressed.len().max(LEAST_ROOM));
        }
    })
}

/// What was compressed as `bytes`, whatever follows it; none where they are damaged or cut, or stand for more than `most`.
pub(crate) fn decompress(bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    DECOMPRESSOR.with_borrow_mut(|decompressor| {
        decompressor.reset(true);
        let mut read = Vec::with_capacity(bytes.len().saturating_mul(2).clamp(LEAST_ROOM, 1 << 16));
        loop {
            let done = usize::try_from(decompressor.total_in()).ok()?;
            let (rest, length) = (bytes.get(done..)?, read.len());
            let status = decompressor.decompress_vec(rest, &mut read, FlushDecompress::None);
            let is_end = status.ok()? == Status::StreamEnd;
            if read.len() > most {
                return None;
            }
            if is_end {
                return Some(read);
            }
            let is_stuck = read.len() == length && read.len() < read.capacity();
            if is_stuck && usize::try_from(decompressor.total_in()) == Ok(done) {
                return None;
            }
            if read.len() == read.capacity() {
                read.reserve(read.len());
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::{compress, decompress};

    #[test]
    fn what_is_cut_damaged_or_too_large_is_none() {
        let bytes: Vec<u8> = (0..100_000_u32)
            .flat_map(|number| u8::try_from(number % 251))
            .collect();
        let compressed = compress(&bytes).unwrap();
        assert!(compressed.len() < 10_000);
        assert_eq!(
            decompress(&compressed, bytes.len()).as_deref(),
            Some(&*bytes)
        );
        assert_eq!(decompress(&compressed, bytes.len() - 1), None);
        for cut in [0, 1, 2, compressed.len() / 2, compressed.len() - 1] {
            assert_eq!(decompress(&compressed[..cut], usize::MAX), None, "{cut}");
        }
        let mut damaged = compressed.clone();
        let last = damaged.len() - 1;
        damaged[last] ^= 1;
        assert_eq!(decompress(&damaged, usize::MAX), None);
        // What follows does not matter, and an error leaves nothing behind.
        let followed = [&compressed[..], b"more"].concat();
        assert_eq!(decompress(&followed, usize::MAX).as_deref(), Some(&*bytes));
        assert_eq!(decompress(b"text", usize::MAX), None);
        // What Python's `zlib.compress(b"")` is.
        assert_eq!(compress(b"").unwrap(), b"\x78\x9c\x03\0\0\0\0\x01");
        assert_eq!(decompress(b"\x78\x9c\x03\0\0\0\0\x01", 0), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn what_was_compressed_is_read(bytes: Vec<u8>) {
            assert_eq!(decompress(&compress(&bytes).unwrap(), bytes.len()), Some(bytes));
        }

        #[test]
        fn any_bytes_are_survived(bytes: Vec<u8>) {
            drop(decompress(&bytes, 1 << 20));
        }
    }
}
