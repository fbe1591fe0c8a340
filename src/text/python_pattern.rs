//! Patterns of Python's `re`.

use fancy_regex::{Error, Regex};

/// A pattern of Python's `re`.
#[derive(Clone, Debug)]
pub struct PythonPattern(Regex);

impl PythonPattern {
    /// Reads `pattern`.
    pub fn parse(pattern: &str) -> Result<Self, Error> {
        Regex::new(&translated(pattern)).map(Self)
    }

    /// Whether it is found somewhere in `text`; fails where that takes too long to find out.
    pub fn is_match(&self, text: &str) -> Result<bool, Error> {
        self.0.is_match(text)
    }
}

/// `pattern` of Python's `re`, as the crate reads it: `$` also matches before a line end that is the last
/// character, and `\Z` only behind it.
fn translated(pattern: &str) -> String {
    // With the flag `m`, `$` is the end of any line in both.
    let is_multiline = pattern.starts_with("(?")
        && pattern[2..]
            .chars()
            .take_while(char::is_ascii_lowercase)
            .any(|flag| flag == 'm');
    let mut written = String::with_capacity(pattern.len());
    let mut characters = pattern.chars();
    let mut is_in_class = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('Z') if !is_in_class => written.push_str(r"\z"),
                Some(escaped) => written.extend(['\\', escaped]),
                None => written.push('\\'),
            },
            '$' if !is_in_class && !is_multiline => written.push_str(r"(?=\n?\z)"),
            '[' | ']' => {
                is_in_class = character == '[';
                written.push(character);
            }
            character => written.push(character),
        }
    }
    written
}
