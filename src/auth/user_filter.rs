//! Which users are meant: conditions that all have to hold.

use crate::auth::UserTable;
use crate::clock::Moment;
use crate::db::{SqlValue, quote_name};

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

    /// The `WHERE` clause, if there is any condition, and its values.
    pub(super) fn clause(&self, table: &UserTable) -> (String, Vec<SqlValue>) {
        let mut conditions = Vec::new();
        let mut values: Vec<SqlValue> = Vec::new();
        if !self.usernames.is_empty() {
            let marks = vec!["?"; self.usernames.len()].join(", ");
            conditions.push(format!(r#""username" IN ({marks})"#));
            values.extend(self.usernames.iter().map(SqlValue::from));
        }
        for (column, wanted) in [
            ("is_staff", self.is_staff),
            ("is_superuser", self.is_superuser),
            ("is_active", self.is_active),
        ] {
            if let Some(wanted) = wanted {
                conditions.push(format!("{} = ?", quote_name(column)));
                values.push(wanted.into());
            }
        }
        if let (Some(group), Some(groups)) = (&self.group, table.permission_tables()) {
            let members = groups.members_of_group();
            conditions.push(format!("{} IN ({members})", table.quoted_key()));
            values.push(group.into());
        }
        if let Some(search) = &self.search {
            let columns = ["username", "first_name", "last_name", "email"];
            let like = columns.map(|column| format!(r"{} LIKE ? ESCAPE '\'", quote_name(column)));
            conditions.push(format!("({})", like.join(" OR ")));
            values.extend(columns.map(|_| pattern(search).into()));
        }
        if self.never_logged_in {
            conditions.push(r#""last_login" IS NULL"#.to_owned());
        }
        if let Some(moment) = self.last_login_before {
            conditions.push(r#""last_login" < ?"#.to_owned());
            values.push(moment.into());
        }
        match &*conditions {
            [] => (String::new(), values),
            all => (format!(" WHERE {}", all.join(" AND ")), values),
        }
    }
}

/// The pattern that finds `text` anywhere.
fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in text.chars() {
        if "%_\\".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern + "%"
}
