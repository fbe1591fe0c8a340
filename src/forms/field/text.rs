//! Fields whose values are texts, or are written as such.

use std::net::Ipv6Addr;

use crate::clock::Zone;
use crate::forms::field::context::Errors;
use crate::forms::field::{FormField, FormFieldKind};
use crate::forms::form_value::FormInput;
use crate::json::Json;
use crate::values::{FieldValue, Uuid};

/// The text that was sent, in the form of the field.
pub(super) fn to_python(
    field: &FormField,
    input: &FormInput<'_>,
    zone: &Zone,
) -> Result<FieldValue, Errors> {
    if let FormFieldKind::Json = field.kind {
        return json(field, input);
    }
    let sent = input.to_text(zone).unwrap_or_default();
    let text = if field.strip { stripped(&sent) } else { &sent };
    let text = match field.normalize {
        Some(normalize) if !field.is_too_long(text) => normalize(text),
        _ => text.to_owned(),
    };
    match &field.kind {
        _ if text.is_empty() => Ok(empty(field)),
        FormFieldKind::Url { assume_scheme } => {
            Ok(FieldValue::Text(with_scheme(text, assume_scheme)))
        }
        FormFieldKind::GenericIpAddress { unpack_ipv4, .. } => address(field, text, *unpack_ipv4),
        FormFieldKind::Uuid => match Uuid::parse(&text) {
            Some(uuid) => Ok(FieldValue::Uuid(uuid)),
            None => Err(vec![field.error("invalid", "Enter a valid UUID.")]),
        },
        _ => Ok(FieldValue::Text(text)),
    }
}

fn empty(field: &FormField) -> FieldValue {
    match field.kind {
        FormFieldKind::Uuid => FieldValue::Null,
        _ if field.empty_is_null => FieldValue::Null,
        _ => FieldValue::Text(String::new()),
    }
}

impl FormField {
    fn is_too_long(&self, text: &str) -> bool {
        self.limits.max_length.is_some_and(|limit| {
            let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
            length > limit
        })
    }
}

/// `text` without what Python's `strip` takes off.
pub(super) fn stripped(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c))
}

/// A URL without a scheme gets one.
fn with_scheme(text: String, scheme: &str) -> String {
    let own = text.split_once(':').map(|(own, _)| own);
    let is_scheme = own.is_some_and(|own| {
        own.starts_with(|c: char| c.is_ascii_alphabetic()) && !own.contains('/')
    });
    match text.strip_prefix("//") {
        _ if is_scheme => text,
        Some(rest) => format!("{scheme}://{rest}"),
        None => format!("{scheme}://{text}"),
    }
}

/// An address of IPv6 in its shortest form; others stay as they are, and are judged by the validator.
fn address(field: &FormField, text: String, unpack_ipv4: bool) -> Result<FieldValue, Errors> {
    if !text.contains(':') {
        return Ok(FieldValue::Text(text));
    }
    // A zone (`%eth0`) is this machine's business and no part of the address.
    let bare = text.split_once('%').map_or(text.as_str(), |(bare, _)| bare);
    let Ok(address) = bare.parse::<Ipv6Addr>() else {
        let error = field.error("invalid", "This is not a valid IPv6 address.");
        return Err(vec![error]);
    };
    let shortest = match address.to_ipv4_mapped() {
        Some(inner) if unpack_ipv4 => inner.to_string(),
        // Python writes a mapped address with its last part as an address of IPv4.
        Some(inner) => format!("::ffff:{inner}"),
        None => address.to_string(),
    };
    Ok(FieldValue::Text(shortest))
}

fn json(field: &FormField, input: &FormInput<'_>) -> Result<FieldValue, Errors> {
    let text = match input {
        FormInput::Text(text) => text,
        FormInput::Value(value) => match &**value {
            FieldValue::Text(text) => text.as_str(),
            value => return Ok(value.clone()),
        },
        _ => return Ok(FieldValue::Null),
    };
    if text.is_empty() {
        return Ok(FieldValue::Null);
    }
    match Json::parse(text) {
        Some(Json::Null) => Ok(FieldValue::Null),
        Some(document) => Ok(FieldValue::Json(document)),
        None => {
            let error = field.error("invalid", "Enter a valid JSON.");
            Err(vec![error.with("value", text)])
        }
    }
}
