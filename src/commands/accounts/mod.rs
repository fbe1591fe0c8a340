//! What the commands for users, groups and permissions share.

mod concurrent_update;
mod filter;
mod lookup;
mod profile;
mod roles;
mod user_summary;

pub(crate) use concurrent_update::ConcurrentUpdate;
pub(crate) use filter::{UserFilterArgs, UserSelectionArgs};
pub(crate) use profile::{CustomFieldArgs, ProfileArgs};
pub(crate) use roles::RoleArgs;
pub(crate) use user_summary::UserSummary;

use crate::auth::{GrantedPermissions, Groups};
use crate::auth::{Hashers, PasswordValidators, PermissionTables, UserTable, Users};
use crate::commands::CommandError;
use crate::commands::options::{DatabaseArgs, WriteArgs};
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
    /// The users of `project` in the database that `args` name, to be changed.
    pub(crate) fn open(project: &Project, args: &WriteArgs) -> Result<Self, CommandError> {
        Self::new(project, || args.open(project))
    }

    /// The users of `project` in the database that `args` name, to be read.
    pub(crate) fn read(project: &Project, args: &DatabaseArgs) -> Result<Self, CommandError> {
        Self::new(project, || args.open_read_only(project))
    }

    /// The users of `project` over a connection; mistakes in the project are reported before it is opened.
    pub(crate) fn new(
        project: &Project,
        connect: impl FnOnce() -> Result<Connection, CommandError>,
    ) -> Result<Self, CommandError> {
        let registry = project.models()?;
        Ok(Self {
            table: project.user_table_in(&registry)?,
            hashers: Hashers::from_settings(&project.settings)?,
            validators: PasswordValidators::from_settings(&project.settings)?,
            registry,
            connection: connect()?,
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
    pub(crate) fn permissions(&self) -> Result<GrantedPermissions<'_>, Findings> {
        Ok(GrantedPermissions::new(&self.connection, self.tables()?))
    }

    fn tables(&self) -> Result<&PermissionTables, Findings> {
        self.table.permission_tables().ok_or_else(|| {
            let message = "users of this project have neither groups nor permissions";
            Finding::error("no-groups", message)
                .hint(
                    "the user model needs `groups` and `user_permissions`, as `auth.User` has them",
                )
                .into()
        })
    }
}
