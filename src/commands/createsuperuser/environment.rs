//! A superuser from the environment, after the options: the second source.

use crate::auth::superuser::Superuser;
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;
use crate::commands::createsuperuser::args::CreateSuperuserArgs;
use crate::commands::createsuperuser::missing_input::{MissingInput, check_custom_fields};
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
            None => Err(MissingInput::Username),
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
        let option = |value: fn(&CreateSuperuserArgs) -> Option<String>| self.args.and_then(value);
        let email = option(|args| args.email.clone()).or_else(|| self.variable("EMAIL"));
        let password = match self.args.and_then(|args| args.password_file.as_deref()) {
            Some(path) => Some(read_password(path)?),
            None => superuser_password(self.settings)?,
        };
        Ok(Superuser {
            username: self.username().unwrap_or(DEFAULT_USERNAME.to_owned()),
            email: email.unwrap_or_default(),
            password,
            custom_values: self.custom_fields(accounts)?,
        })
    }

    fn username(self) -> Option<String> {
        let option = self.args.and_then(|args| args.username.clone());
        option.or_else(|| self.variable("USERNAME"))
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
        for field in accounts.missing_fields(&custom_values) {
            if let Some(text) = self.variable(&field.name.to_uppercase()) {
                let value = accounts.field_value(field, &text, zone);
                let value = value.map_err(|problem| {
                    let message = format!("`{}`: {problem}", field.name);
                    Findings::from(Finding::error("invalid-field", message))
                })?;
                custom_values.push((field.column(), value));
            }
        }
        check_custom_fields(accounts, &custom_values)?;
        Ok(custom_values)
    }
}
