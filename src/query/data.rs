//! Values as a program sees them, apart from how a column keeps them.

use std::fmt;

use crate::clock::{Date, Moment, TimeOfDay};
use crate::query::Decimal;

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// No value.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, in binary.
    Float(f64),
    /// A number with a fraction, in decimal.
    Decimal(Decimal),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A moment.
    Moment(Moment),
    /// A day.
    Date(Date),
    /// A time of day.
    Time(TimeOfDay),
    /// Microseconds.
    Duration(i64),
    /// A UUID.
    Uuid(Uuid),
    /// A JSON document, as text.
    Json(String),
}

/// A UUID (RFC 9562).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Uuid(u128);

impl Uuid {
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
