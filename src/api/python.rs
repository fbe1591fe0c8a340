//! What Python makes of JSON where Django REST framework leaves a value to `str`, `int` or `float`.

use crate::json::{Json, python};

/// The name of the type that a JSON value has in Python.
pub(super) fn type_name(value: &Json) -> &'static str {
    match value {
        Json::Null => "NoneType",
        Json::Boolean(_) => "bool",
        Json::Number(text) if is_whole(text) => "int",
        Json::Number(_) => "float",
        Json::String(_) | Json::Utf16(_) => "str",
        Json::Array(_) => "list",
        Json::Object(_) => "dict",
    }
}

/// `str(value)`.
pub(super) fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Utf16(units) => String::from_utf16_lossy(units),
        other => repr(other),
    }
}

/// `repr(value)`.
fn repr(value: &Json) -> String {
    match value {
        Json::Null => "None".to_owned(),
        Json::Boolean(true) => "True".to_owned(),
        Json::Boolean(false) => "False".to_owned(),
        Json::Number(text) => number(text),
        Json::String(text) => quoted(text),
        Json::Utf16(units) => quoted(&String::from_utf16_lossy(units)),
        Json::Array(items) => {
            let items: Vec<_> = items.iter().map(repr).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(pairs) => {
            let pairs = pairs.iter();
            let pairs: Vec<_> = pairs
                .map(|(key, value)| format!("{}: {}", quoted(key), repr(value)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

fn quoted(text: &str) -> String {
    let mark = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(mark);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == mark => out.extend(['\\', c]),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out.push(mark);
    out
}

/// A number of a document as Python writes it.
fn number(text: &str) -> String {
    match text.parse() {
        _ if text == "-0" => "0".to_owned(),
        Ok(number) if !is_whole(text) => python::float(number),
        _ => text.to_owned(),
    }
}

/// Whether Python reads the number `text` of a document as an `int`.
pub(super) fn is_whole(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

/// The number of a text as `int` reads it, those beyond 128 bits as the nearest that is not.
pub(super) fn int(text: &str) -> Option<i128> {
    let text = digits(text)?;
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(&text);
    if unsigned.is_empty() || !unsigned.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let beyond = if text.starts_with('-') {
        i128::MIN
    } else {
        i128::MAX
    };
    Some(text.parse().unwrap_or(beyond))
}

/// The number of a text as `float` reads it.
pub(super) fn float(text: &str) -> Option<f64> {
    let text = digits(text)?.to_ascii_lowercase();
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(&text);
    // Rust reads the same words for infinity and for what is not a number.
    let starts_well = unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let is_word = matches!(unsigned, "inf" | "infinity" | "nan");
    (starts_well || is_word).then(|| text.parse().ok())?
}

/// A number without the spaces around it and the `_` between its digits, digits of other scripts as ours.
pub(super) fn digits(text: &str) -> Option<String> {
    let text = strip(text);
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
        let c = digit(c);
        if c == '_' {
            before.filter(char::is_ascii_digit)?;
        } else {
            if before == Some('_') && !c.is_ascii_digit() {
                return None;
            }
            out.push(c);
        }
        before = Some(c);
    }
    (before != Some('_')).then_some(out)
}

/// The zeros of scripts whose digits people type.
const ZEROS: [char; 12] = [
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}',
    '\u{c66}', '\u{ce6}', '\u{e50}', '\u{ff10}',
];

/// `text` with digits of other scripts as ours.
pub(super) fn with_our_digits(text: &str) -> String {
    text.chars().map(digit).collect()
}

fn digit(c: char) -> char {
    let distance = |zero: char| u32::from(c).checked_sub(u32::from(zero));
    let mut values = ZEROS.into_iter().filter_map(distance);
    let value = values.find(|value| *value < 10);
    value
        .and_then(|value| char::from_digit(value, 10))
        .unwrap_or(c)
}

/// `str.strip`, which takes separators of ASCII for space too.
pub(super) fn strip(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::{float, int, text};
    use crate::json::Json;

    #[test]
    fn reads_numbers_as_python() {
        for (given, number) in [
            (" 1_0 ", Some(10)),
            ("１２", Some(12)),
            ("+5", Some(5)),
            ("1__0", None),
            ("_1", None),
            ("1_", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(int(given), number, "{given}");
        }
        assert_eq!(float("1_0.5"), Some(10.5));
        assert_eq!(float(" .5 "), Some(0.5));
        assert_eq!(float("infinit"), None);
        assert!(float("nan").is_some_and(f64::is_nan));
    }

    #[test]
    fn writes_values_as_python() {
        let json = Json::parse(r#"[1, 1.50, "a'b", {"x": null}, true]"#).unwrap();
        assert_eq!(text(&json), r#"[1, 1.5, "a'b", {'x': None}, True]"#);
    }
}
