//! A text of JSON while it is read, escapes and all.

use crate::json::Json;

/// The first unit of a surrogate pair.
const HIGH: std::ops::Range<u16> = 0xd800..0xdc00;
/// The second.
const LOW: std::ops::Range<u16> = 0xdc00..0xe000;

/// A text that grows; it stays UTF-8 until half a surrogate pair comes.
#[derive(Debug, Default)]
pub(super) struct JsonText {
    /// What came before `bytes`, once there was half a pair.
    units: Vec<u16>,
    bytes: Vec<u8>,
    /// The first half of a pair whose second may follow.
    high: Option<u16>,
    is_invalid: bool,
}

impl JsonText {
    /// Adds bytes as they stand.
    pub(super) fn extend(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.settle();
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// Adds an escaped unit of UTF-16.
    pub(super) fn push(&mut self, unit: u16) {
        match self.high.take() {
            Some(high) if LOW.contains(&unit) => self.decode([high, unit]),
            high => {
                self.high = high;
                self.settle();
                if HIGH.contains(&unit) {
                    self.high = Some(unit);
                } else {
                    self.decode([unit]);
                }
            }
        }
    }

    /// The text; none where it is not UTF-8.
    pub(super) fn finish(mut self) -> Option<Json> {
        self.settle();
        if self.units.is_empty() {
            return String::from_utf8(self.bytes).ok().map(Json::String);
        }
        self.move_to_units();
        (!self.is_invalid).then_some(Json::Utf16(self.units))
    }

    fn decode<const N: usize>(&mut self, units: [u16; N]) {
        for decoded in char::decode_utf16(units) {
            match decoded {
                Ok(c) => self
                    .bytes
                    .extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(half) => self.push_half(half.unpaired_surrogate()),
            }
        }
    }

    /// What stands in front of something else than its second half stays alone.
    fn settle(&mut self) {
        if let Some(high) = self.high.take() {
            self.push_half(high);
        }
    }

    fn push_half(&mut self, unit: u16) {
        self.move_to_units();
        self.units.push(unit);
    }

    fn move_to_units(&mut self) {
        match str::from_utf8(&self.bytes) {
            Ok(text) => self.units.extend(text.encode_utf16()),
            Err(_) => self.is_invalid = true,
        }
        self.bytes.clear();
    }
}
