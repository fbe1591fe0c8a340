//! Which users are meant: conditions that all have to hold.

use crate::auth::UserTable;
use crate::clock::Moment;
use crate::db::SqlValue;
use crate::db::sql::{SqlExpression, SqlLookup};

/// Which users are meant; an empty filter means all.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    /// Those of these names.
    pub usernames: Vec<String>,
    /// Those who may enter the admin, or those who may not.
    pub is_staff: Option<bool>,
    /// Those who may do everything, or those who may not.
    pub is_superuser: Option<bool>,
    /// Those who may log in, or those who may not.
    pub is_active: Option<bool>,
    /// The members of the group of this name.
    pub group: Option<String>,
    /// Those with this text in one of their names or the email address, upper and lower case alike.
    pub search: Option<String>,
    /// Those who never logged in.
    pub never_logged_in: bool,
    /// Those who logged in, but not since this moment.
    pub last_login_before: Option<Moment>,
}

impl UserFilter {
    /// The users of these names.
    pub fn named(usernames: &[String]) -> Self {
        Self {
            usernames: usernames.to_vec(),
            ..Self::default()
        }
    }

    /// Whether a user of `table` is meant.
    pub(super) fn condition(&self, table: &UserTable) -> SqlExpression {
        let column = SqlExpression::column;
        let mut conditions = Vec::new();
        if !self.usernames.is_empty() {
            let names = self.usernames.iter().map(SqlValue::from);
            conditions.push(column("username").is_in(names));
        }
        for (name, wanted) in [
            ("is_staff", self.is_staff),
            ("is_superuser", self.is_superuser),
            ("is_active", self.is_active),
        ] {
            let wanted = wanted.map(SqlExpression::value);
            conditions.extend(wanted.map(|wanted| column(name).equals(wanted)));
        }
        if let (Some(group), Some(tables)) = (&self.group, table.permission_tables()) {
            let members = tables.members_of_group(group);
            conditions.push(column(table.key()).is_in_query(members));
        }
        if let Some(search) = &self.search {
            let columns = ["username", "first_name", "last_name", "email"].map(column);
            let found = columns
                .map(|column| column.compare(SqlLookup::IContains, SqlExpression::value(search)));
            conditions.push(SqlExpression::Any(found.into()));
        }
        if self.never_logged_in {
            conditions.push(SqlExpression::IsNull(Box::new(column("last_login")), true));
        }
        if let Some(moment) = self.last_login_before {
            let moment = SqlExpression::value(moment);
            conditions.push(column("last_login").compare(SqlLookup::Lt, moment));
        }
        SqlExpression::All(conditions)
    }
}
