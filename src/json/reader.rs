//! Reads JSON from a stream, value by value, and knows the line.

use std::io::{self, Read};

use crate::json::Json;
use crate::json::error::JsonError;
use crate::json::json_text::JsonText;
use crate::json::open_value::{ObjectKey, OpenObject, OpenValue};

/// How deep arrays and objects of one value may lie in each other; more would exhaust the stack of who goes through them.
/// SQLite takes as many in a column, of which Python reads some 970.
const MAX_VALUE_DEPTH: usize = 1000;

/// The same of a stream: a fixture lays the values of columns into objects.
const MAX_DEPTH: usize = MAX_VALUE_DEPTH + 10;

/// The size of the window on the stream, unless the whole is shorter.
const WINDOW_SIZE: usize = 64 * 1024;

/// A stream of JSON; holds one value at a time.
#[derive(Debug)]
pub struct JsonReader<R> {
    source: R,
    window: Vec<u8>,
    start: usize,
    end: usize,
    line: usize,
    /// Bytes before the window.
    passed: usize,
    /// Where the line begins, in bytes, each character of it counted as one so far.
    line_start: usize,
    /// How deep objects lie in which no key comes twice.
    unique_depth: usize,
    /// How deep arrays and objects may lie in each other.
    max_depth: usize,
}

impl Json {
    /// Reads a document that is nothing but one value.
    pub fn parse(text: &str) -> Option<Self> {
        let window = text.len().clamp(1, WINDOW_SIZE);
        let reader = JsonReader::with_window(text.as_bytes(), window);
        let mut reader = reader.max_depth(MAX_VALUE_DEPTH);
        let value = reader.value().ok()?;
        reader.is_at_end().ok()?.then_some(value)
    }
}

impl<R: Read> JsonReader<R> {
    /// Reads from `source`.
    pub fn new(source: R) -> Self {
        Self::with_window(source, WINDOW_SIZE)
    }

    fn with_window(source: R, size: usize) -> Self {
        Self {
            source,
            window: vec![0; size],
            start: 0,
            end: 0,
            line: 1,
            passed: 0,
            line_start: 0,
            unique_depth: 0,
            max_depth: MAX_DEPTH,
        }
    }

    /// Refuses a key that comes twice in objects that lie less than `depth` deep in a value; elsewhere the last one
    /// counts, as in Python.
    #[must_use]
    pub fn unique_keys(mut self, depth: usize) -> Self {
        self.unique_depth = depth;
        self
    }

    /// Refuses arrays and objects that lie deeper in each other than `depth`.
    #[must_use]
    pub fn max_depth(mut self, depth: usize) -> Self {
        self.max_depth = depth;
        self
    }

    /// The character of the line that is read, from 1.
    pub fn column(&self) -> usize {
        (self.passed + self.start).saturating_sub(self.line_start) + 1
    }

    /// The line that is read, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The first byte that is not a space, without taking it; none at the end.
    pub fn peek(&mut self) -> Result<Option<u8>, JsonError> {
        while let Some(byte) = self.byte()? {
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.line_start = self.passed + self.start + 1;
                }
                b' ' | b'\t' | b'\r' => {}
                // What Windows puts in front of UTF-8.
                0xef if self.line == 1 => {
                    self.byte_order_mark()?;
                    continue;
                }
                // How UTF-16 begins.
                0xfe | 0xff if self.passed + self.start == 0 => return Err(JsonError::Utf16),
                _ => return Ok(Some(byte)),
            }
            self.start += 1;
        }
        Ok(None)
    }

    /// Takes `byte`, spaces in front of it passed over; whether it is there.
    pub fn take(&mut self, byte: u8) -> Result<bool, JsonError> {
        let found = self.peek()? == Some(byte);
        self.start += usize::from(found);
        Ok(found)
    }

    /// Whether nothing but space is left.
    pub fn is_at_end(&mut self) -> Result<bool, JsonError> {
        Ok(self.peek()?.is_none())
    }

    /// The next value.
    ///
    /// What is open is on the heap: a stack would be exhausted by brackets that anybody can send.
    pub fn value(&mut self) -> Result<Json, JsonError> {
        let mut open = Vec::new();
        loop {
            let mut complete = self.begin(&mut open)?;
            while let Some(value) = complete {
                if open.is_empty() {
                    return Ok(value);
                }
                complete = self.add(value, &mut open)?;
            }
        }
    }

    /// The error that `message` describes, at this line.
    pub fn malformed(&self, message: impl Into<String>) -> JsonError {
        JsonError::Malformed {
            line: self.line,
            column: self.column(),
            message: message.into(),
        }
    }

    /// Opens the array or object that begins here, or returns the value that is neither or empty.
    fn begin(&mut self, open: &mut Vec<OpenValue>) -> Result<Option<Json>, JsonError> {
        let is_array = match self.peek()? {
            Some(b'[') => true,
            Some(b'{') => false,
            Some(b'"') => return self.string().map(Some),
            Some(_) => return self.word().map(Some),
            None => return Err(self.malformed("the text ends where a value is expected")),
        };
        if open.len() == self.max_depth {
            return Err(self.malformed("the values lie too deep in each other"));
        }
        self.start += 1;
        if is_array {
            if self.take(b']')? {
                return Ok(Some(Json::Array(Vec::new())));
            }
            open.push(OpenValue::Array(Vec::new()));
        } else {
            if self.take(b'}')? {
                return Ok(Some(Json::Object(Vec::new())));
            }
            open.push(OpenValue::Object(OpenObject::new(self.key()?)));
        }
        Ok(None)
    }

    /// Adds `value` to what was opened last; returns that where it ends here.
    fn add(&mut self, value: Json, open: &mut Vec<OpenValue>) -> Result<Option<Json>, JsonError> {
        let is_unique = open.len() <= self.unique_depth;
        let (end, wanted) = match open.last_mut() {
            None => return Ok(Some(value)),
            Some(OpenValue::Array(items)) => {
                items.push(value);
                (b']', "`,` or `]`")
            }
            Some(OpenValue::Object(object)) => {
                object.add(value, is_unique)?;
                (b'}', "`,` or `}`")
            }
        };
        if self.take(end)? {
            return Ok(open.pop().map(OpenValue::into_json));
        }
        self.expect(b',', wanted)?;
        if let Some(OpenValue::Object(object)) = open.last_mut() {
            object.key = self.key()?;
        }
        Ok(None)
    }

    /// The key that begins here, and the colon behind it.
    fn key(&mut self) -> Result<ObjectKey, JsonError> {
        if self.peek()? != Some(b'"') {
            return Err(self.unexpected("a key in quotes"));
        }
        let (line, column) = (self.line, self.column());
        let Json::String(text) = self.string()? else {
            return Err(self.malformed("a key with half a surrogate pair"));
        };
        self.expect(b':', "`:`")?;
        Ok(ObjectKey { text, line, column })
    }

    fn expect(&mut self, byte: u8, wanted: &str) -> Result<(), JsonError> {
        if self.take(byte)? {
            return Ok(());
        }
        Err(self.unexpected(wanted))
    }

    fn unexpected(&mut self, wanted: &str) -> JsonError {
        match self.byte() {
            Ok(Some(byte)) if byte.is_ascii_graphic() => {
                self.malformed(format!("`{}` where {wanted} is expected", char::from(byte)))
            }
            Ok(Some(_)) => self.malformed(format!("{wanted} is expected")),
            Ok(None) => self.malformed(format!("the text ends where {wanted} is expected")),
            Err(error) => error,
        }
    }

    /// A number or one of JSON's words.
    fn word(&mut self) -> Result<Json, JsonError> {
        let (line, column) = (self.line, self.column());
        let mut word = Vec::new();
        while let Some(byte) = self.byte()?.filter(|byte| is_word(*byte)) {
            word.push(byte);
            self.start += 1;
        }
        let word = String::from_utf8_lossy(&word).into_owned();
        match word.as_str() {
            "null" => Ok(Json::Null),
            "true" => Ok(Json::Boolean(true)),
            "false" => Ok(Json::Boolean(false)),
            "NaN" | "Infinity" | "-Infinity" => Ok(Json::Number(word)),
            "" => Err(self.unexpected("a value")),
            _ if is_number(&word) => Ok(Json::Number(word)),
            _ => Err(JsonError::Malformed {
                line,
                column,
                message: format!("`{word}` is not a value"),
            }),
        }
    }

    /// A text between quotes.
    fn string(&mut self) -> Result<Json, JsonError> {
        self.start += 1;
        let mut text = JsonText::default();
        loop {
            if self.byte()?.is_none() {
                return Err(self.malformed("the text ends within a string"));
            }
            let window = &self.window[self.start..self.end];
            let plain = window
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
            let length = plain.unwrap_or(window.len());
            text.extend(&window[..length]);
            // A character is one column, however many bytes it has.
            let continued = window[..length].iter().filter(|byte| **byte & 0xc0 == 0x80);
            self.line_start += continued.count();
            self.start += length;
            match plain.map(|at| window[at]) {
                None => {}
                Some(b'"') => {
                    self.start += 1;
                    break;
                }
                Some(b'\\') => {
                    self.start += 1;
                    text.push(self.escape()?);
                }
                Some(_) => return Err(self.malformed("a control character within a string")),
            }
        }
        text.finish()
            .ok_or_else(|| self.malformed("a string that is not UTF-8"))
    }

    /// What an escape stands for: a character, or in hexadecimal a unit of UTF-16.
    fn escape(&mut self) -> Result<u16, JsonError> {
        let byte = self.byte()?;
        self.start += 1;
        Ok(u16::from(match byte {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 0x8,
            Some(b'f') => 0xc,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => return self.unit(),
            _ => return Err(self.malformed("an unknown escape within a string")),
        }))
    }

    fn unit(&mut self) -> Result<u16, JsonError> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.byte()?.and_then(|byte| char::from(byte).to_digit(16));
            let digit = digit.and_then(|digit| u16::try_from(digit).ok());
            let digit = digit.ok_or_else(|| self.malformed("an unknown escape within a string"))?;
            unit = unit << 4 | digit;
            self.start += 1;
        }
        Ok(unit)
    }

    fn byte_order_mark(&mut self) -> Result<(), JsonError> {
        for wanted in [0xef, 0xbb, 0xbf] {
            if self.byte()? != Some(wanted) {
                return Err(self.malformed("a value is expected"));
            }
            self.start += 1;
        }
        // It does not count as a character of the line.
        self.line_start = self.passed + self.start;
        Ok(())
    }

    /// The next byte, without taking it; none at the end.
    fn byte(&mut self) -> Result<Option<u8>, JsonError> {
        if self.start == self.end {
            self.passed += self.end;
            self.start = 0;
            self.end = loop {
                match self.source.read(&mut self.window) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    read => break read?,
                }
            };
        }
        Ok((self.start < self.end).then(|| self.window[self.start]))
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_')
}

/// Whether `word` is a number by JSON's grammar.
fn is_number(word: &str) -> bool {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let bare = |text: &str| digits(text.strip_prefix(['+', '-']).unwrap_or(text));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(bare)
}
