//! The tables that say who may do what, and the queries over all of them.

use crate::auth::ThroughTable;
use crate::db::sql::{SelectStatement, SqlExpression};

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
    pub(super) fn select_all(&self) -> SelectStatement {
        let permissions = |of_groups| self.select_names(of_groups);
        permissions(false).union_all(permissions(true))
    }

    /// The permissions of the user whose key is given, twice; those of its groups are marked.
    pub(super) fn select_for_user(&self) -> SelectStatement {
        let of = SqlExpression::column_of;
        let (own, members) = (&self.user_permissions, &self.user_groups);
        let groups = &self.group_permissions;
        let by_itself = self
            .select_names(false)
            .join(
                &own.table,
                "o",
                of("o", &own.target_column).equals(of("p", "id")),
            )
            .filter(of("o", &own.source_column).equals(SqlExpression::Given));
        let membership = of("u", &members.target_column).equals(of("g", &groups.source_column));
        let by_groups = self
            .select_names(true)
            .join(
                &groups.table,
                "g",
                of("g", &groups.target_column).equals(of("p", "id")),
            )
            .join(&members.table, "u", membership)
            .filter(of("u", &members.source_column).equals(SqlExpression::Given));
        by_itself.union_all(by_groups)
    }

    fn select_names(&self, of_groups: bool) -> SelectStatement {
        let mark = SqlExpression::Integer(of_groups.into());
        let mut select = self.select_permissions();
        select.columns = vec![
            mark,
            SqlExpression::column_of("c", "app_label"),
            SqlExpression::column_of("p", "codename"),
        ];
        select
    }

    /// A query of the permissions, called `p`, with their content types, called `c`.
    pub(super) fn select_permissions(&self) -> SelectStatement {
        let of = SqlExpression::column_of;
        let content_type = of("c", "id").equals(of("p", "content_type_id"));
        SelectStatement::from_alias(&self.permissions, "p").join(
            &self.content_types,
            "c",
            content_type,
        )
    }

    /// The keys of the members of the group of this name.
    pub(super) fn members_of_group(&self, name: &str) -> SelectStatement {
        let is_name = SqlExpression::column("name").equals(SqlExpression::value(name));
        let group = SelectStatement::from(&self.groups).columns(["id"]);
        let is_group = SqlExpression::column(&self.user_groups.target_column)
            .is_in_query(group.filter(is_name));
        SelectStatement::from(&self.user_groups.table)
            .columns([&self.user_groups.source_column])
            .filter(is_group)
    }
}
