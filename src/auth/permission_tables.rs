//! The tables that say who may do what, and the queries over all of them.

use crate::auth::ThroughTable;
use crate::db::quote_name;

/// The tables that say who may do what.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PermissionTables {
    /// The permissions.
    pub permissions: String,
    /// The content types, whose apps permissions are named after.
    pub content_types: String,
    /// The groups.
    pub groups: String,
    /// From groups to their permissions.
    pub group_permissions: ThroughTable,
    /// From users to their groups.
    pub user_groups: ThroughTable,
    /// From users to permissions of their own.
    pub user_permissions: ThroughTable,
}

impl PermissionTables {
    /// All permissions, as those of a superuser itself and of its groups.
    pub(super) fn select_all(&self) -> String {
        let permissions = self.permissions();
        format!("SELECT 0, {permissions} UNION ALL SELECT 1, {permissions}")
    }

    /// The permissions of one user, those of its groups marked with 1.
    pub(super) fn select_for_user(&self) -> String {
        let permissions = self.permissions();
        let own = self.user_permissions.quoted();
        let (member, grant) = (self.user_groups.quoted(), self.group_permissions.quoted());
        format!(
            "SELECT 0, {permissions} JOIN {} o ON o.{} = p.id WHERE o.{} = ? \
             UNION ALL \
             SELECT 1, {permissions} JOIN {} g ON g.{} = p.id JOIN {} u ON u.{} = g.{} WHERE u.{} = ?",
            own.table,
            own.target_column,
            own.source_column,
            grant.table,
            grant.target_column,
            member.table,
            member.target_column,
            grant.source_column,
            member.source_column,
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

    /// The query of the members of one group, whose name is its value.
    pub(super) fn members_of_group(&self) -> String {
        let ThroughTable {
            table,
            source_column,
            target_column,
        } = self.user_groups.quoted();
        let groups = quote_name(&self.groups);
        format!(
            r#"SELECT {source_column} FROM {table} WHERE {target_column} IN (SELECT "id" FROM {groups} WHERE "name" = ?)"#
        )
    }
}
