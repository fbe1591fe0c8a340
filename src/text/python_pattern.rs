//! Patterns of Python's `re`.

use std::borrow::Cow;

use fancy_regex::{Captures, Error, Regex};

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

    /// `text` with each match replaced by what `replace` makes of it; `None` leaves it as it is.
    pub fn replace_all<'t>(
        &self,
        text: &'t str,
        replace: &mut dyn FnMut(&PatternMatch<'t>) -> Option<String>,
    ) -> Result<Cow<'t, str>, Error> {
        let mut written = String::new();
        let mut copied = 0;
        for captures in self.0.captures_iter(text) {
            let found = PatternMatch(captures?);
            let Some(whole) = found.0.get(0) else {
                continue;
            };
            if let Some(replacement) = replace(&found) {
                written.push_str(&text[copied..whole.start()]);
                written.push_str(&replacement);
                copied = whole.end();
            }
        }
        if copied == 0 {
            return Ok(Cow::Borrowed(text));
        }
        written.push_str(&text[copied..]);
        Ok(Cow::Owned(written))
    }
}

/// A place where a pattern fits.
#[derive(Debug)]
pub struct PatternMatch<'t>(Captures<'t>);

impl<'t> PatternMatch<'t> {
    /// What the group of this name took; empty where it took nothing.
    pub fn group(&self, name: &str) -> &'t str {
        self.0.name(name).map_or("", |group| group.as_str())
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
