//! `djr users set`, `activate` and `deactivate`: changes fields and groups of users.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::auth::groups::Group;
use crate::auth::{User, UserChanges};
use crate::commands::accounts::{Accounts, ProfileArgs, RoleArgs, SelectionArgs};
use crate::commands::options::{NoInputArgs, WriteArgs};
use crate::commands::unconfirmed::agrees;
use crate::commands::users::superusers;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::text;
use crate::ui::Ui;

/// Change what users are called, may do and belong to
///
/// All of them or, if anything is wrong, none. `djr changepassword` changes a password.
#[derive(Args, Debug)]
pub(super) struct SetArgs {
    /// The names of the users
    #[arg(required = true, value_name = "USERNAME")]
    usernames: Vec<String>,
    #[command(flatten)]
    profile: ProfileArgs,
    #[command(flatten)]
    roles: RoleArgs,
    /// A group to put them into; may be repeated
    #[arg(long, value_name = "NAME")]
    add_group: Vec<String>,
    /// A group to take them out of; may be repeated
    #[arg(long, value_name = "NAME")]
    remove_group: Vec<String>,
    #[command(flatten)]
    database: WriteArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

/// Let users log in again
#[derive(Args, Debug)]
pub(super) struct ActivateArgs {
    #[command(flatten)]
    users: SelectionArgs,
    #[command(flatten)]
    database: WriteArgs,
}

/// Keep users from logging in, and log them out
///
/// Better than deleting them: what they made stays theirs.
#[derive(Args, Debug)]
pub(super) struct DeactivateArgs {
    #[command(flatten)]
    users: SelectionArgs,
    #[command(flatten)]
    database: WriteArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

pub(super) fn run(ui: &Ui, global: &GlobalArgs, args: &SetArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let zone = &project.settings.project.time_zone;
    let wanted = Wanted {
        changes: args.profile.changes(&accounts, &args.roles, zone)?,
        join: accounts.groups_named(&args.add_group)?,
        leave: accounts.groups_named(&args.remove_group)?,
    };
    if wanted.changes.is_empty() && wanted.join.is_empty() && wanted.leave.is_empty() {
        return Err(NothingToSet.into());
    }
    let users = accounts.users_named(&args.usernames)?;
    if may_go(ui, &accounts, &args.input, &users, &wanted.changes)? {
        apply(ui, &accounts, &users, &wanted)?;
    }
    Ok(())
}

pub(super) fn activate(
    ui: &Ui,
    global: &GlobalArgs,
    args: &ActivateArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let zone = &project.settings.project.time_zone;
    let users = args.users.resolve(&accounts, zone)?;
    apply(ui, &accounts, &users, &Wanted::active(true))
}

pub(super) fn deactivate(
    ui: &Ui,
    global: &GlobalArgs,
    args: &DeactivateArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let zone = &project.settings.project.time_zone;
    let users = args.users.resolve(&accounts, zone)?;
    let wanted = Wanted::active(false);
    if may_go(ui, &accounts, &args.input, &users, &wanted.changes)? {
        apply(ui, &accounts, &users, &wanted)?;
    }
    Ok(())
}

/// What is to be different about users.
struct Wanted {
    changes: UserChanges,
    join: Vec<Group>,
    leave: Vec<Group>,
}

impl Wanted {
    fn active(active: bool) -> Self {
        Self {
            changes: UserChanges {
                is_active: Some(active),
                ..UserChanges::default()
            },
            join: Vec::new(),
            leave: Vec::new(),
        }
    }
}

/// Whether `changes` may be made: a person agrees to having no superuser any more.
fn may_go(
    ui: &Ui,
    accounts: &Accounts,
    input: &NoInputArgs,
    users: &[User],
    changes: &UserChanges,
) -> Result<bool, CommandError> {
    let demotes = changes.is_active == Some(false) || changes.is_superuser == Some(false);
    if !demotes || !superusers::are_among(accounts, users)? {
        return Ok(true);
    }
    let does = "leaves no active superuser";
    agrees(ui, input, does, "Go on?")
}

fn apply(
    ui: &Ui,
    accounts: &Accounts,
    users: &[User],
    wanted: &Wanted,
) -> Result<(), CommandError> {
    let changed = accounts.connection.transaction(|_| {
        let mut changed = Vec::new();
        for user in users {
            let fields = change(accounts, user, wanted)?;
            if !fields.is_empty() {
                let username = user.username.clone();
                changed.push(Changed { username, fields });
            }
        }
        Ok::<_, CommandError>(changed)
    })?;
    let unchanged = users.len() - changed.len();
    Ok(ui.result(&Outcome { changed, unchanged })?)
}

/// Changes one user, as it is under the lock; returns what was different.
fn change(accounts: &Accounts, user: &User, wanted: &Wanted) -> Result<Vec<String>, CommandError> {
    let user = accounts.user(&user.username)?;
    let mut fields = accounts.users().change(&user, &wanted.changes)?;
    let mut moved = false;
    if !wanted.join.is_empty() || !wanted.leave.is_empty() {
        let groups = accounts.groups()?;
        for group in &wanted.join {
            moved |= groups.add(&user.pk, group)?;
        }
        for group in &wanted.leave {
            moved |= groups.remove(&user.pk, group)?;
        }
    }
    fields.extend(moved.then(|| "groups".to_owned()));
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
struct Outcome {
    changed: Vec<Changed>,
    unchanged: usize,
}

#[derive(Debug, Serialize)]
struct Changed {
    username: String,
    fields: Vec<String>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.changed.iter().map(|Changed { username, fields }| {
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
