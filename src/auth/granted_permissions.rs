//! Permissions, and who was given them.

use serde::Serialize;

use crate::auth::Group;
use crate::auth::{PermissionTables, ThroughTable};
use crate::db::{Connection, DatabaseError, Row, SqlValue, quote_name};

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
    User(&'h str),
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
        self.select("", &[])
    }

    /// The permissions called `app.codename`: one, unless two models of the app have one of that name.
    pub fn named(&self, permission: &str) -> Result<Vec<PermissionRow>, DatabaseError> {
        let (app, codename) = permission.split_once('.').unwrap_or_default();
        let clause = r#"WHERE c."app_label" = ? AND p."codename" = ?"#;
        self.select(clause, &[app.into(), codename.into()])
    }

    /// What was given to `holder` itself.
    pub fn of(&self, holder: Grantee<'_>) -> Result<Vec<PermissionRow>, DatabaseError> {
        let (link, key) = self.link(holder);
        let ThroughTable {
            table,
            source_column,
            target_column,
        } = link.quoted();
        let clause =
            format!(r#"JOIN {table} l ON l.{target_column} = p."id" WHERE l.{source_column} = ?"#);
        self.select(&clause, &[key])
    }

    /// Gives `permission` to `holder`; whether that is new.
    pub fn grant(
        &self,
        holder: Grantee<'_>,
        permission: &PermissionRow,
    ) -> Result<bool, DatabaseError> {
        let (link, key) = self.link(holder);
        link.add(self.connection, key, permission.pk)
    }

    /// Takes `permission` from `holder`; whether it was given.
    pub fn revoke(
        &self,
        holder: Grantee<'_>,
        permission: &PermissionRow,
    ) -> Result<bool, DatabaseError> {
        let (link, key) = self.link(holder);
        link.remove(self.connection, key, permission.pk)
    }

    fn link(&self, holder: Grantee<'_>) -> (&ThroughTable, SqlValue) {
        match holder {
            Grantee::User(pk) => (&self.tables.user_permissions, pk.into()),
            Grantee::Group(group) => (&self.tables.group_permissions, group.pk.into()),
        }
    }

    fn select(
        &self,
        clause: &str,
        values: &[SqlValue],
    ) -> Result<Vec<PermissionRow>, DatabaseError> {
        let permissions = quote_name(&self.tables.permissions);
        let content_types = quote_name(&self.tables.content_types);
        let sql = format!(
            r#"SELECT p."id", c."app_label" || '.' || p."codename", p."name" FROM {permissions} p JOIN {content_types} c ON c."id" = p."content_type_id" {clause} ORDER BY c."app_label", c."model", p."codename""#
        );
        let rows = self.connection.query(&sql, values)?;
        rows.iter().map(permission).collect()
    }
}

fn permission(row: &Row) -> Result<PermissionRow, DatabaseError> {
    Ok(PermissionRow {
        pk: row.get(0)?,
        permission: row.get(1)?,
        name: row.get(2)?,
    })
}
