//! What a user may do: permissions of its own and those of its groups.

use std::collections::BTreeSet;

use crate::auth::{User, Users};
use crate::db::{DatabaseError, SqlValue, quote_name};

/// A table that joins two others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Link {
    /// Its name.
    pub table: String,
    /// The column of the side it belongs to.
    pub from: String,
    /// The column of the other side.
    pub to: String,
}

/// The tables that say who may do what.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GrantTables {
    /// The permissions.
    pub permissions: String,
    /// The content types, whose apps permissions are named after.
    pub content_types: String,
    /// The groups.
    pub groups: String,
    /// From groups to their permissions.
    pub group_permissions: Link,
    /// From users to their groups.
    pub user_groups: Link,
    /// From users to permissions of their own.
    pub user_permissions: Link,
}

/// What one user may do; permissions are called `app.codename`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Grants {
    everything: bool,
    own: BTreeSet<String>,
    of_groups: BTreeSet<String>,
}

impl Grants {
    /// Whether the user has the permission `name`; an active superuser has all, even those that do not exist.
    pub fn has(&self, name: &str) -> bool {
        self.everything || self.all().any(|known| known == name)
    }

    /// Whether the user has some permission in the app of this label.
    pub fn has_module(&self, label: &str) -> bool {
        let of_app = |name: &str| name.split_once('.').is_some_and(|(app, _)| app == label);
        self.everything || self.all().any(of_app)
    }

    /// The permissions the user has without its groups.
    pub fn own(&self) -> &BTreeSet<String> {
        &self.own
    }

    /// The permissions the user has through its groups.
    pub fn of_groups(&self) -> &BTreeSet<String> {
        &self.of_groups
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        self.own.iter().chain(&self.of_groups).map(String::as_str)
    }
}

impl Users<'_> {
    /// What `user` may do, in one query: nothing while it is inactive, everything as a superuser.
    pub fn grants(&self, user: &User) -> Result<Grants, DatabaseError> {
        let mut grants = Grants {
            everything: user.may_everything(),
            ..Grants::default()
        };
        let Some(tables) = self.grant_tables().filter(|_| user.is_active) else {
            return Ok(grants);
        };
        let pk = SqlValue::from(&user.pk);
        let (sql, values) = if user.is_superuser {
            (tables.select_all(), Vec::new())
        } else {
            (tables.select_granted(), vec![pk.clone(), pk])
        };
        for row in self.connection().query(&sql, &values)? {
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

    /// The keys and names of the groups of `user`, by name.
    pub fn groups(&self, user: &User) -> Result<Vec<(i64, String)>, DatabaseError> {
        let Some(tables) = self.grant_tables() else {
            return Ok(Vec::new());
        };
        let (groups, member) = (quote_name(&tables.groups), tables.user_groups.quoted());
        let sql = format!(
            "SELECT g.id, g.name FROM {groups} g JOIN {} u ON u.{} = g.id WHERE u.{} = ? ORDER BY g.name",
            member.table, member.to, member.from
        );
        let rows = self.connection().query(&sql, &[SqlValue::from(&user.pk)])?;
        let groups = rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?)));
        groups.collect()
    }
}

impl GrantTables {
    /// All permissions, as those of a superuser itself and of its groups.
    fn select_all(&self) -> String {
        let permissions = self.permissions();
        format!("SELECT 0, {permissions} UNION ALL SELECT 1, {permissions}")
    }

    /// The permissions of one user, those of its groups marked with 1.
    fn select_granted(&self) -> String {
        let permissions = self.permissions();
        let own = self.user_permissions.quoted();
        let (member, grant) = (self.user_groups.quoted(), self.group_permissions.quoted());
        format!(
            "SELECT 0, {permissions} JOIN {} o ON o.{} = p.id WHERE o.{} = ? \
             UNION ALL \
             SELECT 1, {permissions} JOIN {} g ON g.{} = p.id JOIN {} u ON u.{} = g.{} WHERE u.{} = ?",
            own.table,
            own.to,
            own.from,
            grant.table,
            grant.to,
            member.table,
            member.to,
            grant.from,
            member.from,
        )
    }

    fn permissions(&self) -> String {
        let (permissions, types) = (&self.permissions, &self.content_types);
        format!(
            "c.app_label, p.codename FROM {} p JOIN {} c ON c.id = p.content_type_id",
            quote_name(permissions),
            quote_name(types)
        )
    }
}

impl Link {
    pub(super) fn quoted(&self) -> Self {
        let [table, from, to] = [&self.table, &self.from, &self.to].map(|name| quote_name(name));
        Self { table, from, to }
    }
}

#[cfg(test)]
mod tests {
    use super::Grants;
    use crate::auth::tests::{TABLE, database, grant, grant_tables, new_user};
    use crate::auth::{NewUser, User, UserTable, Users};
    use crate::db::Connection;

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
        let (_folder, connection) = database();
        let table = UserTable::new(TABLE, "id").with_grants(Some(grant_tables()));
        let (users, alice) = (Users::new(&connection, &table), plain(&connection, &table));
        assert_eq!(users.grants(&alice).unwrap(), Grants::default());
        grant(&connection, &alice, "posts.add_post", None);
        grant(&connection, &alice, "posts.change_post", Some("editors"));
        grant(&connection, &alice, "shop.view_cart", Some("buyers"));
        let grants = users.grants(&alice).unwrap();
        assert_eq!(names(grants.own()), ["posts.add_post"]);
        assert_eq!(
            names(grants.of_groups()),
            ["posts.change_post", "shop.view_cart"]
        );
        assert!(grants.has("posts.add_post") && grants.has("shop.view_cart"));
        assert!(!grants.has("posts.delete_post") && !grants.has("add_post"));
        assert!(grants.has_module("shop") && !grants.has_module("sho"));
        let groups = users.groups(&alice).unwrap();
        let groups: Vec<_> = groups.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(groups, ["buyers", "editors"]);
    }

    #[test]
    fn a_superuser_may_do_everything_and_an_inactive_user_nothing() {
        let (_folder, connection) = database();
        let table = UserTable::new(TABLE, "id").with_grants(Some(grant_tables()));
        let (users, alice) = (Users::new(&connection, &table), plain(&connection, &table));
        grant(&connection, &alice, "posts.add_post", None);
        let is = |is_superuser, is_active| User {
            is_superuser,
            is_active,
            ..alice.clone()
        };
        let everything = users.grants(&is(true, true)).unwrap();
        assert!(everything.has("no.such") && everything.has_module("nowhere"));
        assert_eq!(names(everything.of_groups()), ["posts.add_post"]);
        for powerless in [is(true, false), is(false, false)] {
            assert_eq!(users.grants(&powerless).unwrap(), Grants::default());
        }
    }

    #[test]
    fn without_tables_for_permissions_only_superusers_have_any() {
        let (_folder, connection) = database();
        let table = UserTable::new(TABLE, "id");
        let (users, alice) = (Users::new(&connection, &table), plain(&connection, &table));
        assert!(!users.grants(&alice).unwrap().has("posts.add_post"));
        let root = User {
            is_superuser: true,
            ..alice
        };
        assert!(users.grants(&root).unwrap().has("posts.add_post"));
        assert!(users.groups(&root).unwrap().is_empty());
    }
}
