//! `djr users set`, `activate` and `deactivate`: changes fields and groups of users.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::auth::Group;
use crate::auth::{User, UserAttribute, UserChanges};
use crate::commands::accounts::{
    Accounts, ProfileArgs, RoleArgs, UserSelectionArgs, without_attribute,
};
use crate::commands::confirm::confirm_destructive;
use crate::commands::options::{NoInputArgs, WriteArgs};
use crate::commands::users::last_superuser;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Diagnostic, ExitCode, Findings};
use crate::text;
use crate::ui::Ui;

/// Change what users are called, may do and belong to
///
/// All of them or, if anything is wrong, none. `djr changepassword` changes a password.
#[derive(Args, Debug)]
pub(super) struct SetUsersArgs {
    /// The names of the users
    #[arg(required = true, value_name = "USERNAME")]
    usernames: Vec<String>,
    #[command(flatten)]
    profile: ProfileArgs,
    #[command(flatten)]
    roles: RoleArgs,
    /// A group to put them into; may be repeated
    #[arg(long, value_name = "GROUP")]
    add_group: Vec<String>,
    /// A group to take them out of; may be repeated
    #[arg(long, value_name = "GROUP")]
    remove_group: Vec<String>,
    #[command(flatten)]
    database: WriteArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

/// Let users log in again
#[derive(Args, Debug)]
pub(super) struct ActivateUsersArgs {
    #[command(flatten)]
    users: UserSelectionArgs,
    #[command(flatten)]
    database: WriteArgs,
}

/// Keep users from logging in, and log them out
///
/// Better than deleting them: what they made stays theirs.
#[derive(Args, Debug)]
pub(super) struct DeactivateUsersArgs {
    #[command(flatten)]
    users: UserSelectionArgs,
    #[command(flatten)]
    database: WriteArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

pub(super) fn run(ui: &Ui, global: &GlobalArgs, args: &SetUsersArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let zone = &project.settings.project.time_zone;
    let update = UserUpdate {
        changes: args.profile.changes(&accounts, &args.roles, zone)?,
        add_groups: accounts.groups_named(&args.add_group)?,
        remove_groups: accounts.groups_named(&args.remove_group)?,
    };
    if update.changes.is_empty() && update.add_groups.is_empty() && update.remove_groups.is_empty()
    {
        return Err(NothingToSet.into());
    }
    let users = accounts.users_named(&args.usernames)?;
    confirm_demotion(ui, &accounts, &args.input, &users, &update.changes)?;
    apply(ui, &accounts, &users, &update)
}

pub(super) fn activate(
    ui: &Ui,
    global: &GlobalArgs,
    args: &ActivateUsersArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let zone = &project.settings.project.time_zone;
    check_can_be_inactive(&accounts, "activate")?;
    let users = args.users.resolve(&accounts, zone)?;
    apply(ui, &accounts, &users, &UserUpdate::active(true))
}

pub(super) fn deactivate(
    ui: &Ui,
    global: &GlobalArgs,
    args: &DeactivateUsersArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let zone = &project.settings.project.time_zone;
    check_can_be_inactive(&accounts, "deactivate")?;
    let users = args.users.resolve(&accounts, zone)?;
    let update = UserUpdate::active(false);
    confirm_demotion(ui, &accounts, &args.input, &users, &update.changes)?;
    apply(ui, &accounts, &users, &update)
}

/// Fails where the user model lets everybody log in for ever.
fn check_can_be_inactive(accounts: &Accounts, command: &str) -> Result<(), Findings> {
    if accounts.table.has(UserAttribute::IsActive) {
        return Ok(());
    }
    let command = format!("djr users {command}");
    Err(without_attribute(&command, UserAttribute::IsActive).into())
}

/// What is to be different about users.
struct UserUpdate {
    changes: UserChanges,
    add_groups: Vec<Group>,
    remove_groups: Vec<Group>,
}

impl UserUpdate {
    fn active(active: bool) -> Self {
        Self {
            changes: UserChanges {
                is_active: Some(active),
                ..UserChanges::default()
            },
            add_groups: Vec::new(),
            remove_groups: Vec::new(),
        }
    }
}

/// Confirms `changes` after which there is no active superuser.
fn confirm_demotion(
    ui: &Ui,
    accounts: &Accounts,
    input: &NoInputArgs,
    users: &[User],
    changes: &UserChanges,
) -> Result<(), CommandError> {
    let demotes = changes.is_active == Some(false) || changes.is_superuser == Some(false);
    if !demotes || !last_superuser::are_among(accounts, users)? {
        return Ok(());
    }
    let consequence = "leaves no active superuser";
    confirm_destructive(ui, input, consequence, "Go on?")
}

fn apply(
    ui: &Ui,
    accounts: &Accounts,
    users: &[User],
    update: &UserUpdate,
) -> Result<(), CommandError> {
    let changed = accounts.connection.transaction(|_| {
        let mut changed = Vec::new();
        for user in users {
            let fields = change(accounts, user, update)?;
            if !fields.is_empty() {
                let username = user.username.clone();
                changed.push(ChangedUser { username, fields });
            }
        }
        Ok::<_, CommandError>(changed)
    })?;
    let unchanged = users.len() - changed.len();
    Ok(ui.result(&SetUsersOutcome { changed, unchanged })?)
}

/// Changes one user, as it is under the lock; returns what was different.
fn change(
    accounts: &Accounts,
    user: &User,
    update: &UserUpdate,
) -> Result<Vec<String>, CommandError> {
    let user = accounts.user(&user.username)?;
    accounts.check_key(&user, &update.changes)?;
    let written = accounts.users().apply_changes(&user, &update.changes);
    let mut fields = written.map_err(|error| accounts.write_error(error))?;
    let mut regrouped = false;
    if !update.add_groups.is_empty() || !update.remove_groups.is_empty() {
        let groups = accounts.groups()?;
        for group in &update.add_groups {
            regrouped |= groups.add(&user.pk, group)?;
        }
        for group in &update.remove_groups {
            regrouped |= groups.remove(&user.pk, group)?;
        }
    }
    fields.extend(regrouped.then(|| "groups".to_owned()));
    Ok(fields)
}

/// The command line asks for no change.
#[derive(Debug, thiserror::Error)]
#[error("nothing to set")]
struct NothingToSet;

impl Diagnostic for NothingToSet {
    fn hints(&self) -> Vec<String> {
        vec!["as in `djr users set alice --email alice@example.com --staff`".to_owned()]
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Usage
    }
}

#[derive(Debug, Serialize)]
struct SetUsersOutcome {
    changed: Vec<ChangedUser>,
    unchanged: usize,
}

#[derive(Debug, Serialize)]
struct ChangedUser {
    username: String,
    fields: Vec<String>,
}

impl fmt::Display for SetUsersOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.changed.iter().map(|ChangedUser { username, fields }| {
            let fields = text::quoted(fields.iter().map(String::as_str));
            format!("changed {fields} of `{username}`")
        });
        let mut lines: Vec<_> = lines.collect();
        match (self.unchanged, lines.is_empty()) {
            (0, true) => lines.push("no user was changed: none is meant".to_owned()),
            (0, false) => {}
            (1, true) => lines.push("nothing to change: the user is so already".to_owned()),
            (count, true) => lines.push(format!("nothing to change: all {count} are so already")),
            (count, false) => {
                lines.push(format!("{} so already", text::count(count, "user")));
            }
        }
        f.write_str(&lines.join("\n"))
    }
}
