//! Text cut to a length in characters or words, with or without HTML in it: Django's `Truncator`.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

use crate::text::html::escape_html;
use crate::text::html_entities::unescape_html;
use crate::text::html_parser::{HtmlEvent, References, html_events};
use crate::text::python_string::is_space;

/// Elements without an end.
const VOID_ELEMENTS: [&str; 16] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "frame", "spacer",
];

/// The first `length` characters of `text`, the last of them an ellipsis where something is cut.
///
/// A letter and the marks that combine with it count as one.
pub fn truncate_chars(text: &str, length: usize) -> String {
    if length == 0 {
        return String::new();
    }
    let text: String = text.nfc().collect();
    let (mut count, mut cut) = (0, None);
    for (index, c) in text.char_indices() {
        if canonical_combining_class(c) != 0 {
            continue;
        }
        count += 1;
        if count == length {
            cut = Some(index);
        }
        if count > length {
            return format!("{}…", &text[..cut.unwrap_or(0)]);
        }
    }
    text
}

/// The first `length` words of `text`, and an ellipsis where something is cut; one space between them.
pub fn truncate_words(text: &str, length: usize) -> String {
    if length == 0 {
        return String::new();
    }
    let words: Vec<_> = text
        .split(is_space)
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > length {
        with_words_cut(words[..length].join(" "))
    } else {
        words.join(" ")
    }
}

fn with_words_cut(text: String) -> String {
    if text.ends_with(" …") {
        text
    } else {
        text + " …"
    }
}

/// The first `length` characters of the text in `html`; elements that are open then are closed.
pub fn truncate_html_chars(html: &str, length: usize) -> String {
    if length == 0 {
        return String::new();
    }
    let html: String = html.nfc().collect();
    let truncation = HtmlTruncation::new(length - 1);
    let whole = html.chars().count();
    let mut seen = 0;
    truncation.run(&html, |truncation, text| {
        let count = text.chars().count();
        seen += count;
        if seen == length && truncation.out.chars().count() + count == whole {
            truncation.out.push_str(text);
            return Piece::Last;
        }
        if truncation.remaining < count {
            let kept: String = text.chars().take(truncation.remaining).collect();
            truncation.out.push_str(&escape_html(&kept));
            truncation.out.push('…');
            return Piece::Last;
        }
        truncation.out.push_str(&escape_html(text));
        Piece::Whole(count)
    })
}

/// The first `length` words of the text in `html`; elements that are open then are closed.
pub fn truncate_html_words(html: &str, length: usize) -> String {
    if length == 0 {
        return String::new();
    }
    HtmlTruncation::new(length).run(html, |truncation, text| {
        let words = words_with_ends(text);
        let kept = truncation.remaining.min(words.len());
        let joined = escape_html(&words[..kept].join(" "));
        if truncation.remaining < words.len() {
            truncation.out.push_str(&with_words_cut(joined));
            return Piece::Last;
        }
        truncation.out.push_str(&joined);
        Piece::Whole(words.len())
    })
}

/// The words of `text`; the space at its ends stays with the first and the last.
fn words_with_ends(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut at) = (0, 0);
    let inner_end = text.trim_end_matches(is_space).len();
    let inner_start = text.len() - text.trim_start_matches(is_space).len();
    while at < inner_end {
        let rest = &text[at..inner_end];
        if at < inner_start {
            at = inner_start;
            continue;
        }
        let Some(space) = rest.find(is_space) else {
            break;
        };
        words.push(&text[start..at + space]);
        let after = &rest[space..];
        at += space + (after.len() - after.trim_start_matches(is_space).len());
        start = at;
    }
    words.push(&text[start..]);
    words
}

/// What became of a piece of text.
enum Piece {
    /// All of it was written; it counts so much.
    Whole(usize),
    /// Nothing comes after it.
    Last,
}

struct HtmlTruncation {
    out: String,
    open: Vec<String>,
    remaining: usize,
}

impl HtmlTruncation {
    fn new(remaining: usize) -> Self {
        Self {
            out: String::new(),
            open: Vec::new(),
            remaining,
        }
    }

    fn run(mut self, html: &str, mut write: impl FnMut(&mut Self, &str) -> Piece) -> String {
        for event in html_events(html, References::InText) {
            match event {
                HtmlEvent::Start {
                    name,
                    raw,
                    is_closed,
                } => self.start(&name, raw, is_closed),
                HtmlEvent::End(name) => self.end(&name),
                HtmlEvent::Text(text) | HtmlEvent::Reference(text) => {
                    match write(&mut self, &unescape_html(text)) {
                        Piece::Whole(count) => self.remaining -= count,
                        Piece::Last => {
                            let open = std::mem::take(&mut self.open);
                            let ends = open.iter().rev().map(|name| format!("</{name}>"));
                            self.out.extend(ends);
                            break;
                        }
                    }
                }
            }
        }
        self.out
    }

    fn start(&mut self, name: &str, raw: &str, is_closed: bool) {
        self.out.push_str(raw);
        if VOID_ELEMENTS.contains(&name) {
            return;
        }
        self.open.push(name.to_owned());
        if is_closed {
            self.end(name);
        }
    }

    fn end(&mut self, name: &str) {
        if VOID_ELEMENTS.contains(&name) {
            return;
        }
        self.out.extend(["</", name, ">"]);
        if self.open.last().is_some_and(|open| open == name) {
            self.open.pop();
        }
    }
}
