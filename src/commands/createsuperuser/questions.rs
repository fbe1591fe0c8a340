//! What a person is asked about a new superuser; a wrong answer is asked for again.

use std::fmt::Display;

use crate::auth::names::{suggest_username, validate_email, validate_username};
use crate::auth::superuser::{self, Superuser};
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;
use crate::commands::createsuperuser::person;
use crate::commands::credentials::{Attempt, ask_password, login_name};
use crate::ui::Ui;

/// Asks about a new superuser.
pub(super) struct Questions<'q> {
    ui: &'q Ui,
    accounts: &'q Accounts,
}

impl<'q> Questions<'q> {
    pub(super) fn new(ui: &'q Ui, accounts: &'q Accounts) -> Self {
        Self { ui, accounts }
    }

    /// A username that is free; `given` counts as the first answer.
    pub(super) fn username(&self, mut given: Option<String>) -> Result<String, CommandError> {
        let default = self.default_username()?;
        let question = match &default {
            Some(name) => format!("Username (leave blank to use `{name}`)"),
            None => "Username".to_owned(),
        };
        loop {
            let answer = match (given.take(), &default) {
                (Some(given), _) => given,
                (None, default) => {
                    let typed = self.ui.ask(&question)?;
                    let blank = typed.is_empty().then(|| default.clone()).flatten();
                    blank.unwrap_or(typed)
                }
            };
            if let Err(error) = validate_username(&answer) {
                self.ui.complain(error);
            } else if !superuser::is_free(&self.accounts.users(), &answer)? {
                self.ui.complain("that username is taken");
            } else {
                return Ok(answer);
            }
        }
    }

    /// The login of whoever is asked, where it can be had.
    fn default_username(&self) -> Result<Option<String>, CommandError> {
        let suggested = login_name().as_deref().and_then(suggest_username);
        Ok(match suggested {
            Some(name) if superuser::is_free(&self.accounts.users(), &name)? => Some(name),
            _ => None,
        })
    }

    /// An email address, or none; `given` counts as the first answer.
    pub(super) fn email(&self, mut given: Option<String>) -> Result<String, CommandError> {
        loop {
            let answer = match given.take() {
                Some(given) => given,
                None => self.ui.ask("Email address")?,
            };
            match validate_email(&answer) {
                Ok(()) => return Ok(answer),
                Err(error) => self.ui.complain(error),
            }
        }
    }

    /// A password that pleases the validators or that a person insists on.
    pub(super) fn password(&self, wanted: &Superuser) -> Result<String, CommandError> {
        loop {
            match self.ask_password("Password", wanted)? {
                Some(password) => return Ok(password),
                None => self.complain("a password is needed"),
            }
        }
    }

    /// As [`Self::password`], but it may be left blank.
    pub(super) fn password_or_blank(
        &self,
        wanted: &Superuser,
    ) -> Result<Option<String>, CommandError> {
        self.ask_password("Password (leave blank for a random one)", wanted)
    }

    /// Asks until there is a password or nothing was typed.
    fn ask_password(
        &self,
        question: &str,
        wanted: &Superuser,
    ) -> Result<Option<String>, CommandError> {
        loop {
            let validators = &self.accounts.validators;
            match ask_password(self.ui, question, validators, &person(wanted))? {
                Attempt::Good(password) => return Ok(Some(password)),
                Attempt::Weak(password) if self.insists()? => return Ok(Some(password)),
                Attempt::Weak(_) | Attempt::Mismatch => {}
                Attempt::Blank => return Ok(None),
            }
        }
    }

    fn insists(&self) -> Result<bool, CommandError> {
        Ok(self.ui.confirm("Use this password all the same?")?)
    }

    fn complain(&self, message: impl Display) {
        self.ui.complain(message);
    }
}
