//! What a `<converter:name>` accepts, as in Django.

use std::fmt;

/// The kinds of captured values.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Converter {
    /// ASCII digits.
    Int,
    /// Anything but a slash; the default.
    Str,
    /// ASCII letters, digits, hyphens and underscores.
    Slug,
    /// A UUID in lower case, with its hyphens.
    Uuid,
    /// Anything, slashes included.
    Path,
}

impl Converter {
    /// All names, as `urls.toml` has them.
    pub const NAMES: [&'static str; 5] = ["int", "str", "slug", "uuid", "path"];

    /// The converter of this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "int" => Self::Int,
            "str" => Self::Str,
            "slug" => Self::Slug,
            "uuid" => Self::Uuid,
            "path" => Self::Path,
            _ => return None,
        })
    }

    /// How many bytes at the start of `text` it accepts at the most; 0 if none.
    pub(super) fn longest(self, text: &str) -> usize {
        let until = |stop: fn(char) -> bool| text.find(stop).unwrap_or(text.len());
        match self {
            Self::Int => until(|c| !c.is_ascii_digit()),
            Self::Str => until(|c| c == '/'),
            Self::Slug => until(|c| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')),
            Self::Uuid => uuid_length(text),
            // As in a regular expression, where a dot does not match a newline.
            Self::Path => until(|c| c == '\n'),
        }
    }

    /// Whether it accepts fewer bytes than the longest too.
    pub(super) fn is_flexible(self) -> bool {
        self != Self::Uuid
    }

    /// Whether it accepts all of `text`.
    pub(super) fn accepts(self, text: &str) -> bool {
        !text.is_empty() && self.longest(text) == text.len()
    }

    /// The value of the captured `text`.
    pub(super) fn argument(self, text: &str) -> UrlArgument {
        match (self, text.parse()) {
            (Self::Int, Ok(number)) => UrlArgument::Integer(number),
            (Self::Int, Err(_)) => UrlArgument::Text(text.trim_start_matches('0').to_owned()),
            _ => UrlArgument::Text(text.to_owned()),
        }
    }
}

fn uuid_length(text: &str) -> usize {
    const HYPHENS: [usize; 4] = [8, 13, 18, 23];
    const LENGTH: usize = 36;
    let fits = |(index, byte): (usize, &u8)| match byte {
        b'-' => HYPHENS.contains(&index),
        b'0'..=b'9' | b'a'..=b'f' => !HYPHENS.contains(&index),
        _ => false,
    };
    let head = text.as_bytes().get(..LENGTH);
    let matches = head.is_some_and(|head| head.iter().enumerate().all(fits));
    if matches { LENGTH } else { 0 }
}

/// A value that a path or `urls.toml` hands to a view.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum UrlArgument {
    /// A number; one beyond 128 bits is text.
    Integer(i128),
    /// Text.
    Text(String),
    /// True or false, from `kwargs` only.
    Boolean(bool),
}

impl fmt::Display for UrlArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Boolean(value) => f.write_str(if *value { "True" } else { "False" }),
        }
    }
}
