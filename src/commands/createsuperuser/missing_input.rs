//! What is missing for a new superuser, where nobody can be asked.

use crate::commands::CommandError;
use crate::commands::accounts::Accounts;
use crate::db::SqlValue;
use crate::diagnostic::Diagnostic;
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
            let variable = name.to_uppercase();
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

/// Fails unless `custom_values` has all fields that the user model requires.
pub(super) fn check_custom_fields(
    accounts: &Accounts,
    custom_values: &[(String, SqlValue)],
) -> Result<(), CommandError> {
    let missing = accounts.missing_fields(custom_values);
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.iter().map(|field| field.name.clone()).collect();
    Err(MissingInput::Fields(names).into())
}
