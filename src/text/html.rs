//! Text as HTML.

use std::fmt::Write as _;

/// Escapes `& < > " '` as Django does. A slash stays: it ends no attribute and no tag.
pub fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#x27;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Writes what may end a string or an element of JavaScript by its code point: Django's `escapejs`.
pub fn escape_js(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        let is_special = c < ' ' || "\\'\"<>&=-;`\u{2028}\u{2029}".contains(c);
        if is_special {
            // Writing to memory cannot fail.
            write!(escaped, "\\u{:04X}", u32::from(c)).ok();
        } else {
            escaped.push(c);
        }
    }
    escaped
}
