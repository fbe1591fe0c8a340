//! The text of a variable as a value of the type of the value it takes the place of.

use std::net::Ipv6Addr;
use std::path::Path;

use crate::document::{Document, Item, Origin, Value};

/// `text` as a value of the type of `example`; nothing where it cannot be one.
pub(super) fn parse(text: &str, example: &Value, origin: &Origin) -> Option<Value> {
    let trimmed = text.trim();
    match example {
        Value::String(_) => Some(Value::String(text.to_owned())),
        Value::Integer(_) => trimmed.parse().ok().map(Value::Integer),
        Value::Float(_) => trimmed.parse().ok().map(Value::Float),
        Value::Boolean(_) => boolean(trimmed).map(Value::Boolean),
        Value::Datetime(_) => toml(trimmed, origin).filter(|value| is_alike(value, example)),
        Value::Array(items) => list(trimmed, items.first(), origin),
        Value::Table(_) => None,
    }
}

/// What a text must be to become a value of the type of `example`, for messages.
pub(super) fn expected(example: &Value) -> &'static str {
    match example {
        Value::String(_) => "text",
        Value::Integer(_) => "a whole number",
        Value::Float(_) => "a number",
        Value::Boolean(_) => "`true` or `false`",
        Value::Datetime(_) => "a date or time: `2026-05-01` or `12:30:00`",
        Value::Array(items) => match items.first().map(|item| &item.value) {
            Some(Value::Integer(_)) => "a list of whole numbers: `1,2` or `[1, 2]`",
            Some(Value::Float(_)) => "a list of numbers: `0.5,1` or `[0.5, 1.0]`",
            Some(Value::Boolean(_)) => "a list of `true` and `false`",
            Some(Value::Array(_) | Value::Table(_)) => "a list as in TOML, its items of one type",
            _ => "a list: `a,b` or `[\"a\", \"b\"]`",
        },
        Value::Table(_) => "several variables, one for each key of the table",
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" | "" => Some(false),
        _ => None,
    }
}

/// A list in TOML, or words between commas; each item is of the type of `example`.
fn list(text: &str, example: Option<&Item>, origin: &Origin) -> Option<Value> {
    let words_are_text = Value::String(String::new());
    let example = example.map_or(&words_are_text, |item| &item.value);
    if let Some(Value::Array(items)) = toml(text, origin).filter(|_| text.starts_with('[')) {
        let are_alike = items.iter().all(|item| is_alike(&item.value, example));
        return are_alike.then_some(Value::Array(items));
    }
    let words: Vec<_> = text.split(',').map(str::trim).collect();
    let words = words.into_iter().filter(|word| !word.is_empty());
    let items = words.map(|word| {
        let value = parse(word, example, origin).filter(|_| is_plain(word))?;
        Some(Item {
            value,
            origin: origin.clone(),
        })
    });
    Some(Value::Array(items.collect::<Option<_>>()?))
}

/// Whether `word` is not a part of a TOML list that was mistyped; `[::1]` is an address.
fn is_plain(word: &str) -> bool {
    let in_brackets = word
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        .is_some_and(|(address, _)| address.parse::<Ipv6Addr>().is_ok());
    in_brackets || !word.contains(['[', ']', '"', '\''])
}

/// `text` as TOML; whatever is in it stands at `origin`, as the variable has no lines that a person could find.
fn toml(text: &str, origin: &Origin) -> Option<Value> {
    let document = Document::parse(Path::new("variable"), &format!("value = {text}")).ok()?;
    match document.root().entries() {
        [entry] => Some(entry.item.value.clone().at(origin)),
        _ => None,
    }
}

fn is_alike(left: &Value, right: &Value) -> bool {
    left.type_name() == right.type_name()
}

#[cfg(test)]
mod tests {
    use super::{Document, Origin, Path, Value, parse};

    fn read(text: &str, example: &str) -> Option<String> {
        let document = Document::parse(Path::new("a"), &format!("a = {example}")).unwrap();
        let example = &document.root().get("a").unwrap().value;
        let value = parse(text, example, &Origin::named("X"))?;
        Some(plain(&value))
    }

    fn plain(value: &Value) -> String {
        match value {
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| plain(&item.value)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Table(_) => "{}".to_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_text_becomes_what_it_takes_the_place_of() {
        for (text, example, expected) in [
            ("false", "true", "Boolean(false)"),
            ("false", "'x'", "String(\"false\")"),
            (" 7 ", "1", "Integer(7)"),
            ("7", "1.5", "Float(7.0)"),
            ("7", "'1'", "String(\"7\")"),
            ("2026-05-01", "2025-01-01", "Datetime(\"2026-05-01\")"),
            ("a, b", "['x']", "[String(\"a\"), String(\"b\")]"),
            ("a", "[]", "[String(\"a\")]"),
            ("", "['x']", "[]"),
            ("1,2", "[3]", "[Integer(1), Integer(2)]"),
            ("[1, 2]", "[3]", "[Integer(1), Integer(2)]"),
            ("[::1], b", "[]", "[String(\"[::1]\"), String(\"b\")]"),
            ("[[1], [2]]", "[[3]]", "[[Integer(1)], [Integer(2)]]"),
            ("[{a = 1}]", "[{a = 2}]", "[{}]"),
        ] {
            assert_eq!(read(text, example).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_text_that_cannot_become_that_is_nothing() {
        for (text, example) in [
            ("maybe", "true"),
            ("1.5", "1"),
            ("", "1"),
            ("a", "[1]"),
            ("['a']", "[1]"),
            ("['a', 1]", "['x']"),
            ("[\"a\", \"b\"", "['x']"),
            ("[a, b]", "['x']"),
            ("soon", "2025-01-01"),
            ("1", "{ a = 1 }"),
            ("1\nb = 2", "2025-01-01"),
        ] {
            assert_eq!(read(text, example), None, "{text}");
        }
    }
}
