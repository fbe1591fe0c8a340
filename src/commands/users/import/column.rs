//! What a column of the file holds.

use crate::commands::accounts::Accounts;
use crate::models::Field;
use crate::text;

/// What a column of the file holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Column<'a> {
    Username,
    Email,
    FirstName,
    LastName,
    IsActive,
    IsStaff,
    IsSuperuser,
    Password,
    Groups,
    DateJoined,
    LastLogin,
    /// A field of the project's own user model.
    Own(&'a Field),
}

const USUAL: [(&str, Column<'static>); 11] = [
    ("username", Column::Username),
    ("email", Column::Email),
    ("first_name", Column::FirstName),
    ("last_name", Column::LastName),
    ("is_active", Column::IsActive),
    ("is_staff", Column::IsStaff),
    ("is_superuser", Column::IsSuperuser),
    ("password", Column::Password),
    ("groups", Column::Groups),
    ("date_joined", Column::DateJoined),
    ("last_login", Column::LastLogin),
];

impl<'a> Column<'a> {
    /// The column called `name`.
    pub(super) fn named(accounts: &'a Accounts, name: &str) -> Option<Self> {
        let usual = USUAL.iter().find(|(known, _)| *known == name);
        let own = || accounts.table.own().find(|field| field.name == name);
        usual
            .map(|(_, column)| *column)
            .or_else(|| own().map(Column::Own))
    }

    /// The name that is most likely meant by one that no column has.
    pub(super) fn nearest(accounts: &'a Accounts, name: &str) -> Option<&'a str> {
        let own = accounts.table.own().map(|field| field.name.as_str());
        text::nearest(name, USUAL.iter().map(|(known, _)| *known).chain(own))
    }
}
