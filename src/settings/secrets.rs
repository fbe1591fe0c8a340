//! What no message and no listing shows.

use crate::document::Value;

/// What stands in the place of a secret.
pub(super) const MASK: &str = "\"********\"";

/// What stands in a message in the place of a quoted text of the environment.
pub(super) const MASKED: &str = "`********`";

/// The texts in a value: itself or its items, whole and between commas.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) | Value::Datetime(text) => {
            let parts = text.split(',').map(str::trim);
            let texts = [text.as_str(), text.trim()].into_iter().chain(parts);
            let texts = texts.filter(|text| !text.is_empty());
            texts.map(ToOwned::to_owned).collect()
        }
        Value::Integer(number) => vec![number.to_string()],
        Value::Float(number) => vec![number.to_string()],
        Value::Boolean(value) => vec![value.to_string()],
        Value::Array(items) => items.iter().flat_map(|item| texts(&item.value)).collect(),
        Value::Table(table) => {
            let items = table.entries().iter().map(|entry| &entry.item.value);
            items.flat_map(texts).collect()
        }
    }
}

/// `message` without those of `texts`, and without parts of them, that it quotes, or that it ends with.
pub(super) fn without_texts(message: &str, texts: &[String]) -> String {
    let mut masked = message.to_owned();
    for text in texts {
        for shown in [text, &text.to_uppercase(), &text.to_lowercase()] {
            masked = masked.replace(&format!("`{shown}`"), MASKED);
        }
        if let Some(start) = masked.strip_suffix(&format!(", not {text}")) {
            masked = format!("{start}, not {MASKED}");
        }
    }
    // Between two quotes stands one word of the message; the others are not within them.
    let parts = masked.split('`').enumerate();
    let parts = parts.map(|(place, part)| {
        let is_quoted = place % 2 == 1 && !part.is_empty();
        let is_known = is_quoted && texts.iter().any(|text| text.contains(part));
        if is_known {
            MASKED.trim_matches('`')
        } else {
            part
        }
    });
    parts.collect::<Vec<_>>().join("`")
}

/// Parts of names whose values are secret, as in Django's debug page.
const SECRET_WORDS: [&str; 7] = [
    "api",
    "token",
    "key",
    "secret",
    "pass",
    "signature",
    "credential",
];

/// Whether a value called `name` is probably a secret.
pub fn is_called_so(name: &str) -> bool {
    let name = name.to_lowercase();
    SECRET_WORDS.iter().any(|part| name.contains(part))
}

/// Whether the setting at `path`, one of djr's own, is a secret.
pub(super) fn is_secret_setting(path: &str) -> bool {
    let names = [
        "secret_key_fallbacks",
        ".password",
        ".access_key",
        ".secret_key",
        ".security_token",
    ];
    names.iter().any(|name| path.ends_with(name))
}

/// An address such as `redis://user:secret@host` without its secret.
pub(super) fn without_password(text: &str) -> String {
    let address = text.split_once("://");
    let Some((scheme, rest)) = address else {
        return text.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://********@{host}"),
        None => text.to_owned(),
    }
}
