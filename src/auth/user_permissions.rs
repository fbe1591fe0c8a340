//! What a user may do: its own permissions and those of its groups.

use std::collections::BTreeSet;

use crate::auth::{User, Users};
use crate::db::{DatabaseError, SqlValue};

/// What one user may do; permissions are called `app.codename`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct UserPermissions {
    is_superuser: bool,
    own: BTreeSet<String>,
    of_groups: BTreeSet<String>,
}

impl UserPermissions {
    /// Whether the user has the permission `name`; an active superuser has all, even those that do not exist.
    pub fn has_perm(&self, name: &str) -> bool {
        self.is_superuser || self.all().any(|known| known == name)
    }

    /// Whether the user has some permission in the app of this label.
    pub fn has_module_perms(&self, label: &str) -> bool {
        let of_app = |name: &str| name.split_once('.').is_some_and(|(app, _)| app == label);
        self.is_superuser || self.all().any(of_app)
    }

    /// The permissions the user has without its groups.
    pub fn user_permissions(&self) -> &BTreeSet<String> {
        &self.own
    }

    /// The permissions the user has through its groups.
    pub fn group_permissions(&self) -> &BTreeSet<String> {
        &self.of_groups
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        self.own.iter().chain(&self.of_groups).map(String::as_str)
    }
}

impl Users<'_> {
    /// What `user` may do, in one query: nothing while it is inactive, everything as a superuser.
    pub fn permissions_of(&self, user: &User) -> Result<UserPermissions, DatabaseError> {
        let mut grants = UserPermissions {
            is_superuser: user.is_active_superuser(),
            ..UserPermissions::default()
        };
        if !user.is_active {
            return Ok(grants);
        }
        let (table, connection) = (self.table(), self.connection());
        let pk = SqlValue::from(&user.pk);
        let (select, values) = if user.is_superuser {
            (table.select_all_permissions(connection), Vec::new())
        } else {
            (
                table.select_permissions_of_user(connection),
                vec![pk.clone(), pk],
            )
        };
        let rows = select.map(|select| select.rows(connection, &values));
        for row in rows.transpose()?.unwrap_or_default() {
            let (label, codename): (String, String) = (row.get(1)?, row.get(2)?);
            let set = if row.get(0)? {
                &mut grants.of_groups
            } else {
                &mut grants.own
            };
            set.insert(format!("{label}.{codename}"));
        }
        Ok(grants)
    }
}

#[cfg(test)]
mod tests {
    use super::UserPermissions;
    use crate::auth::tests::{grant, new_user, permission_tables};
    use crate::auth::{Groups, NewUser, User, UserFields, UserTable, Users};
    use crate::db::Connection;
    use crate::test_database::TestDatabase;

    fn plain(connection: &Connection, table: &UserTable) -> User {
        let user = NewUser {
            is_superuser: false,
            ..new_user("alice", "hash")
        };
        Users::new(connection, table).insert(&user).unwrap()
    }

    fn names(set: &std::collections::BTreeSet<String>) -> Vec<&str> {
        set.iter().map(String::as_str).collect()
    }

    #[test]
    fn a_user_has_its_own_permissions_and_those_of_its_groups() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let (users, alice) = (Users::new(&connection, &table), plain(&connection, &table));
        assert_eq!(
            users.permissions_of(&alice).unwrap(),
            UserPermissions::default()
        );
        grant(&database, &alice, "posts.add_post", None);
        grant(&database, &alice, "posts.change_post", Some("editors"));
        grant(&database, &alice, "shop.view_cart", Some("buyers"));
        let grants = users.permissions_of(&alice).unwrap();
        assert_eq!(names(grants.user_permissions()), ["posts.add_post"]);
        assert_eq!(
            names(grants.group_permissions()),
            ["posts.change_post", "shop.view_cart"]
        );
        assert!(grants.has_perm("posts.add_post") && grants.has_perm("shop.view_cart"));
        assert!(!grants.has_perm("posts.delete_post") && !grants.has_perm("add_post"));
        assert!(grants.has_module_perms("shop") && !grants.has_module_perms("sho"));
        let tables = permission_tables(&database);
        let groups = Groups::new(&connection, &tables)
            .of_user(&alice.pk)
            .unwrap();
        let groups: Vec<_> = groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(groups, ["buyers", "editors"]);
    }

    #[test]
    fn a_superuser_may_do_everything_and_an_inactive_user_nothing() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = database.users.clone();
        let (users, alice) = (Users::new(&connection, &table), plain(&connection, &table));
        grant(&database, &alice, "posts.add_post", None);
        let is = |is_superuser, is_active| User {
            is_superuser,
            is_active,
            ..alice.clone()
        };
        let everything = users.permissions_of(&is(true, true)).unwrap();
        assert!(everything.has_perm("no.such") && everything.has_module_perms("nowhere"));
        assert!(everything.group_permissions().contains("posts.add_post"));
        for powerless in [is(true, false), is(false, false)] {
            assert_eq!(
                users.permissions_of(&powerless).unwrap(),
                UserPermissions::default()
            );
        }
    }

    #[test]
    fn without_tables_for_permissions_only_superusers_have_any() {
        let database = TestDatabase::migrated();
        let connection = database.connection();
        let table = UserTable::new("auth_user", UserFields::usual());
        let (users, alice) = (Users::new(&connection, &table), plain(&connection, &table));
        assert!(
            !users
                .permissions_of(&alice)
                .unwrap()
                .has_perm("posts.add_post")
        );
        let root = User {
            is_superuser: true,
            ..alice
        };
        assert!(
            users
                .permissions_of(&root)
                .unwrap()
                .has_perm("posts.add_post")
        );
    }
}
