//! What the commands that work with users, groups and permissions share.

mod filter;
mod lookup;
mod profile;
mod roles;
mod shown;

pub(crate) use filter::{FilterArgs, SelectionArgs};
pub(crate) use profile::ProfileArgs;
pub(crate) use roles::RoleArgs;
pub(crate) use shown::ShownUser;

use crate::auth::groups::{Groups, Permissions};
use crate::auth::{GrantTables, Hashers, PasswordValidators, UserTable, Users};
use crate::commands::CommandError;
use crate::db::Connection;
use crate::diagnostic::{Finding, Findings};
use crate::models::Registry;
use crate::project::Project;

/// The users of one database, their groups and permissions, and how passwords are hashed and judged.
pub(crate) struct Accounts {
    pub(crate) connection: Connection,
    pub(crate) registry: Registry,
    pub(crate) table: UserTable,
    pub(crate) hashers: Hashers,
    pub(crate) validators: PasswordValidators,
}

impl Accounts {
    /// The users of `project` over `connection`.
    pub(crate) fn open(project: &Project, connection: Connection) -> Result<Self, CommandError> {
        let registry = project.models()?;
        Ok(Self {
            connection,
            table: project.users_of(&registry)?,
            hashers: Hashers::from_settings(&project.settings)?,
            validators: PasswordValidators::from_settings(&project.settings)?,
            registry,
        })
    }

    /// The users.
    pub(crate) fn users(&self) -> Users<'_> {
        Users::new(&self.connection, &self.table)
    }

    /// The groups; fails where users have none.
    pub(crate) fn groups(&self) -> Result<Groups<'_>, Findings> {
        Ok(Groups::new(&self.connection, self.tables()?))
    }

    /// The permissions and who was given them; fails where users have none.
    pub(crate) fn permissions(&self) -> Result<Permissions<'_>, Findings> {
        Ok(Permissions::new(&self.connection, self.tables()?))
    }

    fn tables(&self) -> Result<&GrantTables, Findings> {
        self.table.grants().ok_or_else(|| {
            let message = "users of this project have neither groups nor permissions";
            Finding::error("no-groups", message)
                .hint(
                    "the user model needs `groups` and `user_permissions`, as `auth.User` has them",
                )
                .into()
        })
    }
}
