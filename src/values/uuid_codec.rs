//! UUIDs, kept as 32 hexadecimal digits.

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::codec::Codec;
use crate::values::{FieldValue, Uuid};

/// `UUIDField`.
pub(super) struct UuidCodec;

impl Codec for UuidCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        value.as_text().and_then(Uuid::parse).map(FieldValue::Uuid)
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        let found = value.as_str().and_then(Uuid::parse);
        found.map(FieldValue::Uuid).ok_or("a UUID")
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        Uuid::parse(literal.as_str()?).map(FieldValue::Uuid)
    }
}
