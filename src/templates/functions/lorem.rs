//! Text that fills a page before there is any.

use minijinja::value::{Kwargs, Value};
use minijinja::{Error, ErrorKind};

use crate::crypto;

/// What all printers have begun with since the sixteenth century.
const COMMON: &str = "Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor incididunt ut labore \
    et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea \
    commodo consequat. Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla \
    pariatur. Excepteur sint occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id est \
    laborum.";

/// The words of its first sentence come first in any order of words.
const COMMON_WORDS: usize = 19;

/// The most words or paragraphs: a number from a page must not fill the memory.
const MOST: usize = 10_000;

/// `count` words (`w`), paragraphs in HTML (`p`) or paragraphs with an empty line between (`b`).
///
/// With `random` also the first ones are random.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands arguments over so"
)]
pub(super) fn lorem(
    count: Option<usize>,
    method: Option<String>,
    kwargs: Kwargs,
) -> Result<Value, Error> {
    let count = count.unwrap_or(1).min(MOST);
    let is_common = !kwargs.get::<Option<bool>>("random")?.unwrap_or(false);
    kwargs.assert_all_used()?;
    let paragraph = |index: usize| {
        if is_common && index == 0 {
            COMMON.to_owned()
        } else {
            random_paragraph()
        }
    };
    let paragraphs = (0..count).map(paragraph);
    match method.as_deref().unwrap_or("b") {
        "w" => Ok(Value::from(words(count, is_common))),
        "p" => {
            let paragraphs = paragraphs.map(|text| format!("<p>{text}</p>"));
            let paragraphs = paragraphs.collect::<Vec<_>>();
            Ok(Value::from_safe_string(paragraphs.join("\n\n")))
        }
        "b" => Ok(Value::from(paragraphs.collect::<Vec<_>>().join("\n\n"))),
        other => {
            let message = format!("`{other}` is not a method of `lorem`: it is `w`, `p` or `b`");
            Err(Error::new(ErrorKind::InvalidOperation, message))
        }
    }
}

fn vocabulary() -> Vec<String> {
    let letters = |word: &str| word.trim_matches([',', '.']).to_lowercase();
    COMMON.split(' ').map(letters).collect()
}

fn words(count: usize, is_common: bool) -> String {
    let vocabulary = vocabulary();
    let first = if is_common { COMMON_WORDS } else { 0 };
    let common = vocabulary.iter().take(first).cloned();
    let random = std::iter::repeat_with(|| vocabulary[below(vocabulary.len())].clone());
    common
        .chain(random)
        .take(count)
        .collect::<Vec<_>>()
        .join(" ")
}

/// One to four sentences.
fn random_paragraph() -> String {
    let sentence = |_| crate::text::capitalized(&words(3 + below(10), false)) + ".";
    (0..=below(4)).map(sentence).collect::<Vec<_>>().join(" ")
}

/// A random number below `limit`.
fn below(limit: usize) -> usize {
    let number = u16::from_le_bytes(crypto::random_bytes::<2>());
    usize::from(number) % limit
}
