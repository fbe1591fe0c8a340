//! Usernames that a reader would take for each other.
//!
//! Django refuses a new name that differs in case alone, which SQLite judges for ASCII only. Here case
//! is that of Unicode, and letters that look alike count as the same ones (Unicode Technical Standard
//! 39): nobody signs up as `аlice`, with a Cyrillic `а`, where there is an `alice`.

use unicode_normalization::UnicodeNormalization as _;
use unicode_security::{MixedScript as _, confusable_detection::skeleton};

use crate::auth::Users;
use crate::db::DatabaseError;

/// How a new name resembles one that is taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum UsernameConflict {
    /// It is the same, or but for upper and lower case.
    Same,
    /// Its letters are others that look the same.
    Confusable,
}

/// Whether `username`, normalised, resembles that of some user.
pub fn find_username_conflict(
    users: &Users<'_>,
    username: &str,
) -> Result<Option<UsernameConflict>, DatabaseError> {
    let mut found = None;
    users.for_each_similar_username(username, |taken| {
        let resemblance = compare(username, taken);
        found = match (found, resemblance) {
            (Some(UsernameConflict::Same), _) | (_, Some(UsernameConflict::Same)) => {
                Some(UsernameConflict::Same)
            }
            (found, resemblance) => found.or(resemblance),
        };
    })?;
    Ok(found)
}

/// Whether all letters of `username` are of one script, or of scripts that are written together.
pub fn is_single_script(username: &str) -> bool {
    username.is_single_script()
}

/// Whether two email addresses are one: NFKC and without case (Django's `_unicode_ci_compare`).
pub fn emails_match(left: &str, right: &str) -> bool {
    normalize_caseless(left) == normalize_caseless(right)
}

fn compare(username: &str, taken: &str) -> Option<UsernameConflict> {
    let (new, old) = (normalize_caseless(username), normalize_caseless(taken));
    if new == old {
        return Some(UsernameConflict::Same);
    }
    // Within ASCII `rn` and `m` are told apart well enough, and `bob1` may stand beside `bobl`.
    let plain = username.is_ascii() && taken.is_ascii();
    (!plain && skeleton(&new).eq(skeleton(&old))).then_some(UsernameConflict::Confusable)
}

fn normalize_caseless(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{
        UsernameConflict, compare, emails_match, find_username_conflict, is_single_script,
    };
    use crate::auth::Users;
    use crate::auth::tests::new_user;
    use crate::test_database::TestDatabase;

    #[test]
    fn names_that_a_reader_takes_for_each_other_resemble() {
        for (left, right, expected) in [
            ("alice", "alice", Some(UsernameConflict::Same)),
            ("Alice", "aLICE", Some(UsernameConflict::Same)),
            ("ÉMILE", "émile", Some(UsernameConflict::Same)),
            ("аlice", "alice", Some(UsernameConflict::Confusable)),
            ("Аlice", "alice", Some(UsernameConflict::Confusable)),
            ("аԛа", "aqa", Some(UsernameConflict::Confusable)),
            ("bob1", "bobl", None),
            ("modern", "modem", None),
            ("émile", "emile", None),
            ("alice", "bob", None),
        ] {
            assert_eq!(compare(left, right), expected, "{left} {right}");
            assert_eq!(compare(right, left), expected, "{right} {left}");
        }
    }

    #[test]
    fn letters_of_several_scripts_make_no_name() {
        for name in [
            "alice",
            "алиса",
            "山田_太郎",
            "やまだ太郎",
            "émile.zola+1",
            "user-7",
        ] {
            assert!(is_single_script(name), "{name}");
        }
        for name in ["аlice", "αdmin", "pаypal"] {
            assert!(!is_single_script(name), "{name}");
        }
    }

    #[test]
    fn an_address_is_the_same_in_any_case_and_form() {
        assert!(emails_match("Bob@Example.com", "bob@example.COM"));
        assert!(emails_match("ﬁx@example.com", "FIX@example.com"));
        assert!(!emails_match("mike@example.org", "mıke@example.org"));
        assert!(!emails_match("bob@example.com", "bob@example.org"));
    }

    #[test]
    fn a_new_name_is_compared_with_all_users() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        for name in ["bob", "Émile", "сора"] {
            users.insert(&new_user(name, "hash")).unwrap();
        }
        let find = |name| find_username_conflict(&users, name).unwrap();
        assert_eq!(find("BOB"), Some(UsernameConflict::Same));
        assert_eq!(find("émile"), Some(UsernameConflict::Same));
        assert_eq!(find("copa"), Some(UsernameConflict::Confusable));
        assert_eq!(find("мob"), None);
        assert_eq!(find("boм"), None);
        assert_eq!(find("bоb"), Some(UsernameConflict::Confusable));
        assert_eq!(find("carol"), None);
    }
}
