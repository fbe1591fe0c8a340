//! UUIDs, kept as 32 hexadecimal digits.

use std::fmt;

use crate::clock::Zone;
use crate::crypto;
use crate::db::SqlValue;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

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

/// `UUIDField`.
pub(super) struct UuidCodec;

impl Codec for UuidCodec {
    fn from_column(&self, value: SqlValue) -> Result<FieldValue, SqlValue> {
        let found = value.as_text().and_then(Uuid::parse);
        found.map(FieldValue::Uuid).ok_or(value)
    }

    fn from_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        let found = value.as_str().and_then(Uuid::parse);
        found.map(FieldValue::Uuid).ok_or("a UUID")
    }

    fn from_literal(&self, literal: &Literal) -> Option<FieldValue> {
        Uuid::parse(literal.as_str()?).map(FieldValue::Uuid)
    }
}
