//! Text that is not ASCII as ASCII: encoded words (RFC 2047), quoted-printable and base64 (RFC 2045).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Characters of an encoded word at most (RFC 2047, 2).
const MAX_WORD: usize = 75;

/// What surrounds the text of an encoded word: `=?utf-8?q?...?=`.
const CHROME: usize = 12;

/// Characters of a line of base64 or quoted-printable.
const MAX_LINE: usize = 76;

/// `text` as encoded words, one for each line; the first one leaves `used` columns free.
///
/// As Python's `email.header`: in whichever of base64 and quoted form is shorter.
pub(super) fn words(text: &str, used: usize) -> String {
    let quoted_length: usize = text.bytes().map(|byte| q_byte(byte).len()).sum();
    let in_base64 = base64_length(text.len()) < quoted_length;
    let room = |used: usize| MAX_WORD.saturating_sub(CHROME + used).max(8);
    let mut words: Vec<String> = Vec::new();
    let (mut part, mut limit) = (String::new(), room(used));
    for character in text.chars() {
        let mut longer = part.clone();
        longer.push(character);
        if encoded_length(&longer, in_base64) > limit && !part.is_empty() {
            words.push(word(&part, in_base64));
            part = character.to_string();
            limit = room(1);
        } else {
            part = longer;
        }
    }
    words.push(word(&part, in_base64));
    words.join("\n ")
}

fn word(part: &str, in_base64: bool) -> String {
    if in_base64 {
        return format!("=?utf-8?b?{}?=", STANDARD.encode(part));
    }
    let quoted: String = part.bytes().map(q_byte).collect();
    format!("=?utf-8?q?{quoted}?=")
}

fn encoded_length(part: &str, in_base64: bool) -> usize {
    if in_base64 {
        return base64_length(part.len());
    }
    part.bytes().map(|byte| q_byte(byte).len()).sum()
}

fn base64_length(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// A byte in the quoted form of headers, safe in names of people too (RFC 2047, 5.3).
fn q_byte(byte: u8) -> String {
    match byte {
        b' ' => "_".to_owned(),
        b'-' | b'!' | b'*' | b'+' | b'/' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("={byte:02X}"),
    }
}

/// `bytes` in lines of base64, each with its line break.
pub(super) fn base64_lines(bytes: &[u8]) -> String {
    let text = STANDARD.encode(bytes);
    let mut lines = String::with_capacity(text.len() + text.len() / MAX_LINE + 1);
    for (index, character) in text.chars().enumerate() {
        if index > 0 && index % MAX_LINE == 0 {
            lines.push('\n');
        }
        lines.push(character);
    }
    lines.push('\n');
    lines
}

/// `text` in quoted-printable: no line longer than 76 characters, no blank at an end.
pub(super) fn quoted_printable(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(quoted_line).collect();
    lines.join("\n")
}

fn quoted_line(line: &str) -> String {
    let bytes = line.as_bytes();
    let mut encoded = String::new();
    let mut column = 0;
    for (index, byte) in bytes.iter().enumerate() {
        let last = index + 1 == bytes.len();
        let shown = match byte {
            b' ' | b'\t' if last => format!("={byte:02X}"),
            b' ' | b'\t' => char::from(*byte).to_string(),
            b'=' => "=3D".to_owned(),
            byte if byte.is_ascii_graphic() => char::from(*byte).to_string(),
            byte => format!("={byte:02X}"),
        };
        let room = if last { MAX_LINE } else { MAX_LINE - 1 };
        if column + shown.len() > room {
            encoded.push_str("=\n");
            column = 0;
        }
        column += shown.len();
        encoded.push_str(&shown);
    }
    encoded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{MAX_LINE, base64_lines, quoted_printable, words};

    #[test]
    fn encodes_words_as_python_does() {
        assert_eq!(words("Chère maman", 9), "=?utf-8?q?Ch=C3=A8re_maman?=");
        assert_eq!(words("Привет", 9), "=?utf-8?b?0J/RgNC40LLQtdGC?=");
    }

    #[test]
    fn breaks_long_lines() {
        let text = quoted_printable(&format!("{}ä = \nend ", "x".repeat(200)));
        assert!(text.lines().all(|line| line.len() <= MAX_LINE), "{text}");
        assert!(text.ends_with("=C3=A4 =3D=20\nend=20"), "{text}");
        assert!(
            base64_lines(&[7; 500])
                .lines()
                .all(|line| line.len() <= MAX_LINE)
        );
    }

    proptest! {
        #[test]
        fn words_are_short_ascii_lines(text in "\\PC{1,120}", used in 0_usize..40) {
            for line in words(&text, used).lines() {
                prop_assert!(line.is_ascii() && line.len() <= 76, "{line}");
            }
        }
    }
}
