//! No file of the program grows too long to be read in one go.

use std::fs;
use std::path::PathBuf;

use crate::{root, sources};

/// A file that reaches this length has become two.
const LONGEST: usize = 600;

#[test]
fn no_source_file_is_longer_than_a_reader_can_hold() {
    let too_long = sources().into_iter().filter_map(|file| {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        let shown = file.strip_prefix(root()).unwrap().display().to_string();
        (lines > LONGEST).then(|| format!("{shown}: {lines} lines"))
    });
    assert_eq!(too_long.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn every_source_file_says_what_it_is_for() {
    // The name of a file of tests says it, and so do theirs.
    let is_test = |file: &&PathBuf| {
        file.iter()
            .any(|part| part == "tests" || part == "tests.rs")
    };
    let files = sources();
    let silent = files.iter().filter(|file| !is_test(file)).filter(|file| {
        let text = fs::read_to_string(file).unwrap();
        !text.starts_with("//! ")
    });
    assert_eq!(silent.collect::<Vec<_>>(), Vec::<&PathBuf>::new());
}
