//! A database with one table of users, for the tests of this domain.

use std::time::Duration;

use tempfile::TempDir;

use crate::auth::{Hashers, NewUser};
use crate::clock::Moment;
use crate::db::{Connection, Database, Durability};
use crate::settings::Settings;

/// Not Django's name: no code may know that.
pub(super) const TABLE: &str = "people";

pub(super) fn database() -> (TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(folder.path().join("db.sqlite3"), Duration::from_secs(5));
    let schema = database.open_for_migrations().unwrap();
    let sql = "CREATE TABLE people (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, \
               password varchar(128) NOT NULL, last_login datetime NULL, \
               is_superuser bool NOT NULL, username varchar(150) NOT NULL UNIQUE, \
               first_name varchar(150) NOT NULL, last_name varchar(150) NOT NULL, \
               email varchar(254) NOT NULL, is_staff bool NOT NULL, is_active bool NOT NULL, \
               date_joined datetime NOT NULL)";
    schema.execute(sql, &[]).unwrap();
    schema.commit().unwrap();
    let connection = database.open(Durability::Normal).unwrap();
    (folder, connection)
}

pub(super) fn new_user(username: &str, password: &str) -> NewUser {
    NewUser {
        email: format!("{username}@example.com"),
        password: password.to_owned(),
        is_superuser: true,
        is_staff: true,
        date_joined: Moment::from_unix_seconds(1_700_000_000),
        ..NewUser::named(username)
    }
}

/// Cheap hashers: the first of `names` is preferred.
pub(super) fn hashers<const N: usize>(names: [&str; N]) -> Hashers {
    let mut costs = Settings::parse("").unwrap().auth.costs;
    costs.pbkdf2_iterations = 10;
    Hashers::new(names, &costs).unwrap()
}
