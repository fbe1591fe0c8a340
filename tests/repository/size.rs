//! No file of the program grows too long to be read in one go.

use std::fs;
use std::path::{Path, PathBuf};

use crate::exceptions::LONG_FILES;
use crate::{files_of, root, rust_files, sources};

/// Where the modules in Python are.
const PYTHON: &str = "src/script/python";

/// Made by tests/python/names.py, and never read in one go.
const MADE: &str = "src/script/python/django/_missing.py";

/// A file that reaches this length has become two.
const LONGEST: usize = 450;

/// Half of the files are shorter than this.
const MEDIAN: usize = 130;

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let files = [sources(), rust_files("tests"), files_of(PYTHON, "py")].concat();
    let files = files.iter().map(|file| measured(file));
    let files: Vec<_> = files.filter(|(path, _)| path != MADE).collect();
    assert_eq!(too_long(&files, LONG_FILES), Vec::<String>::new());
}

#[test]
fn half_of_the_files_are_short() {
    let lengths = sources().iter().map(|file| measured(file).1).collect();
    let median = median(lengths);
    assert!(median < MEDIAN, "{median} lines");
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

#[test]
fn every_python_module_says_what_it_is_for() {
    let silent = files_of(PYTHON, "py").into_iter().filter(|file| {
        let text = fs::read_to_string(file).unwrap();
        !text.trim().is_empty() && !text.starts_with("\"\"\"")
    });
    assert_eq!(silent.collect::<Vec<_>>(), Vec::<PathBuf>::new());
}

/// `build/frozen.rs` leaves them out.
#[test]
fn no_python_module_asserts() {
    let is_assertion = |line: &str| line.trim_start().starts_with("assert ");
    let asserting = files_of(PYTHON, "py").into_iter().filter(|file| {
        let text = fs::read_to_string(file).unwrap();
        text.lines().any(is_assertion)
    });
    assert_eq!(asserting.collect::<Vec<_>>(), Vec::<PathBuf>::new());
}

/// The path of `file` from the repository's root, and its lines.
fn measured(file: &Path) -> (String, usize) {
    let lines = fs::read_to_string(file).unwrap().lines().count();
    let shown = file.strip_prefix(root()).unwrap().display().to_string();
    (shown, lines)
}

/// The files that are too long, but for `exceptions`, and the exceptions that are not too long.
fn too_long(files: &[(String, usize)], exceptions: &[&str]) -> Vec<String> {
    let is_long = |path: &str| {
        let mut long = files.iter().filter(|(_, lines)| *lines > LONGEST);
        long.any(|(file, _)| file == path)
    };
    let unlisted = files
        .iter()
        .filter(|(file, lines)| *lines > LONGEST && !exceptions.contains(&file.as_str()));
    let unlisted = unlisted.map(|(file, lines)| format!("{file}: {lines} lines"));
    let stale = exceptions.iter().filter(|file| !is_long(file));
    let stale = stale.map(|file| format!("{file} is short now: delete its line in LONG_FILES"));
    unlisted.chain(stale).collect()
}

fn median(mut lengths: Vec<usize>) -> usize {
    lengths.sort_unstable();
    lengths[lengths.len() / 2]
}

#[test]
fn a_long_file_and_a_stale_exception_are_found() {
    let files = [("a.rs", 451), ("b.rs", 450), ("c.rs", 500)];
    let files = files.map(|(path, lines)| (path.to_owned(), lines));
    assert_eq!(
        too_long(&files, &["c.rs", "b.rs"]),
        [
            "a.rs: 451 lines",
            "b.rs is short now: delete its line in LONG_FILES"
        ]
    );
    assert_eq!(median(vec![9, 1, 5]), 5);
}
