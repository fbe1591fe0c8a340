//! `djr ensure group`.

use clap::Args;

use crate::auth::{Grantee, Group, PermissionRow};
use crate::commands::accounts::Accounts;
use crate::commands::ensure::outcome::{EnsureOutcome, EnsureRollback};
use crate::commands::groups::check_name;
use crate::commands::options::WriteArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::ui::Ui;

/// Make sure that there is a group, with these permissions
#[derive(Args, Debug)]
pub(super) struct EnsureGroupArgs {
    /// The name of the group
    name: String,
    /// A permission it has, as `app.codename`; may be repeated
    #[arg(long, value_name = "PERMISSION")]
    permission: Vec<String>,
    /// It has no other permissions
    #[arg(long)]
    exact: bool,
    /// Change nothing; exit with 1 if something would be changed
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    database: WriteArgs,
}

pub(super) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &EnsureGroupArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    check_name(&args.name)?;
    let accounts = Accounts::open(&project, &args.database)?;
    let desired = accounts.permissions_named(&args.permission)?;
    let outcome = accounts.connection.transaction(|_| {
        let groups = accounts.groups()?;
        let found = groups.by_name(&args.name)?;
        let created = found.is_none();
        let group = match found {
            Some(group) => group,
            None => groups.create(&args.name)?,
        };
        let changed = update_permissions(&accounts, &group, &desired, args.exact)?;
        let outcome = EnsureOutcome {
            changed: created || changed,
            created,
            kind: "group",
            name: args.name.clone(),
            fields: changed
                .then(|| "permissions".to_owned())
                .into_iter()
                .collect(),
            checked: args.check,
        };
        if args.check {
            return Err(EnsureRollback::CheckOnly(outcome));
        }
        Ok(outcome)
    });
    match outcome {
        Ok(outcome) | Err(EnsureRollback::CheckOnly(outcome)) => outcome.report(ui),
        Err(EnsureRollback::Failed(error)) => Err(error),
    }
}

/// Gives `group` the permissions `wanted`, with `exact` no others; whether it had not.
fn update_permissions(
    accounts: &Accounts,
    group: &Group,
    desired: &[PermissionRow],
    exact: bool,
) -> Result<bool, CommandError> {
    let permissions = accounts.permissions()?;
    let grantee = Grantee::Group(group);
    let mut changed = false;
    if exact {
        let held = permissions.of(grantee)?;
        for row in held.iter().filter(|row| !desired.contains(row)) {
            changed |= permissions.revoke(grantee, row)?;
        }
    }
    for row in desired {
        changed |= permissions.grant(grantee, row)?;
    }
    Ok(changed)
}
