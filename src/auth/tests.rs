//! A database with users, permissions and groups, for the tests of this domain.

use crate::auth::{GrantedPermissions, Grantee, Groups, Hashers, NewUser, PermissionTables, User};
use crate::clock::Moment;
use crate::db::{Connection, SqlValue};
use crate::settings::Settings;
use crate::test_database::TestDatabase;

/// The tables that say what a user of `database` may do.
pub(super) fn permission_tables(database: &TestDatabase) -> PermissionTables {
    database.users.permission_tables().cloned().unwrap()
}

/// Gives `user` a permission, itself or through a group.
pub(super) fn grant(database: &TestDatabase, user: &User, permission: &str, group: Option<&str>) {
    let (connection, tables) = (database.connection(), permission_tables(database));
    insert_permission(&connection, permission);
    let permissions = GrantedPermissions::new(&connection, &tables);
    let permission = &permissions.named(permission).unwrap()[0];
    let Some(group) = group else {
        permissions
            .grant(Grantee::User(&user.pk), permission)
            .unwrap();
        return;
    };
    let groups = Groups::new(&connection, &tables);
    let group = groups.create(group).unwrap();
    permissions
        .grant(Grantee::Group(&group), permission)
        .unwrap();
    groups.add(&user.pk, &group).unwrap();
}

/// Adds the permission called `app.codename`, on a model of its own.
fn insert_permission(connection: &Connection, permission: &str) {
    let (label, codename) = permission.split_once('.').unwrap();
    let insert = |sql: &str, values: &[SqlValue]| {
        connection.execute(sql, values).unwrap();
        SqlValue::from(connection.last_insert_id())
    };
    let sql = "INSERT INTO django_content_type (app_label, model) VALUES (?, ?)";
    let content_type = insert(sql, &[label.into(), codename.into()]);
    let sql = "INSERT INTO auth_permission (content_type_id, codename, name) VALUES (?, ?, '')";
    insert(sql, &[content_type, codename.into()]);
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
