//! Bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

/// `BinaryField`.
pub(super) struct BinaryCodec;

impl Codec for BinaryCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        match value {
            SqlValueRef::Blob(bytes) => Some(FieldValue::Bytes(bytes.to_vec())),
            SqlValueRef::Text(text) => Some(FieldValue::Bytes(text.as_bytes().to_vec())),
            _ => None,
        }
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        // Other tools break the lines of long values.
        let text = value
            .as_str()
            .map(|text| text.replace(char::is_whitespace, ""));
        let bytes = text.and_then(|text| STANDARD.decode(text).ok());
        bytes.map(FieldValue::Bytes).ok_or("bytes in base64")
    }

    /// The bytes of the text: TOML has no bytes.
    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        let text = literal.as_str()?;
        Some(FieldValue::Bytes(text.as_bytes().to_vec()))
    }
}
