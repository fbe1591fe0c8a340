//! The user that may do everything, and usually is the first.

use crate::auth::names::UserFieldError;
use crate::auth::{
    Hashers, NewUser, PasswordError, User, UserAttribute, UserChanges, UserConflict, UserTable,
    Users,
};
use crate::crypto::Secret;
use crate::db::{Connection, DatabaseError, SqlValue};
use crate::diagnostic::Diagnostic;

/// Why there is no new superuser.
#[derive(Debug, thiserror::Error)]
pub enum SuperuserError {
    /// The username or the email address is not valid.
    #[error(transparent)]
    Name(#[from] UserFieldError),
    /// Somebody has the name already.
    #[error("a user called `{0}` exists already")]
    UsernameTaken(String),
    /// The table does not take the user.
    #[error("{0}")]
    Conflict(UserConflict),
    /// The password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The user could not be kept.
    #[error("the table of users cannot be used")]
    Database(#[from] DatabaseError),
}

impl Diagnostic for SuperuserError {
    fn code(&self) -> &'static str {
        match self {
            Self::Name(error) => error.code(),
            Self::UsernameTaken(_) => "username-taken",
            Self::Conflict(conflict) => conflict.code(),
            Self::Password(error) => error.code(),
            Self::Database(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::UsernameTaken(name) => vec![format!(
                "`djr changepassword {name}` gives it a new password"
            )],
            Self::Password(error) => error.hints(),
            Self::Database(error) if error.is_missing_table() => {
                vec!["run `djr migrate` to create the table of users".to_owned()]
            }
            Self::Database(error) => error.hints(),
            Self::Name(_) | Self::Conflict(_) => Vec::new(),
        }
    }

    fn is_schema_mismatch(&self) -> bool {
        match self {
            Self::Database(error) => error.is_schema_mismatch(),
            Self::Conflict(conflict) => conflict.is_schema_mismatch,
            _ => false,
        }
    }
}

/// What a superuser is made of.
#[derive(Clone, Debug, Default)]
pub struct Superuser {
    /// The name it logs in with, as typed.
    pub username: String,
    /// Its email address, as typed; may be empty.
    pub email: String,
    /// Its password; without one it cannot log in.
    pub password: Option<Secret>,
    /// What it has in columns of the model's own, by column.
    pub custom_values: Vec<(String, SqlValue)>,
}

impl Superuser {
    /// What it has beside its name and its password.
    pub fn changes(&self) -> UserChanges {
        UserChanges {
            email: Some(self.email.clone()),
            is_superuser: Some(true),
            is_staff: Some(true),
            custom_values: self.custom_values.clone(),
            ..UserChanges::default()
        }
    }

    /// Checks the names and hashes the password: the slow part, before any lock is taken.
    pub fn prepare(&self, table: &UserTable, hashers: &Hashers) -> Result<NewUser, SuperuserError> {
        let username = table.clean(UserAttribute::Username, &self.username)?;
        let email = if table.logs_in_by_email() {
            username.clone()
        } else {
            table.clean(UserAttribute::Email, &self.email)?
        };
        let password = self.password.as_ref();
        let password = password.map(|password| hashers.make_password(password));
        let changes = UserChanges {
            email: Some(email),
            password: password.transpose()?,
            ..self.changes()
        };
        Ok(changes.new_user(&username))
    }
}

/// Whether nobody is called `username` yet.
pub fn is_free(users: &Users<'_>, username: &str) -> Result<bool, SuperuserError> {
    Ok(users.by_username(username)?.is_none())
}

/// Fails where somebody is called `username` already.
pub fn check_free(users: &Users<'_>, username: &str) -> Result<(), SuperuserError> {
    if is_free(users, username)? {
        Ok(())
    } else {
        Err(SuperuserError::UsernameTaken(username.to_owned()))
    }
}

/// Whether some active superuser exists.
pub fn exists(users: &Users<'_>) -> Result<bool, SuperuserError> {
    Ok(users.has_superuser()?)
}

/// Adds `user` in one transaction, unless its name is taken.
pub fn create(
    connection: &Connection,
    table: &UserTable,
    user: &NewUser,
) -> Result<User, SuperuserError> {
    connection.transaction(|connection| insert(&Users::new(connection, table), user))
}

/// Adds `user` in one transaction, unless some superuser is there by now.
pub fn create_first(
    connection: &Connection,
    table: &UserTable,
    user: &NewUser,
) -> Result<Option<User>, SuperuserError> {
    connection.transaction(|connection| {
        let users = Users::new(connection, table);
        if users.has_superuser()? {
            return Ok(None);
        }
        insert(&users, user).map(Some)
    })
}

fn insert(users: &Users<'_>, user: &NewUser) -> Result<User, SuperuserError> {
    if users.by_username(&user.username)?.is_some() {
        return Err(SuperuserError::UsernameTaken(user.username.clone()));
    }
    users
        .insert(user)
        .map_err(|error| match users.table().conflict(&error) {
            Some(conflict) => SuperuserError::Conflict(conflict),
            None => error.into(),
        })
}

#[cfg(test)]
mod tests {
    use super::{Superuser, SuperuserError, create, create_first};
    use crate::auth::tests::hashers;
    use crate::auth::{Users, authenticate, is_password_usable};
    use crate::diagnostic::Diagnostic as _;
    use crate::test_database::TestDatabase;

    fn superuser(username: &str) -> Superuser {
        Superuser {
            username: username.to_owned(),
            email: "A.B@Example.COM".to_owned(),
            password: Some("secret".into()),
            custom_values: Vec::new(),
        }
    }

    #[test]
    fn makes_a_user_that_may_do_everything() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let hashers = hashers(["pbkdf2_sha256"]);
        let prepared = superuser("ﬁx").prepare(&table, &hashers).unwrap();
        let user = create(&connection, &table, &prepared).unwrap();
        assert_eq!((&*user.username, &*user.email), ("fix", "A.B@example.com"));
        let users = Users::new(&connection, &table);
        let known = authenticate(&users, &hashers, "fix", "secret").unwrap();
        assert!(known.unwrap().is_superuser);
    }

    #[test]
    fn refuses_a_name_that_is_taken() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let prepared = superuser("alice").prepare(&table, &hashers(["md5"]));
        let prepared = prepared.unwrap();
        create(&connection, &table, &prepared).unwrap();
        let error = create(&connection, &table, &prepared).unwrap_err();
        assert!(matches!(&error, SuperuserError::UsernameTaken(name) if name == "alice"));
        assert_eq!(error.code(), "username-taken");
    }

    #[test]
    fn makes_the_first_one_once() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let hashers = hashers(["md5"]);
        let alice = superuser("alice").prepare(&table, &hashers).unwrap();
        let bob = superuser("bob").prepare(&table, &hashers).unwrap();
        assert!(create_first(&connection, &table, &alice).unwrap().is_some());
        assert!(create_first(&connection, &table, &bob).unwrap().is_none());
    }

    #[test]
    fn gives_no_password_where_none_was_given() {
        let silent = Superuser {
            password: None,
            ..superuser("alice")
        };
        let table = TestDatabase::migrated().users;
        let prepared = silent.prepare(&table, &hashers(["md5"])).unwrap();
        assert!(!is_password_usable(&prepared.password));
    }

    #[test]
    fn names_what_is_wrong() {
        let table = TestDatabase::migrated().users;
        let prepare = |superuser: Superuser| {
            let prepared = superuser.prepare(&table, &hashers(["md5"]));
            prepared.unwrap_err()
        };
        assert_eq!(prepare(superuser("a b")).code(), "invalid-username");
        assert_eq!(prepare(superuser("")).code(), "invalid-username");
        let odd = Superuser {
            email: "nobody".to_owned(),
            ..superuser("alice")
        };
        assert_eq!(prepare(odd).code(), "invalid-email");
    }
}
