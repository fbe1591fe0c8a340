//! Patterns of `RegexValidator`.

use crate::text::PythonPattern;

/// What is wrong with a pattern; none where it can be used.
pub(super) fn mistake(pattern: &str) -> Option<String> {
    let parsed = PythonPattern::parse(pattern);
    parsed.err().map(|error| error.to_string())
}

/// Whether `pattern` is found in `text`; one that cannot be used is not.
pub(super) fn matches_pattern(pattern: &str, text: &str) -> bool {
    let found = PythonPattern::parse(pattern).and_then(|pattern| pattern.is_match(text));
    found.unwrap_or(false)
}
