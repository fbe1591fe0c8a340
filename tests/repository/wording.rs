//! Comments and messages say "is not a model" where "is no model" would be private English.

use crate::exceptions::{WORDING, assert_only};
use crate::source_file::{SourceFile, source_files};

/// What comes before "no" in such a phrase. "There is no row" and "has no row" are plain English.
const VERBS: &[&str] = &["is", "are", "was", "were", "be", "been", "being", "names"];

/// What may stand after "no" all the same.
const IDIOMS: &[&str] = &["longer", "more", "less", "better", "worse", "different"];

#[test]
fn nothing_is_said_to_be_no_thing() {
    assert_only(&offences(&source_files()), WORDING);
}

/// The phrases, each with its place.
fn offences(files: &[SourceFile]) -> Vec<(String, String)> {
    let mut offences = Vec::new();
    for file in files {
        for (line, phrase) in phrases(&file.text) {
            let offence = format!("{}:{line}: \"{phrase}\"", file.path);
            offences.push((format!("{}: {phrase}", file.path), offence));
        }
    }
    offences
}

/// The phrases in `text`, over the ends of lines too, and their lines.
fn phrases(text: &str) -> Vec<(usize, String)> {
    let words: Vec<_> = words(text).collect();
    let triples = words.windows(4).filter(|words| {
        let [before, verb, no, noun] = words else {
            unreachable!("windows of four")
        };
        // As in `format!("there`, whose marks are not at the ends of the word.
        let is_there = before.1.to_lowercase().ends_with("there");
        VERBS.contains(&verb.1) && no.1 == "no" && !is_there && !IDIOMS.contains(&noun.1)
    });
    triples
        .map(|words| (words[1].0, [words[1].1, words[2].1, words[3].1].join(" ")))
        .collect()
}

/// The words of `text` with their lines, without what marks comments and joins lines; a mark of
/// punctuation at the end of a word is a word.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().flat_map(|(index, line)| {
        let marks = |letter: char| !letter.is_alphanumeric() && !"_'".contains(letter);
        let words = line
            .split_whitespace()
            .filter(|word| !["//", "///", "//!", "\\"].contains(word));
        words.flat_map(move |word| {
            let bare = word.trim_matches(marks);
            let is_end = word.ends_with(['.', ';', ':', '!', '?', ')']);
            let end = is_end.then_some((index + 1, "."));
            [(index + 1, bare)].into_iter().chain(end)
        })
    })
}

#[test]
fn a_phrase_is_found_over_the_end_of_a_line() {
    let text = "//! A path that is no\n//! directory.\n/// There is no row, has no row, is no longer there.\n\
                // `{name}` names no model\nlet a = \"these are no \\\n    users\"; // it is. No, is it? is; no more";
    let found = phrases(text);
    let found: Vec<_> = found
        .iter()
        .map(|(line, words)| (*line, &**words))
        .collect();
    assert_eq!(
        found,
        [
            (1, "is no directory"),
            (4, "names no model"),
            (5, "are no users")
        ]
    );
}
