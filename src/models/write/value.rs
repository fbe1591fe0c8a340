//! Values as TOML writes them.

use crate::models::Literal;
use crate::models::write::inline;

/// A key: bare where it can be.
pub fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(bare) {
        return name.to_owned();
    }
    text(name)
}

/// Text between quotes; literal where it has backslashes alone to escape.
pub fn text(text: &str) -> String {
    let literal = |c: char| c != '\'' && !c.is_control();
    if text.contains(['\\', '"']) && text.chars().all(literal) {
        return format!("'{text}'");
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&escape(c)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn escape(c: char) -> String {
    format!("\\u{:04X}", u32::from(c))
}

/// A value.
pub fn literal(value: &Literal) -> String {
    match value {
        // Nothing that is read from a file holds it, so that nothing writes it.
        Literal::Null => text(""),
        Literal::String(value) => text(value),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) if number.is_nan() => "nan".to_owned(),
        Literal::Float(number) => format!("{number:?}"),
        Literal::Boolean(value) => value.to_string(),
        Literal::Datetime(moment) => moment.clone(),
        Literal::List(items) => {
            let items: Vec<_> = items.iter().map(literal).collect();
            format!("[{}]", items.join(", "))
        }
        Literal::Map(pairs) => {
            let pairs = pairs.iter();
            let pairs: Vec<_> = pairs
                .map(|(name, value)| (name.clone(), literal(value)))
                .collect();
            inline(&pairs)
        }
    }
}

/// A list of texts.
pub fn texts(items: &[String]) -> String {
    let items: Vec<_> = items.iter().map(|item| text(item)).collect();
    format!("[{}]", items.join(", "))
}
