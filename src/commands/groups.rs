//! `djr groups`: lists, shows, makes, renames and deletes groups.

use std::fmt;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::auth::UserFilter;
use crate::auth::groups::{GroupSummary, Holder};
use crate::commands::accounts::Accounts;
use crate::commands::options::{DatabaseArgs, NoInputArgs, WriteArgs};
use crate::commands::unconfirmed::agrees;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::SqlValue;
use crate::diagnostic::{Diagnostic, Finding, Findings};
use crate::query::Cascade;
use crate::text;
use crate::ui::{Ui, printable};

/// Characters of the name of a group.
const NAME_LENGTH: usize = 150;

/// List, show, create, rename and delete groups of users
///
/// `djr users set --add-group` puts users into one, `djr permissions grant --group` gives it
/// permissions.
#[derive(Args, Debug)]
pub(crate) struct GroupsArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    List(ListArgs),
    Show(ShowArgs),
    Create(CreateArgs),
    Rename(RenameArgs),
    Delete(DeleteArgs),
}

/// List groups, by name
#[derive(Args, Debug)]
struct ListArgs {
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Show who is in a group and which permissions it has
#[derive(Args, Debug)]
struct ShowArgs {
    /// The name of the group
    name: String,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Create a group; `djr ensure group` does nothing if it is there
#[derive(Args, Debug)]
struct CreateArgs {
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
struct RenameArgs {
    /// The name of the group
    name: String,
    /// The name it gets
    new_name: String,
    #[command(flatten)]
    database: WriteArgs,
}

/// Delete a group; its members stay
#[derive(Args, Debug)]
struct DeleteArgs {
    /// The name of the group
    name: String,
    #[command(flatten)]
    database: WriteArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &GroupsArgs) -> Result<(), CommandError> {
    match &args.action {
        Action::List(args) => list(ui, global, args),
        Action::Show(args) => show(ui, global, args),
        Action::Create(args) => create(ui, global, args),
        Action::Rename(args) => rename(ui, global, args),
        Action::Delete(args) => delete(ui, global, args),
    }
}

fn list(ui: &Ui, global: &GlobalArgs, args: &ListArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::read(&project, &args.database)?;
    let mut listing = ui.listing("groups", &["group", "members", "permissions"]);
    accounts.groups()?.for_each(|group: GroupSummary| {
        let (members, permissions) = (group.members.to_string(), group.permissions.to_string());
        let cells = [group.name.clone(), members, permissions];
        Ok::<_, CommandError>(listing.row(cells, &group)?)
    })?;
    if listing.end()? == 0 {
        ui.status("no groups");
    }
    Ok(())
}

fn show(ui: &Ui, global: &GlobalArgs, args: &ShowArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::read(&project, &args.database)?;
    let group = accounts.group(&args.name)?;
    let permissions = accounts.permissions()?.of(Holder::Group(&group))?;
    let filter = UserFilter {
        group: Some(group.name.clone()),
        ..UserFilter::default()
    };
    let mut members = Vec::new();
    accounts.users().for_each(&filter, |user| {
        members.push(user.username);
        Ok::<_, CommandError>(())
    })?;
    Ok(ui.result(&Shown {
        name: group.name,
        permissions: permissions.into_iter().map(|row| row.permission).collect(),
        members,
    })?)
}

fn create(ui: &Ui, global: &GlobalArgs, args: &CreateArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    check_name(&args.name)?;
    let accounts = Accounts::open(&project, &args.database)?;
    let permissions = accounts.permissions_named(&args.permission)?;
    accounts.connection.transaction(|_| {
        let groups = accounts.groups()?;
        if groups.by_name(&args.name)?.is_some() {
            return Err(CommandError::from(Taken(args.name.clone())));
        }
        let group = groups.create(&args.name)?;
        let grants = accounts.permissions()?;
        for permission in &permissions {
            grants.grant(Holder::Group(&group), permission)?;
        }
        Ok(())
    })?;
    done(ui, "created", &args.name)
}

fn rename(ui: &Ui, global: &GlobalArgs, args: &RenameArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    check_name(&args.new_name)?;
    let accounts = Accounts::open(&project, &args.database)?;
    accounts.connection.transaction(|_| {
        let group = accounts.group(&args.name)?;
        let groups = accounts.groups()?;
        if args.new_name != args.name && groups.by_name(&args.new_name)?.is_some() {
            return Err(CommandError::from(Taken(args.new_name.clone())));
        }
        Ok(groups.rename(&group, &args.new_name)?)
    })?;
    done(ui, "renamed", &args.new_name)
}

fn delete(ui: &Ui, global: &GlobalArgs, args: &DeleteArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::open(&project, &args.database)?;
    let group = accounts.group(&args.name)?;
    let registry = &accounts.registry;
    let Some(model) = registry.get("auth.Group") else {
        return Ok(());
    };
    let cascade = |keys: i64| {
        Cascade::new(
            registry,
            &accounts.connection,
            model,
            vec![SqlValue::from(keys)],
        )
    };
    let counts = cascade(group.pk)?.counts();
    let others = counts.iter().filter(|(label, _)| label != "auth.Group");
    let others: Vec<_> = others
        .map(|(label, count)| format!("{count} of {label}"))
        .collect();
    let mut does = format!("deletes the group `{}`", group.name);
    if !others.is_empty() {
        does = format!("{does}, and with it {}", others.join(", "));
    }
    if !agrees(ui, &args.input, &does, "Delete it for good?")? {
        return Ok(());
    }
    accounts.connection.transaction(|connection| {
        // Found again under the lock: rows may have come since.
        cascade(group.pk)?.run(connection)
    })?;
    done(ui, "deleted", &args.name)
}

/// Refuses what is no name of a group.
pub(super) fn check_name(name: &str) -> Result<(), Findings> {
    let length = name.chars().count();
    let problem = match length {
        0 => "a group needs a name".to_owned(),
        1..=NAME_LENGTH => return Ok(()),
        _ => format!("this name is {length} characters long, {NAME_LENGTH} are allowed"),
    };
    Err(Finding::error("invalid-group", problem).into())
}

fn done(ui: &Ui, what: &'static str, group: &str) -> Result<(), CommandError> {
    Ok(ui.result(&Done { what, group })?)
}

/// There is a group of that name.
#[derive(Debug, thiserror::Error)]
#[error("a group called `{0}` exists already")]
struct Taken(String);

impl Diagnostic for Taken {
    fn code(&self) -> &'static str {
        "group-taken"
    }
}

#[derive(Debug, Serialize)]
struct Done<'n> {
    /// `created`, `renamed` or `deleted`.
    what: &'static str,
    group: &'n str,
}

#[derive(Debug, Serialize)]
struct Shown {
    name: String,
    members: Vec<String>,
    permissions: Vec<String>,
}

impl fmt::Display for Done<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, group } = self;
        match *what {
            "renamed" => write!(f, "the group is called `{group}` now"),
            _ => write!(f, "{what} the group `{group}`"),
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", printable(&self.name))?;
        let members = text::count(self.members.len(), "member");
        write!(f, "  {members}")?;
        for member in &self.members {
            write!(f, "\n    {}", printable(member))?;
        }
        let permissions = text::count(self.permissions.len(), "permission");
        write!(f, "\n  {permissions}")?;
        for permission in &self.permissions {
            write!(f, "\n    {}", printable(permission))?;
        }
        Ok(())
    }
}
