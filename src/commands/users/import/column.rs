//! What a column of the file holds.

use crate::auth::{UserAttribute, UserField};
use crate::commands::accounts::Accounts;

/// The column of the groups of a user; no field keeps them.
const GROUPS: &str = "groups";

/// What a column of the file holds: it is called as the field of the user model.
#[derive(Clone, Copy, Debug)]
pub(super) enum ImportColumn<'a> {
    Attribute(UserAttribute),
    Groups,
    /// A field of the project's own user model.
    CustomField(&'a UserField),
}

impl<'a> ImportColumn<'a> {
    /// The column called `name`.
    pub(super) fn named(accounts: &'a Accounts, name: &str) -> Option<Self> {
        if name == GROUPS {
            return Some(Self::Groups);
        }
        let mut attributes = accounts.table.fields().attributes();
        let attribute = attributes.find(|(_, field)| field.field.name == name);
        let attribute = attribute.map(|(attribute, _)| Self::Attribute(attribute));
        attribute.or_else(|| accounts.table.settable(name).map(Self::CustomField))
    }

    /// The names of all columns.
    pub(super) fn names(accounts: &'a Accounts) -> impl Iterator<Item = &'a str> {
        let attributes = accounts.table.fields().attributes();
        let attributes = attributes.map(|(_, field)| field.field.name.as_str());
        let custom = accounts.table.custom_fields();
        let custom = custom.map(|field| field.name.as_str());
        attributes.chain([GROUPS]).chain(custom)
    }
}
