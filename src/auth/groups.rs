//! Groups, and who is in them.

use serde::Serialize;

use crate::auth::PermissionTables;
use crate::db::{Connection, DatabaseError, Row, SqlValue, quote_name};

/// A group.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Group {
    /// Its key.
    pub pk: i64,
    /// Its name.
    pub name: String,
}

/// A group and how much belongs to it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct GroupSummary {
    /// Its name.
    pub name: String,
    /// How many users are in it.
    pub members: i64,
    /// How many permissions it has.
    pub permissions: i64,
}

/// The groups of a database.
#[derive(Debug)]
pub struct Groups<'c> {
    connection: &'c Connection,
    tables: &'c PermissionTables,
}

impl<'c> Groups<'c> {
    /// The groups in `tables`, over `connection`.
    pub fn new(connection: &'c Connection, tables: &'c PermissionTables) -> Self {
        Self { connection, tables }
    }

    fn table(&self) -> String {
        quote_name(&self.tables.groups)
    }

    /// Hands over every group, by name.
    pub fn for_each<E: From<DatabaseError>>(
        &self,
        mut each: impl FnMut(GroupSummary) -> Result<(), E>,
    ) -> Result<(), E> {
        let groups = self.table();
        let (members, granted) = (
            self.tables.user_groups.quoted(),
            self.tables.group_permissions.quoted(),
        );
        let sql = format!(
            r#"SELECT "name", (SELECT count(*) FROM {} WHERE {} = g."id"), (SELECT count(*) FROM {} WHERE {} = g."id") FROM {groups} g ORDER BY "name""#,
            members.table, members.target_column, granted.table, granted.source_column
        );
        self.connection.for_each(&sql, &[], |row| {
            each(GroupSummary {
                name: row.get(0)?,
                members: row.get(1)?,
                permissions: row.get(2)?,
            })
        })
    }

    /// The names of all groups.
    pub fn names(&self) -> Result<Vec<String>, DatabaseError> {
        let groups = self.table();
        let sql = format!(r#"SELECT "name" FROM {groups} ORDER BY "name""#);
        self.connection.column(&sql, &[])
    }

    /// The group of this name, upper and lower case told apart.
    pub fn by_name(&self, name: &str) -> Result<Option<Group>, DatabaseError> {
        let groups = self.table();
        let sql = format!(r#"SELECT "id", "name" FROM {groups} WHERE "name" = ?"#);
        let row = self.connection.query_one(&sql, &[name.into()])?;
        row.as_ref().map(group).transpose()
    }

    /// Adds a group.
    pub fn create(&self, name: &str) -> Result<Group, DatabaseError> {
        let groups = self.table();
        let sql = format!(r#"INSERT INTO {groups} ("name") VALUES (?)"#);
        self.connection.execute(&sql, &[name.into()])?;
        Ok(Group {
            pk: self.connection.last_insert_id(),
            name: name.to_owned(),
        })
    }

    /// Gives a group another name.
    pub fn rename(&self, group: &Group, name: &str) -> Result<(), DatabaseError> {
        let groups = self.table();
        let sql = format!(r#"UPDATE {groups} SET "name" = ? WHERE "id" = ?"#);
        self.connection
            .execute(&sql, &[name.into(), group.pk.into()])?;
        Ok(())
    }

    /// The groups that the user of this key is in, by name.
    pub fn of_user(&self, user: &str) -> Result<Vec<Group>, DatabaseError> {
        let (groups, members) = (self.table(), self.tables.user_groups.quoted());
        let sql = format!(
            r#"SELECT g."id", g."name" FROM {groups} g JOIN {} m ON m.{} = g."id" WHERE m.{} = ? ORDER BY g."name""#,
            members.table, members.target_column, members.source_column
        );
        let rows = self.connection.query(&sql, &[user.into()])?;
        rows.iter().map(group).collect()
    }

    /// Puts the user of this key into `group`; whether it was not in it.
    pub fn add(&self, user: &str, group: &Group) -> Result<bool, DatabaseError> {
        let members = &self.tables.user_groups;
        members.add(self.connection, SqlValue::from(user), group.pk)
    }

    /// Takes the user of this key out of `group`; whether it was in it.
    pub fn remove(&self, user: &str, group: &Group) -> Result<bool, DatabaseError> {
        let members = &self.tables.user_groups;
        members.remove(self.connection, SqlValue::from(user), group.pk)
    }
}

fn group(row: &Row) -> Result<Group, DatabaseError> {
    Ok(Group {
        pk: row.get(0)?,
        name: row.get(1)?,
    })
}
