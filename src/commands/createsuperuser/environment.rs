//! A superuser from the environment, after the options: the second source.

use crate::auth::UserAttribute;
use crate::auth::superuser::Superuser;
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;
use crate::commands::createsuperuser::args::CreateSuperuserArgs;
use crate::commands::createsuperuser::missing_input::{MissingInput, check_fields};
use crate::commands::credentials::{read_password, superuser_password, superuser_variable};
use crate::db::SqlValue;
use crate::diagnostic::{Finding, Findings};
use crate::settings::Settings;

/// The name of the first superuser that `djr up` makes, unless a variable gives another.
const DEFAULT_USERNAME: &str = "admin";

/// The variables `DJR_SUPERUSER_*`, and the options that are stronger.
#[derive(Clone, Copy)]
pub(super) struct EnvironmentSource<'e> {
    settings: &'e Settings,
    args: Option<&'e CreateSuperuserArgs>,
}

impl<'e> EnvironmentSource<'e> {
    /// For `--noinput`; fails where nothing gives a username: worth knowing before the database is opened.
    pub(super) fn with_options(
        settings: &'e Settings,
        args: &'e CreateSuperuserArgs,
    ) -> Result<Self, MissingInput> {
        let source = Self {
            settings,
            args: Some(args),
        };
        match source.username() {
            Some(_) => Ok(source),
            None => Err(source.missing_username()),
        }
    }

    /// For `djr up`; `None` without a password, since a person may be asked then.
    pub(super) fn with_password(settings: &'e Settings) -> Option<Self> {
        let source = Self {
            settings,
            args: None,
        };
        source.variable("PASSWORD").map(|_| source)
    }

    /// The superuser that the variables and options describe.
    pub(super) fn superuser(self, accounts: &Accounts) -> Result<Superuser, CommandError> {
        let password = match self.args.and_then(|args| args.password_file.as_deref()) {
            Some(path) => Some(read_password(path)?),
            None => superuser_password(self.settings)?,
        };
        let default = || {
            let default = accounts
                .table
                .clean(UserAttribute::Username, DEFAULT_USERNAME);
            default.map_err(|_| self.missing_username())
        };
        let superuser = Superuser {
            username: self.username().map_or_else(default, Ok)?,
            email: self.email().unwrap_or_default(),
            password,
            custom_values: self.custom_fields(accounts)?,
        };
        check_fields(accounts, &superuser)?;
        Ok(superuser)
    }

    /// The name to log in with: the variable is called after its field, as in Django.
    fn username(self) -> Option<String> {
        let auth = &self.settings.auth;
        let option = self.args.and_then(|args| args.username(auth));
        let variable = || self.variable(&auth.username_field.to_uppercase());
        option
            .or_else(variable)
            .or_else(|| self.variable("USERNAME"))
    }

    fn missing_username(self) -> MissingInput {
        MissingInput::Username(self.settings.auth.username_field.to_uppercase())
    }

    /// The address, where that is not what the user logs in with.
    fn email(self) -> Option<String> {
        let auth = &self.settings.auth;
        let option = self.args.and_then(|args| args.email(auth));
        let variable = || {
            self.variable("EMAIL")
                .filter(|_| auth.username_field != auth.email_field)
        };
        option.or_else(variable)
    }

    fn variable(self, name: &str) -> Option<String> {
        superuser_variable(self.settings, name)
    }

    /// The fields of the options, and of the variables where the user model requires more.
    fn custom_fields(self, accounts: &Accounts) -> Result<Vec<(String, SqlValue)>, CommandError> {
        let zone = &self.settings.project.time_zone;
        let mut custom_values = match self.args {
            Some(args) => args.custom_fields.values(accounts, zone)?,
            None => Vec::new(),
        };
        for field in accounts.table.asked() {
            let (name, column) = (&field.field.name, field.field.column());
            let given = custom_values.iter().any(|(known, _)| *known == column);
            let variable = self.variable(&name.to_uppercase()).filter(|_| !given);
            if let Some(text) = variable {
                let value = accounts.field_value(field, &text, zone);
                let value = value.map_err(|problem| {
                    let message = format!("`{name}`: {problem}");
                    Findings::from(Finding::error("invalid-field", message))
                })?;
                custom_values.push((column, value));
            }
        }
        Ok(custom_values)
    }
}
