//! Small questions about names and sentences; patterns; XML.

mod file_size;
mod html;
mod html_entities;
mod html_parser;
mod markdown;
mod number_format;
mod python_pattern;
mod python_string;
mod slug;
mod strip_tags;
mod truncate;
mod xml;

pub use file_size::file_size;
pub use html::{escape_html, escape_js};
pub use html_entities::unescape_html;
pub use markdown::markdown;
pub use number_format::{MOST_DIGITS, PlainNumber, grouped};
pub use python_pattern::{PatternMatch, PythonPattern};
pub use python_string::{
    TextAlignment, align, is_space, is_word_character, split_lines, title, wrap,
};
pub use slug::{slugify, slugify_unicode};
pub use strip_tags::strip_tags;
pub use truncate::{truncate_chars, truncate_html_chars, truncate_html_words, truncate_words};
pub use xml::XmlWriter;

use unicode_normalization::{UnicodeNormalization as _, is_nfkc};

/// Whether `bytes` are a text in UTF-16, as PowerShell and spreadsheets write it: by its mark, or where every
/// second byte of it is 0.
pub fn is_utf16(bytes: &[u8]) -> bool {
    let has_mark = [[0xff, 0xfe], [0xfe, 0xff]]
        .iter()
        .any(|mark| bytes.starts_with(mark));
    let zeros = |first: usize| bytes.iter().skip(first).step_by(2).all(|byte| *byte == 0);
    has_mark || bytes.len() > 1 && bytes.len().is_multiple_of(2) && (zeros(0) ^ zeros(1))
}

/// The candidate a misspelt `name` most likely means, if any is near.
///
/// Case and the difference between `-` and `_` count for little, as in `Nosuch-Key`.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let folded = fold(name);
    let limit = 1 + folded.chars().count() / 4;
    candidates
        .into_iter()
        .map(|candidate| (distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= limit)
        // A letter is left out more often than one is typed that does not belong there.
        .min_by_key(|(distance, candidate)| (*distance, candidate.len() < name.len()))
        .map(|(_, candidate)| candidate)
}

/// The hint that a misspelt `name` means one of `candidates`, if any is near.
pub fn did_you_mean<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    nearest(name, candidates).map(|nearest| format!("did you mean `{nearest}`?"))
}

/// `text` with its control characters escaped, and with them what separates lines, turns the direction of text
/// or cannot be seen.
///
/// What came from outside must not become lines of its own, or commands that a terminal obeys.
pub fn escape_control(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() || is_bidirectional(character) || is_invisible(character) {
            escaped.extend(character.escape_default());
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Whether `character` ends a line for Python's `splitlines`.
pub fn is_line_boundary(character: char) -> bool {
    matches!(
        character,
        '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The separators of lines and paragraphs, zero-width characters and tags.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// The embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX 9, 2).
fn is_bidirectional(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn fold(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

/// How many insertions, deletions, replacements and swaps of neighbours lie between two words
/// (the optimal string alignment distance).
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<_>, Vec<_>) = (left.chars().collect(), right.chars().collect());
    let mut rows = vec![(0..=right.len()).collect::<Vec<_>>()];
    for i in 1..=left.len() {
        let mut row = vec![i];
        for j in 1..=right.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

/// Joins `names` in backticks: `` `a`, `b` ``.
pub fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let quoted: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

/// Joins `words` as a sentence does: `a, b and c`.
pub fn joined_with_and(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// The count and its noun: `1 file`, `2 files`.
pub fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// A noun with its article, by its first letter: `a CharField`, `an IntegerField`.
pub fn with_article(noun: &str) -> String {
    let vowel = |c: char| "AEIOaeio".contains(c);
    let article = if noun.starts_with(vowel) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// How long somebody has to wait, in one unit and rounded up: `2 minutes`.
pub fn waiting_time(seconds: u64) -> String {
    let (number, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3600 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3600), "hour"),
    };
    count(usize::try_from(number).unwrap_or(usize::MAX), unit)
}

/// `text` with its first letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Whether `name` is an identifier of Python (PEP 3131), in the one form that Python keeps of it: NFKC.
pub fn is_identifier(name: &str) -> bool {
    has_letters_of_identifier(name) && is_nfkc(name)
}

fn has_letters_of_identifier(name: &str) -> bool {
    let starts_well = |c: char| c == '_' || unicode_ident::is_xid_start(c);
    name.starts_with(starts_well) && name.chars().all(unicode_ident::is_xid_continue)
}

/// The form in which Python keeps the identifier `name`, where that is another one.
pub fn in_python_form(name: &str) -> Option<String> {
    let kept: String = name.nfkc().collect();
    (kept != name && has_letters_of_identifier(name)).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::{count, escape_control, is_identifier, nearest, quoted, waiting_time};

    #[test]
    fn says_how_long_to_wait() {
        for (seconds, words) in [
            (1, "1 second"),
            (59, "59 seconds"),
            (60, "1 minute"),
            (61, "2 minutes"),
            (3600, "1 hour"),
            (3601, "2 hours"),
        ] {
            assert_eq!(waiting_time(seconds), words);
        }
    }

    #[test]
    fn leaves_nothing_that_a_terminal_obeys() {
        let text = "a\u{1b}[2Jb\nc é \u{202e}d";
        assert_eq!(escape_control(text), "a\\u{1b}[2Jb\\nc é \\u{202e}d");
        let separators = "a\u{2028}b\u{2029}c\u{feff}d\u{200b}e";
        let escaped = "a\\u{2028}b\\u{2029}c\\u{feff}d\\u{200b}e";
        assert_eq!(escape_control(separators), escaped);
    }

    #[test]
    fn finds_the_nearest_name() {
        let keys = ["debug", "allowed_hosts", "time_zone"];
        assert_eq!(nearest("debgu", keys), Some("debug"));
        assert_eq!(nearest("Cout", ["Cot", "Count"]), Some("Count"));
        assert_eq!(nearest("allowed-host", keys), Some("allowed_hosts"));
        assert_eq!(nearest("TIME_ZONE", keys), Some("time_zone"));
        assert_eq!(nearest("colour", keys), None);
    }

    #[test]
    fn writes_names_and_numbers() {
        assert_eq!(quoted(["a", "b"]), "`a`, `b`");
        assert_eq!(count(1, "file"), "1 file");
        assert_eq!(count(0, "file"), "0 files");
    }

    #[test]
    fn knows_an_identifier() {
        for name in ["my_app2", "_", "größe", "данные", "名前", "a٣"] {
            assert!(is_identifier(name), "{name}");
        }
        // `\u{fb01}` is a ligature of two letters, and `²` is not a letter.
        for name in [
            "",
            "2app",
            "my-app",
            "a b",
            "a²",
            "e\u{301}",
            "\u{fb01}n",
            "٣a",
            "a·b c",
        ] {
            assert!(!is_identifier(name), "{name}");
        }
    }
}
