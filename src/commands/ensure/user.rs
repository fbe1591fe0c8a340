//! `djr ensure superuser` and `djr ensure user`.
//!
//! 1. Look at the user as it is; hash the password if it has another one.
//! 2. Under the lock, see whether it is still so; if not, begin again.
//! 3. Change what differs.

use std::path::PathBuf;

use clap::Args;

use crate::auth::Group;
use crate::auth::{User, UserAttribute, UserAttributes, UserChanges, UserField};
use crate::commands::accounts::{Accounts, ConcurrentUpdate, ProfileArgs, RoleArgs};
use crate::commands::credentials::{read_password, superuser_password, superuser_variable};
use crate::commands::ensure::outcome::{EnsureOutcome, EnsureRollback};
use crate::commands::options::WriteArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::crypto::Secret;
use crate::diagnostic::{Diagnostic, Findings};
use crate::text;
use crate::ui::Ui;

/// How often another process may change the user before we give up.
const ATTEMPTS: usize = 50;

/// Make sure that there is an active superuser of this name
///
/// The password is compared with the hash, and hashed anew only where it differs; without one, a
/// user that is there keeps its own. What no option says comes from `DJR_SUPERUSER_USERNAME`,
/// `DJR_SUPERUSER_EMAIL` and `DJR_SUPERUSER_PASSWORD`.
#[derive(Args, Debug)]
pub(super) struct EnsureSuperuserArgs {
    /// The name to log in with
    #[arg(long)]
    username: Option<String>,
    #[command(flatten)]
    profile: ProfileArgs,
    #[command(flatten)]
    options: EnsureOptions,
}

/// Make sure that there is a user of this name, as the options describe it
///
/// The password is compared with the hash, and hashed anew only where it differs; without one, a
/// user that is there keeps its own, and a new one cannot log in until it gets one.
#[derive(Args, Debug)]
pub(super) struct EnsureUserArgs {
    /// The name to log in with
    #[arg(long)]
    username: String,
    #[command(flatten)]
    profile: ProfileArgs,
    #[command(flatten)]
    roles: RoleArgs,
    /// A group it is in; may be repeated
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    /// It is in no other groups
    #[arg(long)]
    exact_groups: bool,
    #[command(flatten)]
    options: EnsureOptions,
}

/// How a user is ensured.
#[derive(Args, Debug)]
struct EnsureOptions {
    /// Read the password from this file, or from standard input if it is `-`
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Change nothing; exit with 1 if something would be changed
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    database: WriteArgs,
}

impl EnsureOptions {
    fn password(&self) -> Result<Option<Secret>, CommandError> {
        let path = self.password_file.as_deref();
        Ok(path.map(read_password).transpose()?)
    }
}

/// A user as it is to be.
struct DesiredUser {
    username: String,
    changes: UserChanges,
    password: Option<Secret>,
    groups: Vec<Group>,
    exact_groups: bool,
    check: bool,
}

pub(super) fn superuser(
    ui: &Ui,
    global: &GlobalArgs,
    args: &EnsureSuperuserArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let variable = |name: &str| superuser_variable(&project.settings, name);
    let auth = &project.settings.auth;
    let by_email = auth.username_field == auth.email_field;
    let address = args.profile.email.clone().filter(|_| by_email);
    let named = || variable(&auth.username_field.to_uppercase());
    let username = args.username.clone().or(address).or_else(named);
    let username = username.or_else(|| variable("USERNAME"));
    let username = username.ok_or(MissingUsername)?;
    let password = match args.options.password()? {
        Some(password) => Some(password),
        None => superuser_password(&project.settings)?,
    };
    let mut profile = args.profile.clone();
    let address = profile.email.or_else(|| variable("EMAIL"));
    profile.email = address.filter(|_| !by_email);
    let accounts = Accounts::open(&project, &args.options.database)?;
    accounts.warn_if_powerless(ui);
    let zone = &project.settings.project.time_zone;
    let changes = UserChanges {
        is_active: Some(true),
        is_staff: Some(true),
        is_superuser: Some(true),
        ..profile.changes(&accounts, &RoleArgs::default(), zone)?
    };
    let desired = DesiredUser {
        username: checked(&accounts, &username)?,
        changes,
        password,
        groups: Vec::new(),
        exact_groups: false,
        check: args.options.check,
    };
    ensure_user(ui, &accounts, &desired)
}

pub(super) fn run(ui: &Ui, global: &GlobalArgs, args: &EnsureUserArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let password = args.options.password()?;
    let accounts = Accounts::open(&project, &args.options.database)?;
    let zone = &project.settings.project.time_zone;
    let desired = DesiredUser {
        username: checked(&accounts, &args.username)?,
        changes: args.profile.changes(&accounts, &args.roles, zone)?,
        password,
        groups: accounts.groups_named(&args.group)?,
        exact_groups: args.exact_groups,
        check: args.options.check,
    };
    ensure_user(ui, &accounts, &desired)
}

/// The username as it is kept.
fn checked(accounts: &Accounts, username: &str) -> Result<String, Findings> {
    let cleaned = accounts.clean(UserAttribute::Username, "--username", username);
    cleaned.map_err(Findings::from)
}

fn ensure_user(ui: &Ui, accounts: &Accounts, desired: &DesiredUser) -> Result<(), CommandError> {
    let users = accounts.users();
    for _ in 0..ATTEMPTS {
        let seen = users.by_username(&desired.username)?;
        let password_hash = password_hash(ui, accounts, desired, seen.as_ref())?;
        let outcome = accounts.connection.transaction(|_| {
            let now = users.by_username(&desired.username)?;
            let hash = |user: &User| user.password.clone();
            if now.as_ref().map(hash) != seen.as_ref().map(hash) {
                return Ok(None);
            }
            let outcome = match &now {
                Some(user) => change(accounts, desired, user, password_hash)?,
                None => create(accounts, desired, password_hash)?,
            };
            if desired.check {
                return Err(EnsureRollback::CheckOnly(outcome));
            }
            Ok(Some(outcome))
        });
        match outcome {
            Ok(None) => {}
            Ok(Some(outcome)) | Err(EnsureRollback::CheckOnly(outcome)) => {
                return outcome.report(ui);
            }
            Err(EnsureRollback::Failed(error)) => return Err(error),
        }
    }
    Err(ConcurrentUpdate::EveryAttempt(desired.username.clone()).into())
}

/// The hash of the wanted password, unless `user` has that password already.
fn password_hash(
    ui: &Ui,
    accounts: &Accounts,
    desired: &DesiredUser,
    user: Option<&User>,
) -> Result<Option<String>, CommandError> {
    let Some(password) = &desired.password else {
        return Ok(None);
    };
    if user.is_some_and(|user| accounts.hashers.verify(password, &user.password).correct) {
        return Ok(None);
    }
    let changes = &desired.changes;
    let person = UserAttributes {
        username: &desired.username,
        email: changes.email.as_deref().unwrap_or_default(),
        first_name: changes.first_name.as_deref().unwrap_or_default(),
        last_name: changes.last_name.as_deref().unwrap_or_default(),
    };
    for problem in accounts.validators.validate(password, &person) {
        ui.warn(problem, &[]);
    }
    Ok(Some(accounts.hashers.make_password(password)?))
}

fn change(
    accounts: &Accounts,
    desired: &DesiredUser,
    user: &User,
    password_hash: Option<String>,
) -> Result<EnsureOutcome, CommandError> {
    let changes = UserChanges {
        password: password_hash,
        ..desired.changes.clone()
    };
    accounts.check_key(user, &changes)?;
    let written = accounts.users().apply_changes(user, &changes);
    let mut fields = written.map_err(|error| accounts.write_error(error))?;
    let regrouped = update_groups(accounts, desired, user)?;
    fields.extend(regrouped.then(|| "groups".to_owned()));
    Ok(EnsureOutcome {
        changed: !fields.is_empty(),
        created: false,
        kind: "user",
        name: user.username.clone(),
        fields,
        checked: desired.check,
    })
}

fn create(
    accounts: &Accounts,
    desired: &DesiredUser,
    password_hash: Option<String>,
) -> Result<EnsureOutcome, CommandError> {
    let changes = &desired.changes;
    let missing = accounts.missing_fields(changes);
    if !missing.is_empty() {
        return Err(MissingFields::of(accounts, &missing).into());
    }
    let changes = UserChanges {
        password: password_hash,
        ..changes.clone()
    };
    let user = changes.new_user(&desired.username);
    let user = accounts.users().insert(&user);
    let user = user.map_err(|error| accounts.write_error(error))?;
    update_groups(accounts, desired, &user)?;
    Ok(EnsureOutcome {
        changed: true,
        created: true,
        kind: "user",
        name: user.username,
        fields: Vec::new(),
        checked: desired.check,
    })
}

/// Puts `user` into the wanted groups, if asked for out of all others; whether it was not so.
fn update_groups(
    accounts: &Accounts,
    desired: &DesiredUser,
    user: &User,
) -> Result<bool, CommandError> {
    if desired.groups.is_empty() && !desired.exact_groups {
        return Ok(false);
    }
    let groups = accounts.groups()?;
    let mut regrouped = false;
    if desired.exact_groups {
        let held = groups.of_user(&user.pk)?;
        for group in held.iter().filter(|group| !desired.groups.contains(group)) {
            regrouped |= groups.remove(&user.pk, group)?;
        }
    }
    for group in &desired.groups {
        regrouped |= groups.add(&user.pk, group)?;
    }
    Ok(regrouped)
}

/// Neither an option nor a variable names the user.
#[derive(Debug, thiserror::Error)]
#[error("a username is needed")]
struct MissingUsername;

impl Diagnostic for MissingUsername {
    fn code(&self) -> &'static str {
        "missing-input"
    }

    fn hints(&self) -> Vec<String> {
        vec!["pass `--username NAME` or set `DJR_SUPERUSER_USERNAME`".to_owned()]
    }
}

/// A new user lacks what its model requires.
#[derive(Debug, thiserror::Error)]
#[error("a new user needs {}", text::quoted(names.iter().map(String::as_str)))]
struct MissingFields {
    names: Vec<String>,
    options: Vec<String>,
}

impl MissingFields {
    fn of(accounts: &Accounts, missing: &[&UserField]) -> Self {
        let names = missing.iter().map(|field| field.field.name.clone());
        let options = missing.iter().map(|field| accounts.assignment_of(field));
        Self {
            names: names.collect(),
            options: options.collect(),
        }
    }
}

impl Diagnostic for MissingFields {
    fn code(&self) -> &'static str {
        "missing-input"
    }

    fn hints(&self) -> Vec<String> {
        vec![format!("pass `{}`", self.options.join(" "))]
    }
}
