//! `djr createsuperuser`: makes a user that may do everything.
//!
//! A superuser comes from one of three sources: `options`, `environment` or `prompts`. Each returns a whole
//! [`Superuser`].

mod args;
mod attributes;
mod environment;
mod missing_input;
mod options;
mod prompts;

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::auth::superuser::{self, Superuser};
use crate::auth::{User, is_password_usable};
use crate::commands::accounts::Accounts;
use crate::commands::receivers::with_receivers;
use crate::commands::{CommandError, GlobalArgs};
use crate::crypto::{ALPHANUMERIC, Secret, random_string};
use crate::db::{DatabaseAlias, Durability};
use crate::project::Project;
use crate::script::PythonSite;
use crate::ui::Ui;

pub(crate) use self::args::CreateSuperuserArgs;

use self::attributes::attributes;
use self::environment::EnvironmentSource;
use self::missing_input::MissingInput;
use self::options::OptionSource;
use self::prompts::SuperuserPrompts;

/// Characters of a random password.
const RANDOM_PASSWORD_LENGTH: usize = 20;

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &CreateSuperuserArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    with_receivers(&project, |python| make(ui, &project, args, python))
}

fn make(
    ui: &Ui,
    project: &Project,
    args: &CreateSuperuserArgs,
    python: Option<&Arc<PythonSite>>,
) -> Result<(), CommandError> {
    let zone = &project.settings.project.time_zone;
    let open = || Accounts::heard(project, &args.database, python);
    if args.input.noinput {
        let source = EnvironmentSource::with_options(&project.settings, args)?;
        let accounts = open()?;
        let superuser = source.superuser(&accounts)?;
        warn_if_weak(ui, &accounts, &superuser);
        create(ui, &accounts, &superuser)
    } else if ui.is_interactive() {
        let accounts = open()?;
        let superuser = SuperuserPrompts::new(ui, &accounts).superuser(args, &project.settings)?;
        create(ui, &accounts, &superuser)
    } else {
        let source = OptionSource::new(args, &project.settings.auth)?;
        let accounts = open()?;
        let superuser = source.superuser(&accounts, zone)?;
        warn_if_weak(ui, &accounts, &superuser);
        create(ui, &accounts, &superuser)
    }
}

fn create(ui: &Ui, accounts: &Accounts, superuser: &Superuser) -> Result<(), CommandError> {
    // A name that is taken is reported before a second is spent on the hash.
    superuser::check_free(&accounts.users(), &superuser.username)?;
    let prepared = superuser.prepare(&accounts.table, &accounts.hashers)?;
    let user = superuser::create(&accounts.connection, &accounts.table, &prepared)?;
    accounts.warn_if_powerless(ui);
    Ok(ui.result(&CreateSuperuserOutcome::from(&user))?)
}

/// Makes sure that some superuser exists, for `djr up`; returns the name of a new one.
///
/// It comes from the environment or from a person; a password left blank is made up and shown once.
pub(crate) fn ensure(ui: &Ui, project: &Project) -> Result<Option<String>, CommandError> {
    let accounts = Accounts::new(project, || {
        let database = project.database(&DatabaseAlias::default())?;
        Ok(database.open(Durability::Full)?)
    })?;
    if superuser::exists(&accounts.users())? {
        return Ok(None);
    }
    let zone = &project.settings.project.time_zone;
    let superuser = match EnvironmentSource::with_password(&project.settings) {
        Some(source) => source.superuser(&accounts)?,
        None if ui.is_interactive() => {
            SuperuserPrompts::new(ui, &accounts).first_superuser(zone)?
        }
        None => return Err(MissingInput::NoSuperuser.into()),
    };
    create_first(ui, &accounts, superuser)
}

fn create_first(
    ui: &Ui,
    accounts: &Accounts,
    superuser: Superuser,
) -> Result<Option<String>, CommandError> {
    let is_random = superuser.password.is_none();
    let random = || Secret::new(random_string(RANDOM_PASSWORD_LENGTH, ALPHANUMERIC));
    let password = superuser.password.clone().unwrap_or_else(random);
    let superuser = Superuser {
        password: Some(password.clone()),
        ..superuser
    };
    warn_if_weak(ui, accounts, &superuser);
    let prepared = superuser.prepare(&accounts.table, &accounts.hashers)?;
    let created = superuser::create_first(&accounts.connection, &accounts.table, &prepared)?;
    accounts.warn_if_powerless(ui);
    if let (Some(user), true) = (&created, is_random) {
        let username = &user.username;
        ui.show_secret(format!(
            "the password of `{username}` is {} (shown only now; `djr changepassword \
             {username}` sets another)",
            password.expose()
        ));
    }
    Ok(created.map(|user| user.username))
}

fn warn_if_weak(ui: &Ui, accounts: &Accounts, superuser: &Superuser) {
    let Some(password) = &superuser.password else {
        return;
    };
    for problem in accounts
        .validators
        .validate(password, &attributes(superuser))
    {
        ui.warn(problem, &[]);
    }
}

/// A superuser that is there now.
#[derive(Debug, Serialize)]
struct CreateSuperuserOutcome<'u> {
    username: &'u str,
    email: &'u str,
    has_password: bool,
    #[serde(skip)]
    is_superuser: bool,
}

impl<'u> From<&'u User> for CreateSuperuserOutcome<'u> {
    fn from(user: &'u User) -> Self {
        Self {
            username: &user.username,
            email: &user.email,
            is_superuser: user.is_superuser,
            has_password: is_password_usable(&user.password),
        }
    }
}

impl fmt::Display for CreateSuperuserOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let username = self.username;
        let noun = if self.is_superuser {
            "superuser"
        } else {
            "user"
        };
        write!(f, "created {noun} `{username}`")?;
        if !self.has_password {
            write!(
                f,
                " without a password; `djr changepassword {username}` sets one"
            )?;
        }
        Ok(())
    }
}
