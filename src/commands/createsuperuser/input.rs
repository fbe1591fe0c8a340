//! A superuser of options, files and the environment, where nobody is asked.

use std::path::Path;

use crate::auth::superuser::Superuser;
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;
use crate::commands::createsuperuser::{CreateSuperuserArgs, person};
use crate::commands::credentials::{
    PasswordInputError, check_password, read_password, superuser_variable,
};
use crate::crypto::Secret;
use crate::db::SqlValue;
use crate::diagnostic::{Diagnostic, Finding, Findings};
use crate::project::Project;
use crate::settings::Settings;
use crate::text;

/// What is missing, where there is no terminal to ask on.
#[derive(Debug, thiserror::Error)]
pub(super) enum MissingInput {
    /// There is no terminal, and `--noinput` was not given.
    #[error("there is no terminal to ask for {}", .0.join(" and "))]
    Terminal(Vec<&'static str>),
    /// `--noinput` was given without a username.
    #[error("`--noinput` needs a username")]
    Username,
    /// Fields that the user model requires have no value.
    #[error("the user model requires {}", text::quoted(.0.iter().map(String::as_str)))]
    Fields(Vec<String>),
    /// `djr up` found no superuser.
    #[error("there is no superuser, and no terminal to ask for one")]
    NoSuperuser,
}

impl Diagnostic for MissingInput {
    fn code(&self) -> &'static str {
        match self {
            Self::Terminal(_) | Self::Username | Self::Fields(_) => "missing-input",
            Self::NoSuperuser => "no-superuser",
        }
    }

    fn hints(&self) -> Vec<String> {
        if let Self::Fields(names) = self {
            let name = names.first().map_or("NAME", String::as_str);
            let variable = variable(name);
            return vec![format!(
                "pass `--field {name}=VALUE` or set `DJR_SUPERUSER_{variable}`"
            )];
        }
        let hints: &[&str] = match self {
            Self::Terminal(_) => &[
                "pass `--username NAME --password-file FILE`; `-` reads standard input",
                "or pass `--noinput` and set `DJR_SUPERUSER_USERNAME` and `DJR_SUPERUSER_PASSWORD`",
            ],
            Self::Username => &["pass `--username NAME` or set `DJR_SUPERUSER_USERNAME`"],
            Self::Fields(_) => &[],
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
                None => variable("PASSWORD").map(Secret::from),
            },
            extra: Vec::new(),
        });
    }
    match (&args.username, &args.password_file) {
        (Some(username), Some(path)) => Ok(Superuser {
            username: username.clone(),
            email: args.email.clone().unwrap_or_default(),
            password: Some(read_password(path)?),
            extra: Vec::new(),
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

/// `wanted` with the fields that the user model requires; fails where one is missing.
pub(super) fn completed(
    args: &CreateSuperuserArgs,
    project: &Project,
    accounts: &Accounts,
    wanted: Superuser,
) -> Result<Superuser, CommandError> {
    let zone = &project.settings.project.time_zone;
    let given = args.custom_fields.values(accounts, zone)?;
    let extra = if args.input.noinput {
        from_variables(project, accounts, given)?
    } else {
        complete(accounts, given)?
    };
    Ok(Superuser { extra, ..wanted })
}

/// `given` and what the environment says of the other fields that the user model requires.
pub(super) fn from_variables(
    project: &Project,
    accounts: &Accounts,
    mut given: Vec<(String, SqlValue)>,
) -> Result<Vec<(String, SqlValue)>, CommandError> {
    let zone = &project.settings.project.time_zone;
    for field in accounts.missing_fields(&given) {
        if let Some(text) = superuser_variable(&project.settings, &variable(&field.name)) {
            let value = accounts.field_value(field, &text, zone);
            let value = value.map_err(|problem| {
                let message = format!("`{}`: {problem}", field.name);
                Findings::from(Finding::error("invalid-field", message))
            })?;
            given.push((field.column(), value));
        }
    }
    complete(accounts, given)
}

fn complete(
    accounts: &Accounts,
    given: Vec<(String, SqlValue)>,
) -> Result<Vec<(String, SqlValue)>, CommandError> {
    let missing = accounts.missing_fields(&given);
    if missing.is_empty() {
        return Ok(given);
    }
    let names = missing.iter().map(|field| field.name.clone()).collect();
    Err(MissingInput::Fields(names).into())
}

/// The end of the variable of a field.
fn variable(field: &str) -> String {
    field.to_uppercase()
}

/// The password in the file at `path`; the validators must accept it, since a person can choose another.
pub(super) fn checked_password(
    path: &Path,
    accounts: &Accounts,
    wanted: &Superuser,
) -> Result<Secret, PasswordInputError> {
    let password = read_password(path)?;
    check_password(&password, &accounts.validators, &person(wanted))?;
    Ok(password)
}
