//! A superuser from a person, after the options: the third source. A wrong answer is asked for again.

use std::fmt::Display;

use crate::auth::names::suggest_username;
use crate::auth::superuser::{self, Superuser};
use crate::auth::{UserAttribute, UserField};
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
use crate::settings::Settings;
use crate::text;
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
        settings: &Settings,
    ) -> Result<Superuser, CommandError> {
        let (auth, zone) = (&settings.auth, &settings.project.time_zone);
        let given = args.custom_fields.values(self.accounts, zone)?;
        let superuser = Superuser {
            username: self.username(args.username(auth))?,
            email: self.email(args.email(auth))?,
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
        let label = text::capitalized(&self.accounts.table.username_label());
        let question = match &default {
            Some(name) => format!("{label} (leave blank to use `{name}`)"),
            None => label.clone(),
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
            if let Err(error) = self.accounts.table.clean(UserAttribute::Username, &answer) {
                self.ui.reject_answer(error);
            } else if !superuser::is_free(&self.accounts.users(), &answer)? {
                self.ui
                    .reject_answer(format!("that {} is taken", label.to_lowercase()));
            } else {
                return Ok(answer);
            }
        }
    }

    /// The login name of the person at the terminal, where it is known and not taken.
    fn default_username(&self) -> Result<Option<String>, CommandError> {
        let suggested = login_name().as_deref().and_then(suggest_username);
        let table = &self.accounts.table;
        let suggested = suggested.filter(|name| table.clean(UserAttribute::Username, name).is_ok());
        Ok(match suggested {
            Some(name) if superuser::is_free(&self.accounts.users(), &name)? => Some(name),
            _ => None,
        })
    }

    /// The fields that a new user is asked for, beside those in `given`.
    fn custom_fields(
        &self,
        mut given: Vec<(String, SqlValue)>,
        zone: &Zone,
    ) -> Result<Vec<(String, SqlValue)>, CommandError> {
        for field in self.accounts.table.asked() {
            let column = field.field.column();
            if !given.iter().any(|(known, _)| *known == column) {
                given.push((column, self.custom_field(field, zone)?));
            }
        }
        Ok(given)
    }

    fn custom_field(&self, field: &UserField, zone: &Zone) -> Result<SqlValue, CommandError> {
        let question = text::capitalized(&field.field.verbose_name());
        loop {
            let answer = self.ui.ask(&question)?;
            match self.accounts.field_value(field, &answer, zone) {
                Ok(value) if self.is_taken(field, &value)? => {}
                Ok(value) => return Ok(value),
                Err(problem) => self.complain(problem),
            }
        }
    }

    /// Whether another user has `value` alone, which is said.
    fn is_taken(&self, field: &UserField, value: &SqlValue) -> Result<bool, CommandError> {
        let values = [(field.field.column(), value.clone())];
        let conflicts = self.accounts.users().conflicts(&values)?;
        let conflict = conflicts.first();
        if let Some(conflict) = conflict {
            self.complain(&conflict.problem);
        }
        Ok(conflict.is_some())
    }

    /// An email address, or none; `given` counts as the first answer.
    fn email(&self, mut given: Option<String>) -> Result<String, CommandError> {
        let field = self.accounts.table.fields().get(UserAttribute::Email);
        let Some(field) = field.filter(|_| given.is_some() || self.accounts.table.asks_email())
        else {
            // What was given for an address that users do not have is refused with all else.
            return Ok(given.unwrap_or_default());
        };
        let question = text::capitalized(&field.field.verbose_name());
        loop {
            let answer = match given.take() {
                Some(given) => given,
                None => self.ui.ask(&question)?,
            };
            match self.accounts.table.clean(UserAttribute::Email, &answer) {
                // Nobody shares an address that is not there.
                Ok(email) if !email.is_empty() && self.is_taken(field, &(&email).into())? => {}
                Ok(_) => return Ok(answer),
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
