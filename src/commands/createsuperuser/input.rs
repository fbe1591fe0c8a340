//! A superuser of options, files and the environment, where nobody is asked.

use std::path::Path;

use crate::auth::superuser::Superuser;
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;
use crate::commands::createsuperuser::{CreateSuperuserArgs, person};
use crate::commands::credentials::{
    PasswordInputError, check_password, read_password, superuser_variable,
};
use crate::diagnostic::Diagnostic;
use crate::settings::Settings;

/// What is missing, and nobody can be asked.
#[derive(Debug, thiserror::Error)]
pub(super) enum MissingInput {
    /// There is no terminal, and `--noinput` was not given.
    #[error("there is no terminal to ask for {}", .0.join(" and "))]
    Terminal(Vec<&'static str>),
    /// `--noinput` was given without a username.
    #[error("`--noinput` needs a username")]
    Username,
    /// `djr up` found no superuser.
    #[error("there is no superuser, and no terminal to ask for one")]
    NoSuperuser,
}

impl Diagnostic for MissingInput {
    fn code(&self) -> &'static str {
        match self {
            Self::Terminal(_) | Self::Username => "missing-input",
            Self::NoSuperuser => "no-superuser",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hints: &[&str] = match self {
            Self::Terminal(_) => &[
                "pass `--username NAME --password-file FILE`; `-` reads standard input",
                "or pass `--noinput` and set `DJR_SUPERUSER_USERNAME` and `DJR_SUPERUSER_PASSWORD`",
            ],
            Self::Username => &["pass `--username NAME` or set `DJR_SUPERUSER_USERNAME`"],
            Self::NoSuperuser => &[
                "set `DJR_SUPERUSER_USERNAME` and `DJR_SUPERUSER_PASSWORD`",
                "or run `djr createsuperuser` on a terminal",
            ],
        };
        hints.iter().map(ToString::to_string).collect()
    }
}

/// The superuser that options, files and, with `--noinput`, the environment describe.
pub(super) fn unattended(
    args: &CreateSuperuserArgs,
    settings: &Settings,
) -> Result<Superuser, CommandError> {
    if args.input.noinput {
        let variable = |name| superuser_variable(settings, name);
        let username = args.username.clone().or_else(|| variable("USERNAME"));
        let email = args.email.clone().or_else(|| variable("EMAIL"));
        return Ok(Superuser {
            username: username.ok_or(MissingInput::Username)?,
            email: email.unwrap_or_default(),
            password: match &args.password_file {
                Some(path) => Some(read_password(path)?),
                None => variable("PASSWORD"),
            },
        });
    }
    match (&args.username, &args.password_file) {
        (Some(username), Some(path)) => Ok(Superuser {
            username: username.clone(),
            email: args.email.clone().unwrap_or_default(),
            password: Some(read_password(path)?),
        }),
        (username, password) => {
            let questions = [
                (username.is_none(), "the username"),
                (password.is_none(), "the password"),
            ];
            let missing = questions.into_iter().filter(|(missing, _)| *missing);
            Err(MissingInput::Terminal(missing.map(|(_, name)| name).collect()).into())
        }
    }
}

/// The password in the file at `path`, which must please the validators: a person can choose another.
pub(super) fn checked_password(
    path: &Path,
    accounts: &Accounts,
    wanted: &Superuser,
) -> Result<String, PasswordInputError> {
    let password = read_password(path)?;
    check_password(&password, &accounts.validators, &person(wanted))?;
    Ok(password)
}
