//! Strings of JSON: the escapes in them, read and written.

use rustpython_vm::common::wtf8::{CodePoint, Wtf8, Wtf8Buf};

use crate::script::engine::library::json_mistake::JsonMistake;

/// The string whose first character is at byte `start` of `text`, behind its quote, and the byte behind its last quote.
pub(super) fn read(text: &Wtf8, start: usize, is_strict: bool) -> Result<ReadString, JsonMistake> {
    let bytes = text.as_bytes();
    let unterminated = JsonMistake::At("Unterminated string starting at", start.saturating_sub(1));
    let mut value = Wtf8Buf::new();
    let mut at = start;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let ends = |byte: &u8| matches!(byte, b'"' | b'\\') || (is_strict && *byte < 0x20);
        let Some(length) = rest.iter().position(ends) else {
            return Err(unterminated);
        };
        if let Some(plain) = text.get(at..at + length) {
            value.push_wtf8(plain);
        }
        at += length;
        match bytes[at] {
            b'"' => return Ok(ReadString { value, end: at + 1 }),
            b'\\' if at + 1 == bytes.len() => return Err(unterminated),
            b'\\' => at = read_escape(bytes, at, &mut value)?,
            _ => return Err(JsonMistake::At("Invalid control character at", at)),
        }
    }
}

/// A string that was read.
pub(super) struct ReadString {
    pub(super) value: Wtf8Buf,
    /// The byte behind it.
    pub(super) end: usize,
}

/// Adds what the escape at byte `at` stands for; the byte behind it.
fn read_escape(bytes: &[u8], at: usize, value: &mut Wtf8Buf) -> Result<usize, JsonMistake> {
    let character = match bytes[at + 1] {
        b'u' => return read_code_point(bytes, at, value),
        same @ (b'"' | b'\\' | b'/') => char::from(same),
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        _ => return Err(JsonMistake::At("Invalid \\escape", at)),
    };
    value.push_char(character);
    Ok(at + 2)
}

/// Adds the character of `\uXXXX` at byte `at`, with the other half behind it where it is one half of a pair.
fn read_code_point(bytes: &[u8], at: usize, value: &mut Wtf8Buf) -> Result<usize, JsonMistake> {
    let Some(first) = hexadecimal(bytes, at) else {
        return Err(JsonMistake::At("Invalid \\uXXXX escape", at + 1));
    };
    let second = hexadecimal(bytes, at + 6);
    if let (0xD800..=0xDBFF, Some(second @ 0xDC00..=0xDFFF)) = (first, second) {
        let joined = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        value.extend(CodePoint::from_u32(joined));
        return Ok(at + 12);
    }
    value.extend(CodePoint::from_u32(first));
    Ok(at + 6)
}

/// The number of `\uXXXX` at byte `at`, if that is there and something follows.
fn hexadecimal(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at + 7)?.strip_prefix(b"\\u")?;
    let mut digits = digits[..4]
        .iter()
        .map(|digit| char::from(*digit).to_digit(16));
    digits.try_fold(0, |number, digit| Some(number * 16 + digit?))
}

/// Writes `value` with its quotes, if need be in ASCII alone.
pub(super) fn write(value: &Wtf8, in_ascii: bool, to: &mut Wtf8Buf) {
    to.push_char('"');
    let bytes = value.as_bytes();
    let mut written = 0;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        let is_plain = byte >= 0x20 && byte != b'"' && byte != b'\\' && (byte < 0x7F || !in_ascii);
        if is_plain {
            at += 1;
            continue;
        }
        if let Some(plain) = value.get(written..at) {
            to.push_wtf8(plain);
        }
        let character = value.get(at..).and_then(|rest| rest.code_points().next());
        at += character.map_or(1, |character| character.len_wtf8());
        if let Some(character) = character {
            write_escape(character.to_u32(), to);
        }
        written = at;
    }
    if let Some(plain) = value.get(written..) {
        to.push_wtf8(plain);
    }
    to.push_char('"');
}

fn write_escape(character: u32, to: &mut Wtf8Buf) {
    match character {
        0x22 => to.push_str("\\\""),
        0x5C => to.push_str("\\\\"),
        0x08 => to.push_str("\\b"),
        0x0C => to.push_str("\\f"),
        0x0A => to.push_str("\\n"),
        0x0D => to.push_str("\\r"),
        0x09 => to.push_str("\\t"),
        0x10000.. => {
            let offset = character - 0x10000;
            write_unit(0xD800 + (offset >> 10), to);
            write_unit(0xDC00 + (offset & 0x3FF), to);
        }
        unit => write_unit(unit, to),
    }
}

fn write_unit(unit: u32, to: &mut Wtf8Buf) {
    to.push_str(&format!("\\u{unit:04x}"));
}
