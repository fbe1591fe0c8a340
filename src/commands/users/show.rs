//! `djr users show`.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::auth::Grantee;
use crate::auth::User;
use crate::commands::accounts::{Accounts, UserSummary};
use crate::commands::options::DatabaseArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::text;
use crate::ui::Ui;

/// Show all there is about users but their passwords
#[derive(Args, Debug)]
pub(super) struct ShowUsersArgs {
    /// The names of the users
    #[arg(required = true, value_name = "USERNAME")]
    usernames: Vec<String>,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub(super) fn run(ui: &Ui, global: &GlobalArgs, args: &ShowUsersArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::read(&project, &args.database)?;
    let users = accounts.users_named(&args.usernames)?;
    let users = users.iter().map(|user| UserDetail::new(&accounts, user));
    let users = users.collect::<Result<_, _>>()?;
    Ok(ui.result(&UserDetails { users })?)
}

#[derive(Debug, Serialize)]
struct UserDetails {
    users: Vec<UserDetail>,
}

#[derive(Debug, Serialize)]
struct UserDetail {
    #[serde(flatten)]
    user: UserSummary,
    /// The permissions given to the user itself.
    permissions: Vec<String>,
}

impl UserDetail {
    fn new(accounts: &Accounts, user: &User) -> Result<Self, CommandError> {
        let permissions = match accounts.table.permission_tables() {
            Some(_) => accounts.permissions()?.of(Grantee::User(&user.pk))?,
            None => Vec::new(),
        };
        Ok(Self {
            user: UserSummary::new(accounts, user)?,
            permissions: permissions.into_iter().map(|row| row.permission).collect(),
        })
    }
}

impl fmt::Display for UserDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let users: Vec<_> = self.users.iter().map(ToString::to_string).collect();
        f.write_str(&users.join("\n\n"))
    }
}

impl fmt::Display for UserDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = &self.user;
        let yes_or_no = |holds: bool| if holds { "yes" } else { "no" }.to_owned();
        let lines = [
            ("key", user.pk.clone()),
            ("email", user.email.clone().unwrap_or_default()),
            ("first name", user.first_name.clone().unwrap_or_default()),
            ("last name", user.last_name.clone().unwrap_or_default()),
            ("active", yes_or_no(user.is_active)),
            ("staff", yes_or_no(user.is_staff)),
            ("superuser", yes_or_no(user.is_superuser)),
            (
                "password",
                user.password.clone().unwrap_or("none".to_owned()),
            ),
            ("joined", user.date_joined.clone().unwrap_or_default()),
            (
                "last login",
                user.last_login.clone().unwrap_or("never".to_owned()),
            ),
            ("groups", user.groups.join(", ")),
            ("permissions", self.permissions.join(", ")),
        ];
        f.write_str(&text::escape_control(&user.username))?;
        for (label, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
            write!(f, "\n  {label:<11}  {}", text::escape_control(value))?;
        }
        Ok(())
    }
}
