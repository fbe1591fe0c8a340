//! Writes JSON piece by piece.

use std::io::Write as _;

use crate::serializers::json::Json;

/// How JSON is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Spaces for each level, every item on a line of its own; none for one line.
    pub indent: Option<usize>,
    /// What stands between two items of one line.
    pub comma: &'static str,
    /// Whether characters beyond ASCII are escaped.
    pub ascii: bool,
}

impl Style {
    /// One line, with spaces.
    pub const COMPACT: Self = Self {
        indent: None,
        comma: ", ",
        ascii: false,
    };
}

/// JSON that grows in memory.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    style: Style,
    /// For each open list or object, whether it has an item.
    open: Vec<bool>,
    /// Whether a key was just written, whose value follows on the line.
    after_key: bool,
}

impl Writer {
    /// Writes in this style.
    pub fn new(style: Style) -> Self {
        Self {
            out: Vec::new(),
            style,
            open: Vec::new(),
            after_key: false,
        }
    }

    /// What was written since the last [`Writer::clear`].
    pub fn written(&self) -> &[u8] {
        &self.out
    }

    /// Forgets what was written.
    pub fn clear(&mut self) {
        self.out.clear();
    }

    /// Writes `text` outside of all style.
    pub fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Opens a list (`[`) or an object (`{`).
    pub fn open(&mut self, bracket: u8) {
        self.separate();
        self.out.push(bracket);
        self.open.push(false);
    }

    /// Closes the innermost list (`]`) or object (`}`).
    pub fn close(&mut self, bracket: u8) {
        if self.open.pop() == Some(true) {
            self.line();
        }
        self.out.push(bracket);
    }

    /// Writes a key.
    pub fn key(&mut self, name: &str) {
        self.string(name);
        self.raw(": ");
        self.after_key = true;
    }

    /// Writes a text.
    pub fn string(&mut self, text: &str) {
        self.separate();
        quote(&mut self.out, text, self.style.ascii);
    }

    /// Writes a whole number.
    pub fn integer(&mut self, number: i64) {
        self.separate();
        // Writing to memory cannot fail.
        write!(self.out, "{number}").ok();
    }

    /// Writes a number with a fraction.
    pub fn float(&mut self, number: f64) {
        self.token(&python_float(number));
    }

    /// Writes `null`, `true`, `false` or a number as it is.
    pub fn token(&mut self, token: &str) {
        self.separate();
        self.raw(token);
    }

    /// Writes a whole value.
    pub fn json(&mut self, value: &Json) {
        match value {
            Json::Null => self.token("null"),
            Json::Boolean(value) => self.token(if *value { "true" } else { "false" }),
            Json::Number(text) => self.token(&python_number(text)),
            Json::String(text) => self.string(text),
            Json::Array(items) => {
                self.open(b'[');
                for item in items {
                    self.json(item);
                }
                self.close(b']');
            }
            Json::Object(pairs) => {
                self.open(b'{');
                for (key, value) in pairs {
                    self.key(key);
                    self.json(value);
                }
                self.close(b'}');
            }
        }
    }

    /// Writes what stands in front of an item.
    fn separate(&mut self) {
        if std::mem::take(&mut self.after_key) {
            return;
        }
        let Some(has_items) = self.open.last_mut() else {
            return;
        };
        let follows = std::mem::replace(has_items, true);
        if self.style.indent.is_some() {
            if follows {
                self.out.push(b',');
            }
            self.line();
        } else if follows {
            self.raw(self.style.comma);
        }
    }

    fn line(&mut self) {
        if let Some(indent) = self.style.indent {
            self.out.push(b'\n');
            let width = indent * self.open.len();
            self.out.extend(std::iter::repeat_n(b' ', width));
        }
    }
}

fn quote(out: &mut Vec<u8>, text: &str, ascii: bool) {
    out.push(b'"');
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20) || ascii && *byte >= 0x7f;
    if text.bytes().any(|byte| special(&byte)) {
        text.chars().for_each(|c| escape(out, c, ascii));
    } else {
        out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
}

fn escape(out: &mut Vec<u8>, c: char, ascii: bool) {
    let short = match c {
        '"' => Some('"'),
        '\\' => Some('\\'),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        '\u{8}' => Some('b'),
        '\u{c}' => Some('f'),
        _ => None,
    };
    if let Some(short) = short {
        out.push(b'\\');
        out.extend_from_slice(short.encode_utf8(&mut [0; 4]).as_bytes());
    } else if c < ' ' || ascii && !(' '..='~').contains(&c) {
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to memory cannot fail.
            write!(out, "\\u{unit:04x}").ok();
        }
    } else {
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// A number of a document as Python writes it after reading: whole ones whole, others as doubles.
fn python_number(text: &str) -> String {
    if text == "-0" {
        return "0".to_owned();
    }
    let whole = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match text.parse() {
        Ok(number) if !whole => python_float(number),
        _ => text.to_owned(),
    }
}

/// `number` as Python's `repr` writes it.
fn python_float(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }
        .to_owned();
    }
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs());
    }
    let plain = number.to_string();
    if plain.contains('.') {
        plain
    } else {
        format!("{plain}.0")
    }
}
