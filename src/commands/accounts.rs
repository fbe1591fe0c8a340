//! What the commands that make and change users work with.

use crate::auth::{Hashers, PasswordValidators, UserTable, Users};
use crate::commands::CommandError;
use crate::db::Connection;
use crate::project::Project;

/// The users of one database, and how their passwords are hashed and judged.
pub(crate) struct Accounts {
    pub(crate) connection: Connection,
    pub(crate) table: UserTable,
    pub(crate) hashers: Hashers,
    pub(crate) validators: PasswordValidators,
}

impl Accounts {
    /// The users of `project` over `connection`.
    pub(crate) fn open(project: &Project, connection: Connection) -> Result<Self, CommandError> {
        Ok(Self {
            hashers: Hashers::from_settings(&project.settings)?,
            validators: PasswordValidators::from_settings(&project.settings)?,
            table: project.user_table()?,
            connection,
        })
    }

    /// The users.
    pub(crate) fn users(&self) -> Users<'_> {
        Users::new(&self.connection, &self.table)
    }
}
