//! Writes JSON piece by piece.

use std::io::Write as _;
use std::string::FromUtf8Error;

use crate::json::{Json, python};

/// How JSON is laid out.
#[derive(Clone, Copy, Debug)]
pub struct JsonStyle {
    /// Spaces for each level, every item on a line of its own; none for one line.
    pub indent: Option<usize>,
    /// What stands between two items of one line.
    pub comma: &'static str,
    /// What stands behind a key.
    pub colon: &'static str,
    /// Whether characters beyond ASCII are escaped.
    pub ascii: bool,
}

impl JsonStyle {
    /// One line, with spaces.
    pub const COMPACT: Self = Self {
        indent: None,
        comma: ", ",
        colon: ": ",
        ascii: false,
    };

    /// As Python's `json.dumps(value, separators=(",", ":"))` writes it.
    pub const WITHOUT_SPACES: Self = Self {
        indent: None,
        comma: ",",
        colon: ":",
        ascii: true,
    };
}

/// JSON that grows in memory.
#[derive(Debug)]
pub struct JsonWriter {
    out: Vec<u8>,
    style: JsonStyle,
    /// For each open list or object, whether it has an item.
    open: Vec<bool>,
    /// Whether a key was just written, whose value follows on the line.
    after_key: bool,
}

impl JsonWriter {
    /// Writes in this style.
    pub fn new(style: JsonStyle) -> Self {
        Self {
            out: Vec::new(),
            style,
            open: Vec::new(),
            after_key: false,
        }
    }

    /// What was written since the last [`JsonWriter::clear`].
    pub fn written(&self) -> &[u8] {
        &self.out
    }

    /// What was written since the last [`JsonWriter::clear`], as text.
    pub fn into_text(self) -> String {
        let lossy = |error: FromUtf8Error| String::from_utf8_lossy(error.as_bytes()).into_owned();
        String::from_utf8(self.out).unwrap_or_else(lossy)
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
        self.raw(self.style.colon);
        self.after_key = true;
    }

    /// Writes a text.
    pub fn string(&mut self, text: &str) {
        self.separate();
        python::quote(&mut self.out, text, self.style.ascii);
    }

    /// Writes a text, half pairs as escapes whatever the style: nothing else can say them.
    fn utf16(&mut self, units: &[u16]) {
        self.separate();
        self.out.push(b'"');
        for decoded in char::decode_utf16(units.iter().copied()) {
            match decoded {
                Ok(c) => python::escape(&mut self.out, c, self.style.ascii),
                // Writing to memory cannot fail.
                Err(half) => drop(write!(self.out, "\\u{:04x}", half.unpaired_surrogate())),
            }
        }
        self.out.push(b'"');
    }

    /// Writes a whole number.
    pub fn integer(&mut self, number: i64) {
        self.separate();
        // Writing to memory cannot fail.
        write!(self.out, "{number}").ok();
    }

    /// Writes a number with a fraction.
    pub fn float(&mut self, number: f64) {
        self.token(&python::float(number));
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
            Json::Utf16(units) => self.utf16(units),
            Json::Array(items) => {
                self.open(b'[');
                for item in items {
                    self.json(item);
                }
                self.close(b']');
            }
            Json::Object(pairs) => self.object(pairs),
        }
    }

    /// Writes an object of these keys and values.
    pub fn object(&mut self, pairs: &[(String, Json)]) {
        self.open(b'{');
        for (key, value) in pairs {
            self.key(key);
            self.json(value);
        }
        self.close(b'}');
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

/// A number of a document as Python writes it after reading: whole ones whole, others as doubles.
fn python_number(text: &str) -> String {
    if text == "-0" {
        return "0".to_owned();
    }
    let whole = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match text.parse() {
        Ok(number) if !whole => python::float(number),
        _ => text.to_owned(),
    }
}

impl Json {
    /// The document as Python's `json.dumps` writes it, and Django stores it: in ASCII, with a space after `,` and `:`.
    pub fn to_python(&self) -> String {
        self.written(JsonStyle {
            ascii: true,
            ..JsonStyle::COMPACT
        })
    }

    /// The same with characters beyond ASCII as they are (`ensure_ascii=False`).
    pub fn to_python_unicode(&self) -> String {
        self.written(JsonStyle::COMPACT)
    }

    /// The same with a line for each value, as a person edits it.
    pub fn to_python_indented(&self) -> String {
        self.written(JsonStyle {
            indent: Some(2),
            ..JsonStyle::COMPACT
        })
    }

    fn written(&self, style: JsonStyle) -> String {
        let mut writer = JsonWriter::new(style);
        writer.json(self);
        writer.into_text()
    }

    /// The value as an error shows it, cut where it is long.
    pub fn preview(&self) -> String {
        let text = self.written(JsonStyle::COMPACT);
        match text.char_indices().nth(60) {
            Some((cut, _)) => format!("{}...", &text[..cut]),
            None => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::json::Json;

    /// The right sides are what Python's `json.dumps(json.loads(...))` gives.
    #[test]
    fn is_stored_as_python_stores_it() {
        for (given, stored) in [
            (
                r#"{"b":1,"a":[true,null]}"#,
                r#"{"b": 1, "a": [true, null]}"#,
            ),
            (r#"{"a":1,"b":2,"a":3}"#, r#"{"a": 3, "b": 2}"#),
            (
                "\"é\u{1f600}\\u0001\\/\u{7f}\"",
                r#""\u00e9\ud83d\ude00\u0001/\u007f""#,
            ),
            (
                "123456789012345678901234567890",
                "123456789012345678901234567890",
            ),
            (
                "[1.0, 1e3, 1e16, 1.5e-7, -0, -0.0]",
                "[1.0, 1000.0, 1e+16, 1.5e-07, 0, -0.0]",
            ),
            ("[NaN, -Infinity, 1e999]", "[NaN, -Infinity, Infinity]"),
            ("[[],{}]", "[[], {}]"),
        ] {
            assert_eq!(Json::parse(given).unwrap().to_python(), stored, "{given}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "", "[1,]", "{a: 1}", "01", "[1] 2", "\"\n\"", "'a'", "1.", "\"\\x\"", "nul",
        ] {
            assert_eq!(Json::parse(text), None, "{text}");
        }
        assert_eq!(Json::parse(&"[".repeat(100_000)), None);
    }
}
