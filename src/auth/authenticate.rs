//! From a username and a password to a user.

use crate::auth::{Hashers, PasswordError, User, Users};
use crate::db::DatabaseError;
use crate::diagnostic::Diagnostic;

/// Why nobody could be asked who they are.
#[derive(Debug, thiserror::Error)]
pub enum AuthenticationError {
    /// The users could not be read, or a hash not be kept.
    #[error("the table of users cannot be used")]
    Database(#[from] DatabaseError),
    /// A hash could not be made.
    #[error(transparent)]
    Password(#[from] PasswordError),
}

impl Diagnostic for AuthenticationError {
    fn code(&self) -> &'static str {
        match self {
            Self::Database(error) => error.code(),
            Self::Password(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Database(error) if error.is_missing_table() => {
                vec!["run `djr migrate` to create the table of users".to_owned()]
            }
            Self::Database(error) => error.hints(),
            Self::Password(error) => error.hints(),
        }
    }

    fn is_schema_mismatch(&self) -> bool {
        match self {
            Self::Database(error) => error.is_schema_mismatch(),
            Self::Password(_) => false,
        }
    }
}

/// The active user of this name and password; the time taken does not tell which of them is wrong.
///
/// A right password whose hash is outdated is hashed anew.
pub fn authenticate(
    users: &Users<'_>,
    hashers: &Hashers,
    username: &str,
    password: &str,
) -> Result<Option<User>, AuthenticationError> {
    let Some(mut user) = users.by_username(username)? else {
        hashers.run_dummy_hash(password);
        return Ok(None);
    };
    let verdict = hashers.verify(password, &user.password);
    if verdict.correct && verdict.must_update {
        let encoded = hashers.make_password(password)?;
        users.upgrade_password(&user.pk, &user.password, &encoded)?;
        user.password = encoded;
    }
    Ok((verdict.correct && user.is_active).then_some(user))
}

#[cfg(test)]
mod tests {
    use super::authenticate;
    use crate::auth::tests::{hashers, new_user};
    use crate::auth::{Users, unusable_password};
    use crate::test_database::TestDatabase;

    #[test]
    fn knows_a_user_by_name_and_password() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let hashers = hashers(["pbkdf2_sha256"]);
        let encoded = hashers.make_password("secret").unwrap();
        users.insert(&new_user("fix", &encoded)).unwrap();
        let ask = |username, password| authenticate(&users, &hashers, username, password).unwrap();
        assert_eq!(ask("fix", "secret").unwrap().username, "fix");
        assert_eq!(ask("ﬁx", "secret").unwrap().username, "fix");
        assert!(ask("fix", "Secret").is_none());
        assert!(ask("Fix", "secret").is_none());
        assert!(ask("nobody", "secret").is_none());
    }

    #[test]
    fn lets_nobody_in_who_is_inactive_or_has_no_password() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let hashers = hashers(["pbkdf2_sha256"]);
        let encoded = hashers.make_password("secret").unwrap();
        users.insert(&new_user("gone", &encoded)).unwrap();
        let sql = "UPDATE auth_user SET is_active = 0";
        connection.execute(sql, &[]).unwrap();
        let unusable = unusable_password();
        users.insert(&new_user("robot", &unusable)).unwrap();
        for (username, password) in [("gone", "secret"), ("robot", &unusable), ("robot", "")] {
            let user = authenticate(&users, &hashers, username, password).unwrap();
            assert_eq!(user, None, "{username}");
        }
    }

    #[test]
    fn the_number_of_hashes_tells_nothing_of_a_name() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let hashers = hashers(["pbkdf2_sha256", "argon2"]);
        let encoded = hashers.make_password("secret").unwrap();
        for (name, encoded) in [
            ("alice", encoded.as_str()),
            ("gone", &encoded),
            ("robot", &unusable_password()),
            ("stranger", "lolcat$salt$hash"),
            ("broken", "argon2$garbage"),
            ("empty", ""),
        ] {
            users.insert(&new_user(name, encoded)).unwrap();
        }
        let sql = "UPDATE auth_user SET is_active = 0 WHERE username = 'gone'";
        connection.execute(sql, &[]).unwrap();
        for (username, password) in [
            ("alice", "wrong"),
            ("alice", ""),
            ("", ""),
            ("gone", "wrong"),
            ("gone", "secret"),
            ("robot", "secret"),
            ("stranger", "secret"),
            ("broken", "secret"),
            ("empty", ""),
            ("nobody", "secret"),
        ] {
            let before = hashers.hash_count();
            let user = authenticate(&users, &hashers, username, password).unwrap();
            assert_eq!(
                (user, hashers.hash_count() - before),
                (None, 1),
                "{username}"
            );
        }
        let before = hashers.hash_count();
        let alice = authenticate(&users, &hashers, "alice", "secret").unwrap();
        assert!(alice.is_some());
        assert_eq!(hashers.hash_count() - before, 1);
    }

    #[test]
    fn upgrades_an_outdated_hash_when_the_password_was_right() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let users = Users::new(&connection, &table);
        let old = hashers(["md5"]).make_password("secret").unwrap();
        users.insert(&new_user("alice", &old)).unwrap();
        let hashers = hashers(["pbkdf2_sha256", "md5"]);
        assert!(
            authenticate(&users, &hashers, "alice", "wrong")
                .unwrap()
                .is_none()
        );
        let kept = || users.by_username("alice").unwrap().unwrap().password;
        assert_eq!(kept(), old);
        let user = authenticate(&users, &hashers, "alice", "secret").unwrap();
        assert!(kept().starts_with("pbkdf2_sha256$10$"));
        assert_eq!(user.unwrap().password, kept());
        assert!(hashers.verify("secret", &kept()).correct);
    }
}
