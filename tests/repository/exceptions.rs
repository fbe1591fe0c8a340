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
const STATEMENTS: &str = "a table of users compiles its statements once, and they name its columns";
const MAILER: &str = "a mailer sends by SMTP with the settings it holds";

/// Files that import each other in a circle.
pub(crate) const CYCLES: Exceptions = &[
    ("src/auth/user_statements.rs", STATEMENTS),
    ("src/auth/user_table.rs", STATEMENTS),
    ("src/mail/mailer.rs", MAILER),
    ("src/mail/smtp/mod.rs", MAILER),
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

const NOT_YET: &str = "written before the rule";

/// Phrases such as "is no model".
pub(crate) const WORDING: Exceptions = &[
    ("src/auth/names.rs: is no username", NOT_YET),
    ("src/auth/names.rs: is no email", NOT_YET),
    ("src/auth/password_hashers/scrypt.rs: is no power", NOT_YET),
    ("src/auth/throttle/mod.rs: are no way", NOT_YET),
    ("src/cache/table.rs: is no cache", NOT_YET),
    ("src/db/error.rs: be no database", NOT_YET),
    ("src/mail/address.rs: is no word", NOT_YET),
    ("src/mail/address.rs: is no host", NOT_YET),
    ("src/mail/error.rs: is no name", NOT_YET),
    ("src/mail/error.rs: is no mail", NOT_YET),
    ("src/project/users.rs: is no AutoField", NOT_YET),
];

/// Files of more than 450 lines.
pub(crate) const LONG_FILES: &[&str] = &["src/project/site_tests/accounts.rs"];

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
