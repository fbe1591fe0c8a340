//! Values as text: Python's `str` and `repr`, with numbers as Django shows them in English.

use std::fmt::Write as _;

use minijinja::value::{ObjectRepr, Value, ValueKind};

use crate::clock::Zone;
use crate::json::python;
use crate::templates::objects::{DecimalValue, DurationValue, TemporalValue};

/// How deep lists are followed: a longer nesting is cut, since it would end the stack.
const DEPTH: usize = 64;

/// What a page shows of `value`: an undefined one is nothing.
pub(super) fn text(value: &Value) -> String {
    match value.kind() {
        ValueKind::String => value.as_str().unwrap_or_default().to_owned(),
        ValueKind::Undefined => String::new(),
        ValueKind::Number if !value.is_integer() => localized_float(value),
        ValueKind::Bytes => bytes(value),
        _ if is_container(value) => repr(value),
        // `None`, `True` and `False` are written as in Python by the engine.
        _ => value.to_string(),
    }
}

/// `value` as Python's `str` writes it, which is what filters of text work on.
pub(super) fn plain(value: &Value) -> String {
    if let Some(found) = value.downcast_object_ref::<TemporalValue>() {
        return found
            .0
            .in_zone(&Zone::utc())
            .isoformat()
            .replacen('T', " ", 1);
    }
    if let Some(found) = value.downcast_object_ref::<DecimalValue>() {
        return found.0.to_string();
    }
    if value.kind() == ValueKind::Number && !value.is_integer() {
        return repr(value);
    }
    text(value)
}

/// Whether `value` is a list or a map of the engine: what an app hands over has words of its own.
fn is_container(value: &Value) -> bool {
    let Some(object) = value.as_object() else {
        return false;
    };
    let of_engine = ["alloc::", "indexmap::", "minijinja::"];
    let is_list = matches!(object.repr(), ObjectRepr::Seq | ObjectRepr::Map);
    is_list
        && of_engine
            .iter()
            .any(|room| object.type_name().starts_with(room))
}

/// A float in full, as Django's `localize`: `1e+20` is a one and twenty zeros.
fn localized_float(value: &Value) -> String {
    let Ok(number) = f64::try_from(value.clone()) else {
        return value.to_string();
    };
    if !number.is_finite() {
        return number.to_string().to_lowercase();
    }
    let short = python::float(number);
    let Some((_, exponent)) = short.split_once('e') else {
        return short;
    };
    // What would have more than 200 digits keeps its exponent.
    let digits = short.bytes().take_while(|byte| *byte != b'e');
    let digits = digits.filter(u8::is_ascii_digit).count();
    let zeros = exponent.trim_start_matches(['+', '-']).parse::<usize>();
    if zeros.unwrap_or_default() > 200 - digits.min(200) {
        return short;
    }
    number.to_string()
}

/// As Python writes a value in a list: text in quotes.
pub(super) fn repr(value: &Value) -> String {
    let mut out = String::new();
    write_repr(&mut out, value, Order::Kept, DEPTH);
    out
}

/// The same with the keys of maps in order.
pub(super) fn sorted_repr(value: &Value) -> String {
    let mut out = String::new();
    write_repr(&mut out, value, Order::Sorted, DEPTH);
    out
}

/// In which order the keys of a map are written.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Order {
    Kept,
    Sorted,
}

fn write_repr(out: &mut String, value: &Value, order: Order, depth: usize) {
    if let Some(found) = value.downcast_object_ref::<TemporalValue>() {
        out.push_str(&found.0.python_repr());
    } else if let Some(found) = value.downcast_object_ref::<DurationValue>() {
        out.push_str(&found.python_repr());
    } else if let Some(found) = value.downcast_object_ref::<DecimalValue>() {
        // Writing to memory cannot fail.
        write!(out, "Decimal('{}')", found.0).ok();
    } else {
        match value.kind() {
            ValueKind::Number if !value.is_integer() => {
                let number = f64::try_from(value.clone()).unwrap_or_default();
                let written = python::float(number).replace("Infinity", "inf");
                out.push_str(&written.replace("NaN", "nan"));
            }
            ValueKind::String => quote(out, value.as_str().unwrap_or_default()),
            ValueKind::Bytes => out.push_str(&bytes(value)),
            ValueKind::Seq | ValueKind::Map if depth == 0 => out.push_str("..."),
            ValueKind::Seq => sequence(out, value, order, depth),
            ValueKind::Map => map(out, value, order, depth),
            _ => write!(out, "{value}").unwrap_or_default(),
        }
    }
}

fn sequence(out: &mut String, value: &Value, order: Order, depth: usize) {
    let (open, close) = if value.is_tuple() {
        ('(', ')')
    } else {
        ('[', ']')
    };
    out.push(open);
    let mut count = 0;
    for item in value.try_iter().into_iter().flatten() {
        if count > 0 {
            out.push_str(", ");
        }
        write_repr(out, &item, order, depth - 1);
        count += 1;
    }
    if count == 1 && value.is_tuple() {
        out.push(',');
    }
    out.push(close);
}

fn map(out: &mut String, value: &Value, order: Order, depth: usize) {
    out.push('{');
    let mut keys: Vec<_> = value.try_iter().into_iter().flatten().collect();
    if order == Order::Sorted {
        keys.sort();
    }
    for (index, key) in keys.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write_repr(out, key, order, depth - 1);
        out.push_str(": ");
        let item = value.get_item(key).unwrap_or_default();
        write_repr(out, &item, order, depth - 1);
    }
    out.push('}');
}

/// Text in quotes: single ones, unless only they are in it.
pub(super) fn quote(out: &mut String, text: &str) {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => out.extend(['\\', c]),
            c if is_printable(c) => out.push(c),
            c => write!(out, "{}", escaped(c)).unwrap_or_default(),
        }
    }
    out.push(quote);
}

/// A character by its code, as Python escapes it.
pub(super) fn escaped(c: char) -> String {
    match u32::from(c) {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code @ 0x100..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// What Python prints as it is, apart from characters that no table of the standard library tells.
fn is_printable(c: char) -> bool {
    let is_format = matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e007f}'
    );
    c == ' ' || !c.is_control() && !c.is_whitespace() && !is_format
}

fn bytes(value: &Value) -> String {
    let mut out = String::from("b");
    let bytes = value.as_bytes().unwrap_or_default();
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') {
        '"'
    } else {
        '\''
    };
    out.push(quote);
    for byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            byte if char::from(*byte) == quote => out.extend(['\\', quote]),
            b' '..=b'~' => out.push(char::from(*byte)),
            byte => write!(out, "\\x{byte:02x}").unwrap_or_default(),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use minijinja::value::Value;

    use super::text;

    #[test]
    fn writes_what_python_writes() {
        let list = Value::from(vec![
            Value::from("it's"),
            Value::from(1.0),
            Value::from(()),
            Value::from(true),
            Value::from("a\u{1}\n\"'"),
        ]);
        assert_eq!(text(&list), r#"["it's", 1.0, None, True, 'a\x01\n"\'']"#);
        let map = Value::from_pairs([("a", list)]);
        assert!(text(&map).starts_with("{'a': [\"it's\""));
        assert_eq!(
            text(&Value::from_bytes(vec![0, b'a', b'\''])),
            r#"b"\x00a'""#
        );
        assert_eq!(text(&Value::from(1e20)), "100000000000000000000");
        assert_eq!(text(&Value::from(0.1)), "0.1");
        assert_eq!(text(&Value::from(f64::NAN)), "nan");
    }
}
