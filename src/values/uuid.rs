//! UUIDs (RFC 9562) as Python reads and writes them.

use std::fmt;

use crate::crypto;

/// A UUID (RFC 9562).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Uuid(u128);

impl Uuid {
    /// A random UUID, version 4.
    pub fn random() -> Self {
        let bytes = u128::from_be_bytes(crypto::random_bytes::<16>());
        let version = 0x4 << 76 | 0x2 << 62;
        let random = !(0xf << 76 | 0x3 << 62);
        Self(bytes & random | version)
    }

    /// Reads 32 hexadecimal digits; dashes, braces and `urn:uuid:` are passed over, as in Python.
    pub fn parse(text: &str) -> Option<Self> {
        let bare = text.replace("urn:", "").replace("uuid:", "");
        let digits = bare.trim_matches(['{', '}']).replace('-', "");
        let sound = digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        sound.then(|| u128::from_str_radix(&digits, 16).ok().map(Self))?
    }

    /// The UUID as 32 hexadecimal digits.
    pub fn hex(self) -> String {
        format!("{:032x}", self.0)
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hex = self.hex();
        let groups = [0..8, 8..12, 12..16, 16..20, 20..32];
        f.write_str(&groups.map(|group| &hex[group]).join("-"))
    }
}
