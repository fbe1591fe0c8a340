//! What is missing for a new superuser, where nobody can be asked.

use crate::auth::superuser::Superuser;
use crate::commands::accounts::Accounts;
use crate::diagnostic::Diagnostic;
use crate::text;

/// What is missing, where there is no terminal to ask on.
#[derive(Debug, thiserror::Error)]
pub(super) enum MissingInput {
    /// There is no terminal, and `--noinput` was not given.
    #[error("there is no terminal to ask for {}", .0.join(" and "))]
    Terminal(Vec<&'static str>),
    /// `--noinput` was given without a name to log in with, whose variable ends so.
    #[error("`--noinput` needs {}", text::with_article(&.0.to_lowercase()))]
    Username(String),
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
            Self::Terminal(_) | Self::Username(_) | Self::Fields(_) => "missing-input",
            Self::NoSuperuser => "no-superuser",
        }
    }

    fn hints(&self) -> Vec<String> {
        if let Self::Fields(names) = self {
            let name = names.first().map_or("NAME", String::as_str);
            let variable = name.to_uppercase();
            let option = match name {
                "email" => "--email ADDRESS".to_owned(),
                name => format!("--field {name}=VALUE"),
            };
            return vec![format!("pass `{option}` or set `DJR_SUPERUSER_{variable}`")];
        }
        if let Self::Username(variable) = self {
            let option = variable.to_lowercase();
            let option = if option == "email" {
                "--email ADDRESS"
            } else {
                "--username NAME"
            };
            return vec![format!("pass `{option}` or set `DJR_SUPERUSER_{variable}`")];
        }
        let hints: &[&str] = match self {
            Self::Terminal(_) => &[
                "pass `--username NAME --password-file FILE`; `-` reads standard input",
                "or pass `--noinput` and set `DJR_SUPERUSER_USERNAME` and `DJR_SUPERUSER_PASSWORD`",
            ],
            Self::Username(_) | Self::Fields(_) => &[],
            Self::NoSuperuser => &[
                "set `DJR_SUPERUSER_USERNAME` and `DJR_SUPERUSER_PASSWORD`",
                "or run `djr createsuperuser` on a terminal",
            ],
        };
        hints.iter().map(ToString::to_string).collect()
    }
}

/// Fails unless `superuser` has all that the user model requires.
pub(super) fn check_fields(accounts: &Accounts, superuser: &Superuser) -> Result<(), MissingInput> {
    let missing = accounts.missing_fields(&superuser.changes());
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.iter().map(|field| field.field.name.clone());
    Err(MissingInput::Fields(names.collect()))
}
