//! Addresses, IPv6 in its shortest form.

use std::net::Ipv6Addr;

use crate::clock::Zone;
use crate::db::SqlValueRef;
use crate::json::Json;
use crate::models::Literal;
use crate::values::FieldValue;
use crate::values::codec::Codec;

/// `GenericIPAddressField`.
pub(super) struct IpAddressCodec {
    pub(super) unpack_ipv4: bool,
}

impl Codec for IpAddressCodec {
    fn read_column(&self, value: SqlValueRef<'_>) -> Option<FieldValue> {
        FieldValue::untyped(value)
    }

    fn read_json(&self, value: &Json, _: &Zone) -> Result<FieldValue, &'static str> {
        let text = value.as_str().ok_or("an address")?;
        Ok(FieldValue::Text(address(text.trim(), self.unpack_ipv4)))
    }

    fn read_literal(&self, literal: &Literal) -> Option<FieldValue> {
        let text = literal.as_str()?;
        Some(FieldValue::Text(address(text.trim(), self.unpack_ipv4)))
    }
}

/// The address in its shortest form, without the zone it may name; a text that is not an address stays as it is.
fn address(text: &str, unpack_ipv4: bool) -> String {
    let bare = match text.split_once('%') {
        Some((address, zone)) if !zone.is_empty() && !zone.contains('%') => address,
        _ => text,
    };
    match bare.parse::<Ipv6Addr>() {
        Ok(address) => match address.to_ipv4_mapped().filter(|_| unpack_ipv4) {
            Some(inner) => inner.to_string(),
            None => address.to_string(),
        },
        Err(_) => text.to_owned(),
    }
}
