//! Which users are meant: conditions that all have to hold.

use crate::auth::{UserAttribute, UserTable};
use crate::clock::Moment;
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
        let column = |attribute| {
            let name = table.fields().column(attribute);
            name.map(|name| SqlExpression::column(&name))
        };
        let mut conditions = Vec::new();
        let username = table.fields().get(UserAttribute::Username);
        if let (false, Some(field)) = (self.usernames.is_empty(), username) {
            let names = self.usernames.iter().filter_map(|name| field.parse(name));
            conditions.push(SqlExpression::column(&field.field.column()).is_in(names));
        }
        for (switch, wanted, otherwise) in [
            (UserAttribute::IsStaff, self.is_staff, false),
            (UserAttribute::IsSuperuser, self.is_superuser, false),
            (UserAttribute::IsActive, self.is_active, true),
        ] {
            let Some(wanted) = wanted else { continue };
            let held = column(switch).unwrap_or(SqlExpression::value(otherwise));
            conditions.push(held.equals(SqlExpression::value(wanted)));
        }
        if let (Some(group), Some(tables)) = (&self.group, table.permission_tables()) {
            let members = tables.members_of_group(group);
            conditions.push(SqlExpression::column(&table.key()).is_in_query(members));
        }
        if let Some(search) = &self.search {
            let texts = [
                UserAttribute::Username,
                UserAttribute::FirstName,
                UserAttribute::LastName,
                UserAttribute::Email,
            ];
            let found = texts.into_iter().filter_map(column);
            let found = found
                .map(|column| column.compare(SqlLookup::IContains, SqlExpression::value(search)));
            conditions.push(SqlExpression::Any(found.collect()));
        }
        if let (true, Some(moment)) = (self.never_logged_in, column(UserAttribute::LastLogin)) {
            conditions.push(SqlExpression::IsNull(Box::new(moment), true));
        }
        let last_login = column(UserAttribute::LastLogin);
        if let (Some(moment), Some(column)) = (self.last_login_before, last_login) {
            conditions.push(column.compare(SqlLookup::Lt, SqlExpression::value(moment)));
        }
        SqlExpression::All(conditions)
    }
}
