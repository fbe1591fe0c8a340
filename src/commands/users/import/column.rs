//! What a column of the file holds.

use crate::commands::accounts::Accounts;
use crate::models::Field;

/// What a column of the file holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum ImportColumn<'a> {
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
    CustomField(&'a Field),
}

const BUILT_IN: [(&str, ImportColumn<'static>); 11] = [
    ("username", ImportColumn::Username),
    ("email", ImportColumn::Email),
    ("first_name", ImportColumn::FirstName),
    ("last_name", ImportColumn::LastName),
    ("is_active", ImportColumn::IsActive),
    ("is_staff", ImportColumn::IsStaff),
    ("is_superuser", ImportColumn::IsSuperuser),
    ("password", ImportColumn::Password),
    ("groups", ImportColumn::Groups),
    ("date_joined", ImportColumn::DateJoined),
    ("last_login", ImportColumn::LastLogin),
];

impl<'a> ImportColumn<'a> {
    /// The column called `name`.
    pub(super) fn named(accounts: &'a Accounts, name: &str) -> Option<Self> {
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == name);
        let custom = || {
            accounts
                .table
                .custom_fields()
                .find(|field| field.name == name)
        };
        built_in
            .map(|(_, column)| *column)
            .or_else(|| custom().map(ImportColumn::CustomField))
    }

    /// The names of all columns.
    pub(super) fn names(accounts: &'a Accounts) -> impl Iterator<Item = &'a str> {
        let custom = accounts
            .table
            .custom_fields()
            .map(|field| field.name.as_str());
        BUILT_IN.iter().map(|(known, _)| *known).chain(custom)
    }
}
