//! Groups, who is in them, and who was given which permission.

mod permissions;
mod store;

pub use permissions::{Holder, PermissionRow, Permissions};
pub use store::{Group, GroupSummary, Groups};

use crate::auth::{GrantTables, Link};
use crate::db::{Connection, DatabaseError, SqlValue, quote_name};

impl Link {
    /// Joins `from` to `to`; whether that is new.
    fn add(&self, connection: &Connection, from: SqlValue, to: i64) -> Result<bool, DatabaseError> {
        let Self {
            table,
            from: left,
            to: right,
        } = self.quoted();
        let sql = format!(
            "INSERT INTO {table} ({left}, {right}) SELECT ?1, ?2 \
             WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {left} = ?1 AND {right} = ?2)"
        );
        Ok(connection.execute(&sql, &[from, to.into()])? > 0)
    }

    /// Parts `from` and `to`; whether they were joined.
    fn remove(
        &self,
        connection: &Connection,
        from: SqlValue,
        to: i64,
    ) -> Result<bool, DatabaseError> {
        let Self {
            table,
            from: left,
            to: right,
        } = self.quoted();
        let sql = format!("DELETE FROM {table} WHERE {left} = ? AND {right} = ?");
        Ok(connection.execute(&sql, &[from, to.into()])? > 0)
    }
}

impl GrantTables {
    /// The query of the members of one group, whose name is its value.
    pub(super) fn members_of_name(&self) -> String {
        let Link { table, from, to } = self.user_groups.quoted();
        let groups = quote_name(&self.groups);
        format!(
            r#"SELECT {from} FROM {table} WHERE {to} IN (SELECT "id" FROM {groups} WHERE "name" = ?)"#
        )
    }
}
