//! `djr permissions`: lists permissions, gives them to users and groups, and takes them away.

use std::fmt;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::auth::User;
use crate::auth::{Grantee, Group, PermissionRow};
use crate::commands::accounts::Accounts;
use crate::commands::options::{DatabaseArgs, WriteArgs};
use crate::commands::{CommandError, GlobalArgs};
use crate::ui::{TableWriter, Ui};

/// List, grant and revoke permissions of users and groups
#[derive(Args, Debug)]
pub(crate) struct PermissionsArgs {
    #[command(subcommand)]
    action: PermissionsAction,
}

#[derive(Debug, Subcommand)]
enum PermissionsAction {
    List(ListPermissionsArgs),
    Grant(GrantPermissionsArgs),
    Revoke(RevokePermissionsArgs),
}

/// List permissions: all, or those that users or groups have
///
/// A user has what was given to it and to its groups; a superuser has all without being given any.
#[derive(Args, Debug)]
struct ListPermissionsArgs {
    /// Only those of this user; may be repeated
    #[arg(long, value_name = "USERNAME")]
    user: Vec<String>,
    /// Only those of this group; may be repeated
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    /// Only those of this app
    #[arg(long, value_name = "APP_LABEL")]
    app: Option<String>,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Who is given permissions, or loses them.
#[derive(Args, Debug)]
struct GranteeArgs {
    /// The permissions, each `app.codename` as in `blog.add_post`
    #[arg(required = true, value_name = "PERMISSION")]
    permissions: Vec<String>,
    /// A user; may be repeated
    #[arg(long, value_name = "USERNAME", required_unless_present = "group")]
    user: Vec<String>,
    /// A group; may be repeated
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    #[command(flatten)]
    database: WriteArgs,
}

/// Give permissions to users or groups
#[derive(Args, Debug)]
struct GrantPermissionsArgs {
    #[command(flatten)]
    grantees: GranteeArgs,
}

/// Take permissions from users or groups
///
/// A user keeps what one of its groups has.
#[derive(Args, Debug)]
struct RevokePermissionsArgs {
    #[command(flatten)]
    grantees: GranteeArgs,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &PermissionsArgs,
) -> Result<(), CommandError> {
    match &args.action {
        PermissionsAction::List(args) => list(ui, global, args),
        PermissionsAction::Grant(args) => {
            change(ui, global, &args.grantees, PermissionChange::Granted)
        }
        PermissionsAction::Revoke(args) => {
            change(ui, global, &args.grantees, PermissionChange::Revoked)
        }
    }
}

fn list(ui: &Ui, global: &GlobalArgs, args: &ListPermissionsArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::read(&project, &args.database)?;
    let (users, groups) = (
        accounts.users_named(&args.user)?,
        accounts.groups_named(&args.group)?,
    );
    let headings = ["permission", "name", "held by"];
    let mut rows = PermissionListing {
        table: ui.table("permissions", &headings),
        app: args.app.as_ref().map(|app| format!("{app}.")),
    };
    if args.user.is_empty() && args.group.is_empty() {
        rows.add(accounts.permissions()?.all()?, None)?;
    }
    for user in &users {
        list_user(&accounts, user, &mut rows)?;
    }
    for group in &groups {
        let held = accounts.permissions()?.of(Grantee::Group(group))?;
        rows.add(held, Some(&format!("group {}", group.name)))?;
    }
    if rows.table.end()? == 0 {
        ui.status("no permissions");
    }
    Ok(())
}

fn list_user(
    accounts: &Accounts,
    user: &User,
    rows: &mut PermissionListing,
) -> Result<(), CommandError> {
    let grants = accounts.permissions()?;
    let username = &user.username;
    if user.is_superuser {
        return rows.add(grants.all()?, Some(&format!("{username} (superuser)")));
    }
    let own = grants.of(Grantee::User(&user.pk))?;
    rows.add(own, Some(username))?;
    for group in accounts.groups()?.of_user(&user.pk)? {
        let held = grants.of(Grantee::Group(&group))?;
        rows.add(held, Some(&format!("{username} (group {})", group.name)))?;
    }
    Ok(())
}

/// The rows of a list, of one app if only that was asked for.
struct PermissionListing {
    table: TableWriter,
    app: Option<String>,
}

impl PermissionListing {
    fn add(&mut self, found: Vec<PermissionRow>, by: Option<&str>) -> Result<(), CommandError> {
        for row in found {
            let app = self.app.as_deref().unwrap_or_default();
            if row.permission.starts_with(app) {
                let held_by = by.map(ToOwned::to_owned);
                let by = held_by.clone().unwrap_or_default();
                let cells = [row.permission.clone(), row.name.clone(), by];
                self.table.row(cells, &ListedPermission { row, held_by })?;
            }
        }
        Ok(())
    }
}

#[derive(Debug, Serialize)]
struct ListedPermission {
    #[serde(flatten)]
    row: PermissionRow,
    held_by: Option<String>,
}

/// What is done with permissions.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
enum PermissionChange {
    Granted,
    Revoked,
}

fn change(
    ui: &Ui,
    global: &GlobalArgs,
    args: &GranteeArgs,
    change: PermissionChange,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let permissions = accounts.permissions_named(&args.permissions)?;
    let changed = accounts.connection.transaction(|_| {
        let users = accounts.users_named(&args.user)?;
        let groups = accounts.groups_named(&args.group)?;
        grant_or_revoke(&accounts, &users, &groups, &permissions, change)
    })?;
    Ok(ui.result(&PermissionsOutcome { change, changed })?)
}

/// Gives or takes every permission; returns what was different.
fn grant_or_revoke(
    accounts: &Accounts,
    users: &[User],
    groups: &[Group],
    permissions: &[PermissionRow],
    change: PermissionChange,
) -> Result<Vec<ChangedPermission>, CommandError> {
    let grants = accounts.permissions()?;
    let users = users
        .iter()
        .map(|user| (Grantee::User(&user.pk), format!("user {}", user.username)));
    let groups = groups
        .iter()
        .map(|group| (Grantee::Group(group), format!("group {}", group.name)));
    let mut changed = Vec::new();
    for (holder, who) in users.chain(groups) {
        for row in permissions {
            let done = match change {
                PermissionChange::Granted => grants.grant(holder, row)?,
                PermissionChange::Revoked => grants.revoke(holder, row)?,
            };
            if done {
                let (holder, permission) = (who.clone(), row.permission.clone());
                changed.push(ChangedPermission { holder, permission });
            }
        }
    }
    Ok(changed)
}

#[derive(Debug, Serialize)]
struct PermissionsOutcome {
    change: PermissionChange,
    changed: Vec<ChangedPermission>,
}

#[derive(Debug, Serialize)]
struct ChangedPermission {
    holder: String,
    permission: String,
}

impl fmt::Display for PermissionsOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines =
            self.changed.iter().map(
                |ChangedPermission { holder, permission }| match self.change {
                    PermissionChange::Granted => format!("granted `{permission}` to {holder}"),
                    PermissionChange::Revoked => format!("revoked `{permission}` from {holder}"),
                },
            );
        let lines: Vec<_> = lines.collect();
        match (&*lines, self.change) {
            ([], PermissionChange::Granted) => f.write_str("nothing to grant: it was given before"),
            ([], PermissionChange::Revoked) => f.write_str("nothing to revoke: it was not given"),
            (lines, _) => f.write_str(&lines.join("\n")),
        }
    }
}
