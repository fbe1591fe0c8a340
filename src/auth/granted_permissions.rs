//! Permissions, and who was given them.

use serde::Serialize;

use crate::auth::{Group, PermissionTables, ThroughTable, UserKey};
use crate::db::sql::{OrderBy, SelectStatement, SqlExpression, SqlStatement as _};
use crate::db::{Connection, DatabaseError, Row, SqlValue};

/// A permission, as code asks for it and as people read it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PermissionRow {
    /// Its key.
    #[serde(skip)]
    pub pk: i64,
    /// What code asks for: `app.codename`.
    pub permission: String,
    /// What people read.
    pub name: String,
}

/// Who may be given a permission.
#[derive(Clone, Copy, Debug)]
pub enum Grantee<'h> {
    /// The user of this key.
    User(&'h UserKey),
    /// A group, and so all its members.
    Group(&'h Group),
}

/// The permissions of a database, and who was given them.
#[derive(Debug)]
pub struct GrantedPermissions<'c> {
    connection: &'c Connection,
    tables: &'c PermissionTables,
}

impl<'c> GrantedPermissions<'c> {
    /// The permissions in `tables`, over `connection`.
    pub fn new(connection: &'c Connection, tables: &'c PermissionTables) -> Self {
        Self { connection, tables }
    }

    /// All permissions, by app, model and codename.
    pub fn all(&self) -> Result<Vec<PermissionRow>, DatabaseError> {
        self.select(self.tables.select_permissions())
    }

    /// The permissions called `app.codename`: one, unless two models of the app have one of that name.
    pub fn named(&self, permission: &str) -> Result<Vec<PermissionRow>, DatabaseError> {
        let (app, codename) = permission.split_once('.').unwrap_or_default();
        let is = |table, column, value| {
            SqlExpression::column_of(table, column).equals(SqlExpression::value(value))
        };
        let select = self.tables.select_permissions();
        let select = select.filter(is("c", "app_label", app));
        self.select(select.filter(is("p", "codename", codename)))
    }

    /// What was given to `grantee` itself.
    pub fn of(&self, grantee: Grantee<'_>) -> Result<Vec<PermissionRow>, DatabaseError> {
        let (link, key) = self.link(grantee);
        let given = |column| SqlExpression::column_of("l", column);
        let is_permission = given(&link.target_column).equals(SqlExpression::column_of("p", "id"));
        let select = self.tables.select_permissions();
        let select = select.join(&link.table, "l", is_permission);
        self.select(select.filter(given(&link.source_column).equals(SqlExpression::Value(key))))
    }

    /// Gives `permission` to `grantee`; whether that is new.
    pub fn grant(
        &self,
        grantee: Grantee<'_>,
        permission: &PermissionRow,
    ) -> Result<bool, DatabaseError> {
        let (link, key) = self.link(grantee);
        link.add(self.connection, key, permission.pk)
    }

    /// Takes `permission` from `grantee`; whether it was given.
    pub fn revoke(
        &self,
        grantee: Grantee<'_>,
        permission: &PermissionRow,
    ) -> Result<bool, DatabaseError> {
        let (link, key) = self.link(grantee);
        link.remove(self.connection, key, permission.pk)
    }

    fn link(&self, grantee: Grantee<'_>) -> (&ThroughTable, SqlValue) {
        match grantee {
            Grantee::User(pk) => (&self.tables.user_permissions, pk.into()),
            Grantee::Group(group) => (&self.tables.group_permissions, group.pk.into()),
        }
    }

    /// Runs a query of [`PermissionTables::select_permissions`].
    fn select(&self, permissions: SelectStatement) -> Result<Vec<PermissionRow>, DatabaseError> {
        let column = SqlExpression::column_of;
        let select = permissions
            .select(column("p", "id"))
            .select(column("c", "app_label"))
            .select(column("p", "codename"))
            .select(column("p", "name"));
        let order = [("c", "app_label"), ("c", "model"), ("p", "codename")];
        let select = order.into_iter().fold(select, |select, (table, name)| {
            select.order_by(OrderBy::ascending(column(table, name)))
        });
        let rows = select.rows(self.connection)?;
        rows.iter().map(permission).collect()
    }
}

fn permission(row: &Row) -> Result<PermissionRow, DatabaseError> {
    let (app, codename): (String, String) = (row.get(1)?, row.get(2)?);
    Ok(PermissionRow {
        pk: row.get(0)?,
        permission: format!("{app}.{codename}"),
        name: row.get(3)?,
    })
}
