//! When a file of a cache expires: a pickle that stands before the value.

use crate::clock::Moment;

/// The pickle of `None`, after the number of the protocol.
const NONE: &[u8] = b"N.";
/// What stands before the eight bytes of a number in the pickles of older protocols, and in those of newer ones.
const NUMBER: [&[u8]; 2] = [b"G", b"\x95\x0a\0\0\0\0\0\0\0G"];

/// The start of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FileExpiry {
    /// When the entry expires; `None` is never.
    pub(super) expires: Option<Moment>,
    /// How many bytes say so; the value follows.
    pub(super) length: usize,
}

impl FileExpiry {
    /// The most bytes that it takes.
    pub(super) const LONGEST: u64 = 21;

    /// Reads the start of a file; `None` where it does not say when it expires.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        // Every protocol from 2 on starts with its number, which does not matter here.
        let [0x80, _, rest @ ..] = bytes else {
            return None;
        };
        if rest.starts_with(NONE) {
            return Some(Self {
                expires: None,
                length: 4,
            });
        }
        let start = NUMBER.into_iter().find(|start| rest.starts_with(start))?;
        let (number, end) = rest[start.len()..].split_first_chunk::<8>()?;
        let seconds = f64::from_be_bytes(*number);
        end.starts_with(b".").then(|| Self {
            expires: Some(moment(seconds)),
            length: 2 + start.len() + 9,
        })
    }

    /// What stands at the start of a file that expires then, byte for byte as Django writes it.
    pub(super) fn write(expires: Option<Moment>) -> Vec<u8> {
        let mut bytes = vec![0x80, 5];
        match expires {
            None => bytes.extend(NONE),
            Some(moment) => {
                bytes.extend(NUMBER[1]);
                bytes.extend(seconds(moment).to_be_bytes());
                bytes.push(b'.');
            }
        }
        bytes
    }

    /// Whether it expired before `now`.
    pub(super) fn is_past(self, now: Moment) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}

#[expect(clippy::cast_precision_loss, reason = "Django counts in floats, too")]
fn seconds(moment: Moment) -> f64 {
    moment.unix_microseconds() as f64 / 1e6
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float that is too large is the largest moment"
)]
fn moment(seconds: f64) -> Moment {
    Moment::from_unix_microseconds((seconds * 1e6).round() as i64)
}
