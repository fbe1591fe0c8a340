//! A database with one table of users, for the tests of this domain.

use std::time::Duration;

use tempfile::TempDir;

use crate::auth::{Hashers, NewUser, PermissionTables, ThroughTable, User};
use crate::clock::Moment;
use crate::db::{Connection, Database, Durability, SqlValue};
use crate::settings::Settings;

/// Not Django's name: no code may know that.
pub(super) const TABLE: &str = "people";

/// The tables of permissions, those of users under names that no code may know.
const GRANTS: [&str; 6] = [
    "CREATE TABLE types (id integer PRIMARY KEY, app_label text, model text)",
    "CREATE TABLE permissions (id integer PRIMARY KEY, name text, content_type_id bigint, codename text)",
    "CREATE TABLE \"groups\" (id integer PRIMARY KEY, name text UNIQUE)",
    "CREATE TABLE group_permissions (id integer PRIMARY KEY, group_id integer, permission_id integer)",
    "CREATE TABLE people_groups (id integer PRIMARY KEY, person_id integer, group_id integer)",
    "CREATE TABLE people_permissions (id integer PRIMARY KEY, person_id integer, permission_id integer)",
];

/// The names of those tables.
pub(super) fn permission_tables() -> PermissionTables {
    let link = |table: &str, from: &str, to: &str| ThroughTable {
        table: table.to_owned(),
        source_column: from.to_owned(),
        target_column: to.to_owned(),
    };
    PermissionTables {
        permissions: "permissions".to_owned(),
        content_types: "types".to_owned(),
        groups: "groups".to_owned(),
        group_permissions: link("group_permissions", "group_id", "permission_id"),
        user_groups: link("people_groups", "person_id", "group_id"),
        user_permissions: link("people_permissions", "person_id", "permission_id"),
    }
}

/// Gives `user` a permission, itself or through a group.
pub(super) fn grant(connection: &Connection, user: &User, permission: &str, group: Option<&str>) {
    let (label, codename) = permission.split_once('.').unwrap();
    let insert = |sql: &str, values: &[SqlValue]| {
        connection.execute(sql, values).unwrap();
        SqlValue::from(connection.last_insert_id())
    };
    let kind = insert("INSERT INTO types (app_label) VALUES (?)", &[label.into()]);
    let permission = insert(
        "INSERT INTO permissions (content_type_id, codename) VALUES (?, ?)",
        &[kind, codename.into()],
    );
    let pk = SqlValue::from(&user.pk);
    let Some(group) = group else {
        let sql = "INSERT INTO people_permissions (person_id, permission_id) VALUES (?, ?)";
        insert(sql, &[pk, permission]);
        return;
    };
    let group = insert("INSERT INTO \"groups\" (name) VALUES (?)", &[group.into()]);
    insert(
        "INSERT INTO group_permissions (group_id, permission_id) VALUES (?, ?)",
        &[group.clone(), permission],
    );
    insert(
        "INSERT INTO people_groups (person_id, group_id) VALUES (?, ?)",
        &[pk, group],
    );
}

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
    for sql in GRANTS {
        schema.execute(sql, &[]).unwrap();
    }
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
