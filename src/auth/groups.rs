//! Groups, and who is in them.

use serde::Serialize;

use crate::auth::{PermissionTables, UserKey};
use crate::db::sql::{
    InsertStatement, OrderBy, SelectStatement, SqlExpression, SqlStatement as _, UpdateStatement,
};
use crate::db::{Connection, DatabaseError, Row, SqlValue};

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

    fn select(&self) -> SelectStatement {
        SelectStatement::from_alias(&self.tables.groups, "g")
    }

    /// Hands over every group, by name.
    pub fn for_each<E: From<DatabaseError>>(
        &self,
        mut each: impl FnMut(GroupSummary) -> Result<(), E>,
    ) -> Result<(), E> {
        let (members, granted) = (&self.tables.user_groups, &self.tables.group_permissions);
        let select = self
            .select()
            .select(group_column("name"))
            .select(count_rows_of_group(&members.table, &members.target_column))
            .select(count_rows_of_group(&granted.table, &granted.source_column))
            .order_by(OrderBy::ascending(group_column("name")));
        select.for_each(self.connection, |row| {
            each(GroupSummary {
                name: row.get(0)?,
                members: row.get(1)?,
                permissions: row.get(2)?,
            })
        })
    }

    /// The names of all groups.
    pub fn names(&self) -> Result<Vec<String>, DatabaseError> {
        let select = self.select().select(group_column("name"));
        let select = select.order_by(OrderBy::ascending(group_column("name")));
        select.column_values(self.connection)
    }

    /// The group of this name, upper and lower case told apart.
    pub fn by_name(&self, name: &str) -> Result<Option<Group>, DatabaseError> {
        let is_name = group_column("name").equals(SqlExpression::value(name));
        let select = select_group(self.select()).filter(is_name);
        let row = select.first_row(self.connection)?;
        row.as_ref().map(group).transpose()
    }

    /// Adds a group.
    pub fn create(&self, name: &str) -> Result<Group, DatabaseError> {
        InsertStatement::into(&self.tables.groups)
            .columns(["name"])
            .row([SqlExpression::value(name)])
            .execute(self.connection)?;
        Ok(Group {
            pk: self.connection.last_insert_id(),
            name: name.to_owned(),
        })
    }

    /// Gives a group another name.
    pub fn rename(&self, group: &Group, name: &str) -> Result<(), DatabaseError> {
        UpdateStatement::new(&self.tables.groups)
            .set("name", SqlExpression::value(name))
            .filter(SqlExpression::column("id").equals(SqlExpression::value(group.pk)))
            .execute(self.connection)
            .map(drop)
    }

    /// The groups that the user of this key is in, by name.
    pub fn of_user(&self, user: &UserKey) -> Result<Vec<Group>, DatabaseError> {
        let members = &self.tables.user_groups;
        let member = |column| SqlExpression::column_of("m", column);
        let is_group = member(&members.target_column).equals(group_column("id"));
        let is_user = member(&members.source_column).equals(SqlExpression::Value(user.into()));
        let select = select_group(self.select())
            .join(&members.table, "m", is_group)
            .filter(is_user)
            .order_by(OrderBy::ascending(group_column("name")));
        let rows = select.rows(self.connection)?;
        rows.iter().map(group).collect()
    }

    /// Puts the user of this key into `group`; whether it was not in it.
    pub fn add(&self, user: &UserKey, group: &Group) -> Result<bool, DatabaseError> {
        let members = &self.tables.user_groups;
        members.add(self.connection, SqlValue::from(user), group.pk)
    }

    /// Takes the user of this key out of `group`; whether it was in it.
    pub fn remove(&self, user: &UserKey, group: &Group) -> Result<bool, DatabaseError> {
        let members = &self.tables.user_groups;
        members.remove(self.connection, SqlValue::from(user), group.pk)
    }
}

fn group_column(name: &str) -> SqlExpression {
    SqlExpression::column_of("g", name)
}

fn select_group(select: SelectStatement) -> SelectStatement {
    let select = select.select(group_column("id"));
    select.select(group_column("name"))
}

/// How many rows of `table` refer to the group by `column`.
fn count_rows_of_group(table: &str, column: &str) -> SqlExpression {
    let refers = SqlExpression::column(column).equals(group_column("id"));
    let rows = SelectStatement::from(table).filter(refers);
    SqlExpression::subquery(rows.select(SqlExpression::count_rows()))
}

fn group(row: &Row) -> Result<Group, DatabaseError> {
    Ok(Group {
        pk: row.get(0)?,
        name: row.get(1)?,
    })
}
