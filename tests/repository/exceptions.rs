//! What the rules of this directory let pass, and why. These lists only shrink.

/// Keys of offences that pass, each with the reason.
pub(crate) type Exceptions = &'static [(&'static str, &'static str)];

/// Asserts that the keys of `offences` are those of `exceptions`.
#[track_caller]
pub(crate) fn assert_only(offences: &[(String, String)], exceptions: Exceptions) {
    let differences = differences(offences, exceptions);
    assert!(differences.is_empty(), "\n{}\n", differences.join("\n"));
}

/// The offences that are not among `exceptions`, and the exceptions that are not needed any more.
fn differences(offences: &[(String, String)], exceptions: Exceptions) -> Vec<String> {
    let unlisted = offences
        .iter()
        .filter(|(key, _)| !exceptions.iter().any(|(listed, _)| listed == key));
    let unlisted = unlisted.map(|(_, offence)| offence.clone());
    let stale = exceptions
        .iter()
        .filter(|(listed, _)| !offences.iter().any(|(key, _)| key == listed));
    let stale = stale.map(|(listed, _)| {
        format!("`{listed}` is fine now: delete its line in tests/repository/exceptions.rs")
    });
    unlisted.chain(stale).collect()
}

const GRAMMAR: &str =
    "the grammar is recursive: a field holds expressions, and a cast holds a field";

/// Files that import each other in a circle.
pub(crate) const CYCLES: Exceptions = &[
    ("src/models/expression/mod.rs", GRAMMAR),
    ("src/models/expression/write.rs", GRAMMAR),
    ("src/models/field.rs", GRAMMAR),
    ("src/models/kind.rs", GRAMMAR),
    ("src/models/write/field.rs", GRAMMAR),
];

/// Types whose name another type has too.
pub(crate) const TYPE_NAMES: Exceptions = &[];

/// Functions that take a tuple.
pub(crate) const TUPLE_PARAMETERS: Exceptions = &[];

/// Phrases such as "is no model".
pub(crate) const WORDING: Exceptions = &[];

/// Files of more than 450 lines.
pub(crate) const LONG_FILES: &[&str] = &[];

#[test]
fn what_is_not_listed_and_what_is_listed_in_vain_are_found() {
    let offences = [("a.rs", "a.rs:1: tuple"), ("b.rs", "b.rs:2: tuple")];
    let offences = offences.map(|(key, line)| (key.to_owned(), line.to_owned()));
    assert_eq!(
        differences(&offences, &[("b.rs", "a reason"), ("c.rs", "a reason")]),
        [
            "a.rs:1: tuple",
            "`c.rs` is fine now: delete its line in tests/repository/exceptions.rs",
        ]
    );
}
