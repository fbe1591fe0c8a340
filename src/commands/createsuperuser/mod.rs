//! `djr createsuperuser`: makes a user that may do everything.

mod input;
mod prompts;

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::auth::superuser::{self, Superuser};
use crate::auth::{User, UserAttributes, is_password_usable};
use crate::commands::accounts::{Accounts, CustomFieldArgs};
use crate::commands::credentials::superuser_variable;
use crate::commands::options::{NoInputArgs, WriteArgs};
use crate::commands::{CommandError, GlobalArgs};
use crate::crypto::{ALPHANUMERIC, Secret, random_string};
use crate::db::{DatabaseAlias, Durability};
use crate::project::Project;
use crate::ui::Ui;

use input::MissingInput;
use prompts::SuperuserPrompts;

/// Characters of a random password.
const RANDOM_PASSWORD_LENGTH: usize = 20;

/// Create a user who may do everything
///
/// On a terminal, asks for what no option says. With `--noinput` the username, the email address
/// and the password come from options or from `DJR_SUPERUSER_USERNAME`, `DJR_SUPERUSER_EMAIL` and
/// `DJR_SUPERUSER_PASSWORD` (`DJANGO_SUPERUSER_...` will do), and a field that the project's own
/// user model requires from `--field` or from `DJR_SUPERUSER_` and its name. A user without a
/// password cannot log in until `djr changepassword` gives it one.
#[derive(Args, Debug)]
pub(crate) struct CreateSuperuserArgs {
    /// The name to log in with
    #[arg(long)]
    username: Option<String>,
    /// The email address; may be empty
    #[arg(long)]
    email: Option<String>,
    #[command(flatten)]
    custom_fields: CustomFieldArgs,
    /// Read the password from this file, or from standard input if it is `-`
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    input: NoInputArgs,
    #[command(flatten)]
    database: WriteArgs,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &CreateSuperuserArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    if args.input.noinput || !ui.is_interactive() {
        // What is missing is worth knowing before the database is.
        let wanted = input::unattended(args, &project.settings)?;
        let accounts = Accounts::open(&project, &args.database)?;
        let wanted = input::completed(args, &project, &accounts, wanted)?;
        warn_if_weak(ui, &accounts, &wanted);
        return create(ui, &accounts, &wanted);
    }
    let accounts = Accounts::open(&project, &args.database)?;
    let zone = &project.settings.project.time_zone;
    let given = args.custom_fields.values(&accounts, zone)?;
    let prompts = SuperuserPrompts::new(ui, &accounts);
    let wanted = Superuser {
        username: prompts.username(args.username.clone())?,
        email: prompts.email(args.email.clone())?,
        password: None,
        extra: prompts.custom_fields(given, zone)?,
    };
    let password = match &args.password_file {
        Some(path) => input::checked_password(path, &accounts, &wanted)?,
        None => prompts.password(&wanted)?,
    };
    let password = Some(password);
    create(ui, &accounts, &Superuser { password, ..wanted })
}

fn create(ui: &Ui, accounts: &Accounts, wanted: &Superuser) -> Result<(), CommandError> {
    // A name that is taken is reported before a second is spent on the hash.
    superuser::check_free(&accounts.users(), &wanted.username)?;
    let prepared = wanted.prepare(&accounts.hashers)?;
    let user = superuser::create(&accounts.connection, &accounts.table, &prepared)?;
    Ok(ui.result(&CreateSuperuserOutcome::from(&user))?)
}

/// Makes sure that some superuser exists, for `djr up`; returns the name of a new one.
///
/// It comes from `DJR_SUPERUSER_*` or from a person; a password left blank is made up and shown once.
pub(crate) fn ensure(ui: &Ui, project: &Project) -> Result<Option<String>, CommandError> {
    let accounts = Accounts::new(project, || {
        let database = project.database(&DatabaseAlias::default())?;
        Ok(database.open(Durability::Full)?)
    })?;
    if superuser::exists(&accounts.users())? {
        return Ok(None);
    }
    let wanted = match from_environment(project) {
        Some(wanted) => {
            let extra = input::from_variables(project, &accounts, Vec::new())?;
            Superuser { extra, ..wanted }
        }
        None if ui.is_interactive() => ask_first(ui, project, &accounts)?,
        None => return Err(MissingInput::NoSuperuser.into()),
    };
    let is_random = wanted.password.is_none();
    let random = || Secret::new(random_string(RANDOM_PASSWORD_LENGTH, ALPHANUMERIC));
    let password = wanted.password.clone().unwrap_or_else(random);
    let wanted = Superuser {
        password: Some(password.clone()),
        ..wanted
    };
    warn_if_weak(ui, &accounts, &wanted);
    let prepared = wanted.prepare(&accounts.hashers)?;
    let made = superuser::create_first(&accounts.connection, &accounts.table, &prepared)?;
    if let (Some(user), true) = (&made, is_random) {
        let username = &user.username;
        ui.show_secret(format!(
            "the password of `{username}` is {} (shown only now; `djr changepassword \
             {username}` sets another)",
            password.expose()
        ));
    }
    Ok(made.map(|user| user.username))
}

fn from_environment(project: &Project) -> Option<Superuser> {
    let variable = |name| superuser_variable(&project.settings, name);
    Some(Superuser {
        password: Some(variable("PASSWORD")?.into()),
        username: variable("USERNAME").unwrap_or("admin".to_owned()),
        email: variable("EMAIL").unwrap_or_default(),
        extra: Vec::new(),
    })
}

/// Asks for the first superuser; a password left blank becomes a random one.
fn ask_first(ui: &Ui, project: &Project, accounts: &Accounts) -> Result<Superuser, CommandError> {
    ui.status("there is no superuser yet; this one will be the first");
    let prompts = SuperuserPrompts::new(ui, accounts);
    let wanted = Superuser {
        username: prompts.username(None)?,
        email: prompts.email(None)?,
        password: None,
        extra: prompts.custom_fields(Vec::new(), &project.settings.project.time_zone)?,
    };
    let password = prompts.password_or_blank(&wanted)?;
    Ok(Superuser { password, ..wanted })
}

fn warn_if_weak(ui: &Ui, accounts: &Accounts, wanted: &Superuser) {
    let Some(password) = &wanted.password else {
        return;
    };
    for problem in accounts.validators.validate(password, &person(wanted)) {
        ui.warn(problem, &[]);
    }
}

fn person(wanted: &Superuser) -> UserAttributes<'_> {
    UserAttributes {
        username: &wanted.username,
        email: &wanted.email,
        ..UserAttributes::default()
    }
}

/// A superuser that is there now.
#[derive(Debug, Serialize)]
struct CreateSuperuserOutcome<'u> {
    username: &'u str,
    email: &'u str,
    has_password: bool,
}

impl<'u> From<&'u User> for CreateSuperuserOutcome<'u> {
    fn from(user: &'u User) -> Self {
        Self {
            username: &user.username,
            email: &user.email,
            has_password: is_password_usable(&user.password),
        }
    }
}

impl fmt::Display for CreateSuperuserOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let username = self.username;
        write!(f, "created superuser `{username}`")?;
        if !self.has_password {
            write!(
                f,
                " without a password; `djr changepassword {username}` sets one"
            )?;
        }
        Ok(())
    }
}
