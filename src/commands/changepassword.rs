//! `djr changepassword`: gives a user another password.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::auth::{User, UserAttributes};
use crate::commands::accounts::Accounts;
use crate::commands::credentials::{
    PasswordAttempt, ask_password, check_password, login_name, read_password,
};
use crate::commands::options::WriteArgs;
use crate::commands::receivers::with_receivers;
use crate::commands::{CommandError, GlobalArgs};
use crate::crypto::Secret;
use crate::diagnostic::Diagnostic;
use crate::ui::Ui;

/// How often a password may be refused.
const ATTEMPTS: usize = 3;

/// Give a user another password
///
/// The password must please the validators of the settings. Everybody who is logged in as that
/// user is logged out.
#[derive(Args, Debug)]
pub(crate) struct ChangePasswordArgs {
    /// The name of the user; without it, that of the login on this machine
    username: Option<String>,
    /// Read the password from this file, or from standard input if it is `-`
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    database: WriteArgs,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &ChangePasswordArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    with_receivers(&project, |python| {
        let accounts = Accounts::heard(&project, &args.database, python)?;
        change(ui, &accounts, args)
    })
}

fn change(ui: &Ui, accounts: &Accounts, args: &ChangePasswordArgs) -> Result<(), CommandError> {
    let user = find(accounts, args.username.clone().or_else(login_name))?;
    let password = match &args.password_file {
        Some(path) => {
            let password = read_password(path)?;
            check_password(
                &password,
                &accounts.validators,
                &UserAttributes::from(&user),
            )?;
            password
        }
        None if ui.is_interactive() => ask(ui, accounts, &user)?,
        None => return Err(ChangePasswordError::NoTerminal.into()),
    };
    let encoded = accounts.hashers.make_password(&password)?;
    accounts.users().set_password(&user.pk, &encoded)?;
    let username = &user.username;
    Ok(ui.result(&ChangePasswordOutcome { username })?)
}

fn find(accounts: &Accounts, username: Option<String>) -> Result<User, CommandError> {
    accounts.user(&username.ok_or(ChangePasswordError::MissingUsername)?)
}

fn ask(ui: &Ui, accounts: &Accounts, user: &User) -> Result<Secret, CommandError> {
    ui.status(format!("changing the password of `{}`", user.username));
    for _ in 0..ATTEMPTS {
        let person = UserAttributes::from(user);
        match ask_password(ui, "New password", &accounts.validators, &person)? {
            PasswordAttempt::Accepted(password) => return Ok(password),
            PasswordAttempt::Weak(_) | PasswordAttempt::Mismatch => {}
            PasswordAttempt::Blank => ui.reject_answer("a password is needed"),
        }
    }
    Err(ChangePasswordError::AttemptsUsedUp(user.username.clone()).into())
}

#[derive(Debug, thiserror::Error)]
enum ChangePasswordError {
    #[error("whose password is it? This machine does not say who you are")]
    MissingUsername,
    #[error("there is no terminal to ask for the password")]
    NoTerminal,
    #[error("the password of `{0}` stays as it was after {ATTEMPTS} attempts")]
    AttemptsUsedUp(String),
}

impl Diagnostic for ChangePasswordError {
    fn code(&self) -> &'static str {
        match self {
            Self::MissingUsername | Self::NoTerminal => "missing-input",
            Self::AttemptsUsedUp(_) => "attempts-used-up",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::MissingUsername => "name the user: `djr changepassword USERNAME`",
            Self::NoTerminal => "`--password-file FILE` reads it; `-` is standard input",
            Self::AttemptsUsedUp(_) => return Vec::new(),
        };
        vec![hint.to_owned()]
    }
}

#[derive(Debug, Serialize)]
struct ChangePasswordOutcome<'u> {
    username: &'u str,
}

impl fmt::Display for ChangePasswordOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "changed the password of `{}`", self.username)
    }
}
