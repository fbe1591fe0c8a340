//! What Python's strings can do, where Rust's differ.

use unicode_normalization::char::is_combining_mark;

use crate::text::is_line_boundary;

/// Whether Python counts `c` as white space.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Whether `\w` of a pattern of Python fits `c`.
///
/// Rust's letters are more: marks that are written above and below others, and signs such as letters in circles.
pub fn is_word_character(c: char) -> bool {
    let is_sign = matches!(
        c,
        '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f149}' | '\u{1f150}'..='\u{1f169}' | '\u{1f170}'..='\u{1f189}'
    );
    c == '_' || c.is_alphanumeric() && !is_combining_mark(c) && !is_sign
}

/// The lines of `text`, as Python's `splitlines`: more than `\n` ends a line.
pub fn split_lines(text: &str) -> Vec<&str> {
    let (mut lines, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let Some(end) = rest.find(is_line_boundary) else {
            lines.push(rest);
            break;
        };
        lines.push(&rest[..end]);
        let ending = if rest[end..].starts_with("\r\n") {
            2
        } else {
            rest[end..].chars().next().map_or(1, char::len_utf8)
        };
        rest = &rest[end + ending..];
    }
    lines
}

/// Each word with its first letter in upper case; a letter behind an apostrophe or a digit stays small.
pub fn title(text: &str) -> String {
    let mut titled: Vec<char> = Vec::new();
    let mut in_word = false;
    let is_cased = |c: char| c.is_lowercase() || c.is_uppercase();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let ends_word = !characters.peek().is_some_and(|next| is_cased(*next));
        if in_word && c == '\u{3a3}' {
            // The last sigma of a word has a form of its own.
            titled.push(if ends_word { '\u{3c2}' } else { '\u{3c3}' });
        } else if in_word {
            titled.extend(c.to_lowercase());
        } else {
            let mut upper = c.to_uppercase();
            titled.extend(upper.next());
            titled.extend(upper.flat_map(char::to_lowercase));
        }
        in_word = is_cased(c);
    }
    for index in 1..titled.len() {
        let (before, c) = (titled[index - 1], titled[index]);
        let behind_apostrophe =
            before == '\'' && index > 1 && titled[index - 2].is_ascii_lowercase();
        let behind_digit = before.is_numeric() && c.is_ascii_uppercase();
        if c.is_ascii_uppercase() && (behind_apostrophe || behind_digit) {
            titled[index] = c.to_ascii_lowercase();
        }
    }
    titled.into_iter().collect()
}

/// Where text stands in a field that is wider.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TextAlignment {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// The widest field: a number from a page must not fill the memory.
const WIDEST: usize = 1 << 20;

/// `text` filled with spaces to `width` characters.
pub fn align(text: &str, width: i128, alignment: TextAlignment) -> String {
    let width = usize::try_from(width.max(0)).unwrap_or(WIDEST).min(WIDEST);
    let missing = width.saturating_sub(text.chars().count());
    let before = match alignment {
        TextAlignment::Left => 0,
        // An odd space stands at the left where the width is odd, as in Python.
        TextAlignment::Center => missing / 2 + (missing & width & 1),
        TextAlignment::Right => missing,
    };
    let (before, after) = (" ".repeat(before), " ".repeat(missing - before));
    format!("{before}{text}{after}")
}

/// `text` with lines of at most `width` characters, if no word is longer; its own line ends stay.
pub fn wrap(text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    for line in split_lines(text) {
        let wrapped = wrapped_line(&expanded_tabs(line), width);
        if wrapped.is_empty() {
            lines.push(line.to_owned());
        } else {
            lines.extend(wrapped);
        }
    }
    if text.ends_with('\n') {
        lines.push(String::new());
    }
    lines.join("\n")
}

fn expanded_tabs(line: &str) -> String {
    const TAB: usize = 8;
    let (mut out, mut column) = (String::new(), 0);
    for c in line.chars() {
        if c == '\t' {
            let width = TAB - column % TAB;
            out.push_str(&" ".repeat(width));
            column += width;
        } else {
            out.push(c);
            column += 1;
        }
    }
    out
}

fn wrapped_line(line: &str, width: usize) -> Vec<String> {
    let is_blank = |chunk: &str| chunk.chars().all(is_space);
    let length = |chunk: &str| chunk.chars().count();
    let (mut lines, mut rest) = (Vec::new(), chunks(line).into_iter().peekable());
    while rest.peek().is_some() {
        if !lines.is_empty() {
            rest.next_if(|chunk| is_blank(chunk));
        }
        let (mut current, mut filled) = (Vec::new(), 0);
        while let Some(chunk) = rest.next_if(|chunk| filled + length(chunk) <= width) {
            filled += length(chunk);
            current.push(chunk);
        }
        if current.is_empty() {
            current.extend(rest.next_if(|chunk| length(chunk) > width));
        }
        if current.last().is_some_and(|chunk| is_blank(chunk)) {
            current.pop();
        }
        if !current.is_empty() {
            lines.push(current.concat());
        }
    }
    lines
}

/// Words and the spaces between them.
fn chunks(line: &str) -> Vec<&str> {
    let separates = |c: char| matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' ');
    let (mut chunks, mut rest) = (Vec::new(), line);
    while let Some(first) = rest.chars().next() {
        let is_space = separates(first);
        let end = rest
            .find(|c| separates(c) != is_space)
            .unwrap_or(rest.len());
        chunks.push(&rest[..end]);
        rest = &rest[end..];
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::{TextAlignment, align, split_lines, wrap};

    #[test]
    fn splits_lines_as_python() {
        assert_eq!(
            split_lines("a\r\nb\u{2028}c\n\nd\n"),
            ["a", "b", "c", "", "d"]
        );
        assert!(split_lines("").is_empty());
    }

    #[test]
    fn a_width_that_is_absurd_fills_no_memory() {
        assert_eq!(align("a", i128::MAX, TextAlignment::Left).len(), 1 << 20);
        assert_eq!(align("a", -5, TextAlignment::Right), "a");
        assert_eq!(wrap("a b", usize::MAX), "a b");
    }
}
