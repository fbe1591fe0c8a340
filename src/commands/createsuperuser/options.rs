//! A superuser from options alone: the first source.

use std::path::Path;

use crate::auth::superuser::Superuser;
use crate::clock::Zone;
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;
use crate::commands::createsuperuser::args::CreateSuperuserArgs;
use crate::commands::createsuperuser::missing_input::{MissingInput, check_fields};
use crate::commands::credentials::read_password;
use crate::settings::AuthSettings;

/// The options that a superuser cannot be made without, where neither the environment nor a person says more.
#[derive(Clone)]
pub(super) struct OptionSource<'a> {
    args: &'a CreateSuperuserArgs,
    auth: &'a AuthSettings,
    username: String,
    password_file: &'a Path,
}

impl<'a> OptionSource<'a> {
    /// Fails where an option is missing: worth knowing before the database is opened.
    pub(super) fn new(
        args: &'a CreateSuperuserArgs,
        auth: &'a AuthSettings,
    ) -> Result<Self, MissingInput> {
        match (args.username(auth), &args.password_file) {
            (Some(username), Some(password_file)) => Ok(Self {
                args,
                auth,
                username,
                password_file,
            }),
            (username, password) => {
                let questions = [
                    (username.is_none(), "the username"),
                    (password.is_none(), "the password"),
                ];
                let missing = questions.into_iter().filter(|(missing, _)| *missing);
                Err(MissingInput::Terminal(
                    missing.map(|(_, name)| name).collect(),
                ))
            }
        }
    }

    /// The superuser that the options describe.
    pub(super) fn superuser(
        self,
        accounts: &Accounts,
        zone: &Zone,
    ) -> Result<Superuser, CommandError> {
        let custom_values = self.args.custom_fields.values(accounts, zone)?;
        let superuser = Superuser {
            username: self.username,
            email: self.args.email(self.auth).unwrap_or_default(),
            password: None,
            custom_values,
        };
        check_fields(accounts, &superuser)?;
        Ok(Superuser {
            password: Some(read_password(self.password_file)?),
            ..superuser
        })
    }
}
