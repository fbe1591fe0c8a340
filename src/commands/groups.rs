//! `djr groups`: lists, shows, makes, renames and deletes groups.

use std::fmt;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::auth::UserFilter;
use crate::auth::{Grantee, GroupSummary};
use crate::commands::accounts::Accounts;
use crate::commands::confirm::confirm_destructive;
use crate::commands::options::{DatabaseArgs, NoInputArgs, WriteArgs};
use crate::commands::{CommandError, GlobalArgs};
use crate::db::SqlValue;
use crate::diagnostic::{Diagnostic, Finding, Findings};
use crate::query::DeleteCollector;
use crate::text;
use crate::ui::Ui;

/// Characters of the name of a group.
const NAME_LENGTH: usize = 150;

/// List, show, create, rename and delete groups of users
///
/// `djr users set --add-group` puts users into one, `djr permissions grant --group` gives it
/// permissions.
#[derive(Args, Debug)]
pub(crate) struct GroupsArgs {
    #[command(subcommand)]
    action: GroupsAction,
}

#[derive(Debug, Subcommand)]
enum GroupsAction {
    List(ListGroupsArgs),
    Show(ShowGroupArgs),
    Create(CreateGroupArgs),
    Rename(RenameGroupArgs),
    Delete(DeleteGroupArgs),
}

/// List groups, by name
#[derive(Args, Debug)]
struct ListGroupsArgs {
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Show who is in a group and which permissions it has
#[derive(Args, Debug)]
struct ShowGroupArgs {
    /// The name of the group
    #[arg(value_name = "GROUP")]
    name: String,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Create a group; `djr ensure group` does nothing if it is there
#[derive(Args, Debug)]
struct CreateGroupArgs {
    /// The name of the group
    name: String,
    /// A permission to give it, as `app.codename`; may be repeated
    #[arg(long, value_name = "PERMISSION")]
    permission: Vec<String>,
    #[command(flatten)]
    database: WriteArgs,
}

/// Give a group another name
#[derive(Args, Debug)]
struct RenameGroupArgs {
    /// The name of the group
    #[arg(value_name = "GROUP")]
    name: String,
    /// The name it gets
    new_name: String,
    #[command(flatten)]
    database: WriteArgs,
}

/// Delete a group; its members stay
#[derive(Args, Debug)]
struct DeleteGroupArgs {
    /// The name of the group
    #[arg(value_name = "GROUP")]
    name: String,
    #[command(flatten)]
    database: WriteArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &GroupsArgs) -> Result<(), CommandError> {
    match &args.action {
        GroupsAction::List(args) => list(ui, global, args),
        GroupsAction::Show(args) => show(ui, global, args),
        GroupsAction::Create(args) => create(ui, global, args),
        GroupsAction::Rename(args) => rename(ui, global, args),
        GroupsAction::Delete(args) => delete(ui, global, args),
    }
}

fn list(ui: &Ui, global: &GlobalArgs, args: &ListGroupsArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::read(&project, &args.database)?;
    let mut table = ui.table("groups", &["group", "members", "permissions"]);
    accounts.groups()?.for_each(|group: GroupSummary| {
        let (members, permissions) = (group.members.to_string(), group.permissions.to_string());
        let cells = [group.name.clone(), members, permissions];
        Ok::<_, CommandError>(table.row(cells, &group)?)
    })?;
    if table.end()? == 0 {
        ui.status("no groups");
    }
    Ok(())
}

fn show(ui: &Ui, global: &GlobalArgs, args: &ShowGroupArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::read(&project, &args.database)?;
    let group = accounts.group(&args.name)?;
    let permissions = accounts.permissions()?.of(Grantee::Group(&group))?;
    let filter = UserFilter {
        group: Some(group.name.clone()),
        ..UserFilter::default()
    };
    let mut members = Vec::new();
    accounts.users().for_each(&filter, |user| {
        members.push(user.username);
        Ok::<_, CommandError>(())
    })?;
    Ok(ui.result(&GroupDetail {
        name: group.name,
        permissions: permissions.into_iter().map(|row| row.permission).collect(),
        members,
    })?)
}

fn create(ui: &Ui, global: &GlobalArgs, args: &CreateGroupArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    check_name(&args.name)?;
    let accounts = Accounts::open(&project, &args.database)?;
    let permissions = accounts.permissions_named(&args.permission)?;
    accounts.connection.transaction(|_| {
        let groups = accounts.groups()?;
        if groups.by_name(&args.name)?.is_some() {
            return Err(CommandError::from(GroupNameTaken(args.name.clone())));
        }
        let group = groups.create(&args.name)?;
        let grants = accounts.permissions()?;
        for permission in &permissions {
            grants.grant(Grantee::Group(&group), permission)?;
        }
        Ok(())
    })?;
    report_change(ui, "created", &args.name)
}

fn rename(ui: &Ui, global: &GlobalArgs, args: &RenameGroupArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    check_name(&args.new_name)?;
    let accounts = Accounts::open(&project, &args.database)?;
    accounts.connection.transaction(|_| {
        let group = accounts.group(&args.name)?;
        let groups = accounts.groups()?;
        if args.new_name != args.name && groups.by_name(&args.new_name)?.is_some() {
            return Err(CommandError::from(GroupNameTaken(args.new_name.clone())));
        }
        Ok(groups.rename(&group, &args.new_name)?)
    })?;
    report_change(ui, "renamed", &args.new_name)
}

fn delete(ui: &Ui, global: &GlobalArgs, args: &DeleteGroupArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let group = accounts.group(&args.name)?;
    let registry = &accounts.registry;
    let Some(model) = registry.get("auth.Group") else {
        return Ok(());
    };
    let cascade = |keys: i64| {
        DeleteCollector::new(
            registry,
            &accounts.connection,
            model,
            vec![SqlValue::from(keys)],
        )
    };
    let counts = cascade(group.pk)?.counts(&accounts.connection)?;
    let others = counts.iter().filter(|(label, _)| label != "auth.Group");
    let others: Vec<_> = others
        .map(|(label, count)| format!("{count} of {label}"))
        .collect();
    let mut consequence = format!("deletes the group `{}`", group.name);
    if !others.is_empty() {
        consequence = format!("{consequence}, and with it {}", others.join(", "));
    }
    confirm_destructive(ui, &args.input, &consequence, "Delete it for good?")?;
    accounts.connection.transaction(|connection| {
        // Found again under the lock: rows may have come since.
        cascade(group.pk)?.run(connection).map(drop)
    })?;
    report_change(ui, "deleted", &args.name)
}

/// Refuses a name that a group cannot have.
pub(super) fn check_name(name: &str) -> Result<(), Findings> {
    match group_name_problem(name) {
        Some(problem) => Err(Finding::error("invalid-group", problem).into()),
        None => Ok(()),
    }
}

/// Why a group cannot be called `name`.
pub(super) fn group_name_problem(name: &str) -> Option<String> {
    match name.chars().count() {
        0 => Some("a group needs a name".to_owned()),
        length if length > NAME_LENGTH => Some(format!(
            "this name is {length} characters long, {NAME_LENGTH} are allowed"
        )),
        _ if name.contains('\0') => Some("null characters are not allowed".to_owned()),
        _ => None,
    }
}

fn report_change(ui: &Ui, what: &'static str, group: &str) -> Result<(), CommandError> {
    Ok(ui.result(&GroupOutcome { what, group })?)
}

/// There is a group of that name.
#[derive(Debug, thiserror::Error)]
#[error("a group called `{0}` exists already")]
struct GroupNameTaken(String);

impl Diagnostic for GroupNameTaken {
    fn code(&self) -> &'static str {
        "group-taken"
    }
}

#[derive(Debug, Serialize)]
struct GroupOutcome<'n> {
    /// `created`, `renamed` or `deleted`.
    what: &'static str,
    group: &'n str,
}

#[derive(Debug, Serialize)]
struct GroupDetail {
    name: String,
    members: Vec<String>,
    permissions: Vec<String>,
}

impl fmt::Display for GroupOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, group } = self;
        match *what {
            "renamed" => write!(f, "the group is called `{group}` now"),
            _ => write!(f, "{what} the group `{group}`"),
        }
    }
}

impl fmt::Display for GroupDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", text::escape_control(&self.name))?;
        let members = text::count(self.members.len(), "member");
        write!(f, "  {members}")?;
        for member in &self.members {
            write!(f, "\n    {}", text::escape_control(member))?;
        }
        let permissions = text::count(self.permissions.len(), "permission");
        write!(f, "\n  {permissions}")?;
        for permission in &self.permissions {
            write!(f, "\n    {}", text::escape_control(permission))?;
        }
        Ok(())
    }
}
