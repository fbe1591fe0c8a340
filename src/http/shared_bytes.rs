//! Bytes that several owners share without a copy.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// Bytes that several owners share, or a part of them; a clone is the same bytes.
#[derive(Clone, Default)]
pub struct SharedBytes {
    whole: Arc<Vec<u8>>,
    part: Range<usize>,
}

impl SharedBytes {
    /// The bytes of these at `range`; `None` where there are not so many.
    pub fn part(&self, range: Range<usize>) -> Option<Self> {
        self.get(range.clone())?;
        let start = self.part.start;
        Some(Self {
            whole: Arc::clone(&self.whole),
            part: start + range.start..start + range.end,
        })
    }

    /// The bytes as a vector of their own, without a copy where nobody else has them.
    pub fn into_vec(self) -> Vec<u8> {
        match Arc::try_unwrap(self.whole) {
            Ok(mut bytes) => {
                bytes.truncate(self.part.end);
                bytes.drain(..self.part.start);
                bytes
            }
            Err(shared) => shared.get(self.part).unwrap_or_default().to_vec(),
        }
    }
}

impl From<Vec<u8>> for SharedBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            part: 0..bytes.len(),
            whole: Arc::new(bytes),
        }
    }
}

impl FromIterator<u8> for SharedBytes {
    fn from_iter<I: IntoIterator<Item = u8>>(bytes: I) -> Self {
        Vec::from_iter(bytes).into()
    }
}

impl Deref for SharedBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.whole.get(self.part.clone()).unwrap_or_default()
    }
}

impl AsRef<[u8]> for SharedBytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl PartialEq for SharedBytes {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for SharedBytes {}

impl fmt::Debug for SharedBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::SharedBytes;

    #[test]
    fn a_part_is_of_the_same_bytes() {
        let whole = SharedBytes::from(b"0123456789".to_vec());
        let part = whole.part(2..8).unwrap();
        assert_eq!(&*part, b"234567");
        assert_eq!(&*part.part(1..3).unwrap(), b"34");
        assert_eq!(part.as_ptr(), whole[2..].as_ptr());
        assert_eq!(part.part(0..7), None);
        assert_eq!(part.part(7..7), None);
        assert_eq!(part.clone().into_vec(), b"234567");
        drop(whole);
        assert_eq!(part.into_vec(), b"234567");
    }
}
