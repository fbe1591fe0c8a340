//! What the commands for users, groups and permissions share.

mod concurrent_update;
mod filter;
mod lookup;
mod missing_attribute;
mod profile;
mod roles;
mod user_summary;

pub(crate) use concurrent_update::ConcurrentUpdate;
pub(crate) use filter::{UserFilterArgs, UserSelectionArgs};
pub(crate) use missing_attribute::without_attribute;
pub(crate) use profile::{CustomFieldArgs, ProfileArgs};
pub(crate) use roles::RoleArgs;
pub(crate) use user_summary::UserSummary;

use std::sync::Arc;

use crate::auth::{GrantedPermissions, Groups};
use crate::auth::{Hashers, PasswordValidators, PermissionTables, UserAttribute, UserTable, Users};
use crate::commands::CommandError;
use crate::commands::options::{DatabaseArgs, WriteArgs};
use crate::db::{Connection, ConnectionHandle, DatabaseError};
use crate::diagnostic::{Finding, Findings};
use crate::models::Registry;
use crate::project::Project;
use crate::script::PythonSite;
use crate::ui::Ui;

/// The users of one database, their groups and permissions, and how passwords are hashed and judged.
pub(crate) struct Accounts {
    pub(crate) connection: ConnectionHandle,
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

    /// The same where `python`, if there is any, hears what becomes of the users.
    pub(crate) fn heard(
        project: &Project,
        args: &WriteArgs,
        python: Option<&Arc<PythonSite>>,
    ) -> Result<Self, CommandError> {
        let mut accounts = Self::open(project, args)?;
        if let Some(python) = python {
            let connection = args.open(project)?;
            accounts.connection = python.connections().lend(&args.alias(), connection);
            accounts.table = accounts.table.with_models(Arc::clone(python.models()));
        }
        Ok(accounts)
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
            hashers: project.hashers()?,
            validators: project.password_validators()?,
            registry,
            connection: connect()?.into(),
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

    /// Says that a user model without `is_superuser` knows of nobody who may do everything.
    pub(crate) fn warn_if_powerless(&self, ui: &Ui) {
        if !self.table.has(UserAttribute::IsSuperuser) {
            let message =
                "the user model has no `is_superuser`: this user may do no more than others";
            ui.warn(message, &[]);
        }
    }

    /// What a command fails with where `error` kept a user from being written.
    pub(crate) fn write_error(&self, error: DatabaseError) -> CommandError {
        match self.table.conflict(&error) {
            Some(conflict) => {
                Findings::from(Finding::error(conflict.code(), conflict.to_string())).into()
            }
            None => error.into(),
        }
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
