//! A superuser from a person, after the options: the third source. A wrong answer is asked for again.

use std::fmt::Display;

use crate::auth::names::{suggest_username, validate_email, validate_username};
use crate::auth::superuser::{self, Superuser};
use crate::clock::Zone;
use crate::commands::CommandError;
use crate::commands::accounts::Accounts;
use crate::commands::createsuperuser::args::CreateSuperuserArgs;
use crate::commands::createsuperuser::attributes::attributes;
use crate::commands::credentials::{
    PasswordAttempt, ask_password, check_password, login_name, read_password,
};
use crate::crypto::Secret;
use crate::db::SqlValue;
use crate::models::Field;
use crate::ui::Ui;

/// Asks about a new superuser.
pub(super) struct SuperuserPrompts<'q> {
    ui: &'q Ui,
    accounts: &'q Accounts,
}

impl<'q> SuperuserPrompts<'q> {
    pub(super) fn new(ui: &'q Ui, accounts: &'q Accounts) -> Self {
        Self { ui, accounts }
    }

    /// The superuser that the options and the answers of a person describe.
    pub(super) fn superuser(
        &self,
        args: &CreateSuperuserArgs,
        zone: &Zone,
    ) -> Result<Superuser, CommandError> {
        let given = args.custom_fields.values(self.accounts, zone)?;
        let superuser = Superuser {
            username: self.username(args.username.clone())?,
            email: self.email(args.email.clone())?,
            password: None,
            custom_values: self.custom_fields(given, zone)?,
        };
        let password = match &args.password_file {
            Some(path) => {
                // The validators must accept it, since a person can choose another.
                let password = read_password(path)?;
                let user = attributes(&superuser);
                check_password(&password, &self.accounts.validators, &user)?;
                password
            }
            None => self.password(&superuser)?,
        };
        Ok(Superuser {
            password: Some(password),
            ..superuser
        })
    }

    /// The first superuser of a project; a password left blank is none.
    pub(super) fn first_superuser(&self, zone: &Zone) -> Result<Superuser, CommandError> {
        self.ui
            .status("there is no superuser yet; this one will be the first");
        let superuser = Superuser {
            username: self.username(None)?,
            email: self.email(None)?,
            password: None,
            custom_values: self.custom_fields(Vec::new(), zone)?,
        };
        let password = self.password_or_blank(&superuser)?;
        Ok(Superuser {
            password,
            ..superuser
        })
    }

    /// A username that is free; `given` counts as the first answer.
    fn username(&self, mut given: Option<String>) -> Result<String, CommandError> {
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
                self.ui.reject_answer(error);
            } else if !superuser::is_free(&self.accounts.users(), &answer)? {
                self.ui.reject_answer("that username is taken");
            } else {
                return Ok(answer);
            }
        }
    }

    /// The login name of the person at the terminal, where it is known and not taken.
    fn default_username(&self) -> Result<Option<String>, CommandError> {
        let suggested = login_name().as_deref().and_then(suggest_username);
        Ok(match suggested {
            Some(name) if superuser::is_free(&self.accounts.users(), &name)? => Some(name),
            _ => None,
        })
    }

    /// The fields that the user model requires, beside those in `given`.
    fn custom_fields(
        &self,
        mut given: Vec<(String, SqlValue)>,
        zone: &Zone,
    ) -> Result<Vec<(String, SqlValue)>, CommandError> {
        for field in self.accounts.missing_fields(&given) {
            let value = self.custom_field(field, zone)?;
            given.push((field.column(), value));
        }
        Ok(given)
    }

    fn custom_field(&self, field: &Field, zone: &Zone) -> Result<SqlValue, CommandError> {
        let mut question = field.verbose_name();
        if let Some(first) = question.get(..1) {
            question = first.to_uppercase() + &question[1..];
        }
        loop {
            let answer = self.ui.ask(&question)?;
            match self.accounts.field_value(field, &answer, zone) {
                Ok(value) => return Ok(value),
                Err(problem) => self.complain(problem),
            }
        }
    }

    /// An email address, or none; `given` counts as the first answer.
    fn email(&self, mut given: Option<String>) -> Result<String, CommandError> {
        loop {
            let answer = match given.take() {
                Some(given) => given,
                None => self.ui.ask("Email address")?,
            };
            match validate_email(&answer) {
                Ok(()) if answer.is_empty() && self.accounts.requires_email() => {
                    self.complain("an email address is needed");
                }
                Ok(()) => return Ok(answer),
                Err(error) => self.complain(error),
            }
        }
    }

    /// A password that pleases the validators or that a person insists on.
    fn password(&self, wanted: &Superuser) -> Result<Secret, CommandError> {
        loop {
            match self.ask_password("Password", wanted)? {
                Some(password) => return Ok(password),
                None => self.complain("a password is needed"),
            }
        }
    }

    /// As [`Self::password`], but it may be left blank.
    fn password_or_blank(&self, wanted: &Superuser) -> Result<Option<Secret>, CommandError> {
        self.ask_password("Password (leave blank for a random one)", wanted)
    }

    /// Asks until there is a password or nothing was typed.
    fn ask_password(
        &self,
        question: &str,
        wanted: &Superuser,
    ) -> Result<Option<Secret>, CommandError> {
        loop {
            let validators = &self.accounts.validators;
            match ask_password(self.ui, question, validators, &attributes(wanted))? {
                PasswordAttempt::Accepted(password) => return Ok(Some(password)),
                PasswordAttempt::Weak(password) if self.confirm_weak()? => {
                    return Ok(Some(password));
                }
                PasswordAttempt::Weak(_) | PasswordAttempt::Mismatch => {}
                PasswordAttempt::Blank => return Ok(None),
            }
        }
    }

    fn confirm_weak(&self) -> Result<bool, CommandError> {
        Ok(self.ui.confirm("Use this password all the same?")?)
    }

    fn complain(&self, message: impl Display) {
        self.ui.reject_answer(message);
    }
}
