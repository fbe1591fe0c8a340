//! `djr users list`.

use clap::Args;

use crate::commands::accounts::{Accounts, UserFilterArgs, UserSummary};
use crate::commands::options::DatabaseArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::ui::Ui;

/// List users, by name
///
/// All of them, or those that every condition holds for.
#[derive(Args, Debug)]
pub(super) struct ListUsersArgs {
    #[command(flatten)]
    conditions: UserFilterArgs,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub(super) fn run(ui: &Ui, global: &GlobalArgs, args: &ListUsersArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::read(&project, &args.database)?;
    let zone = &project.settings.project.time_zone;
    let filter = args.conditions.filter(&accounts, zone)?;
    let headings = ["username", "email", "role", "last login", "groups"];
    let mut table = ui.table("users", &headings);
    accounts.users().for_each(&filter, |user| {
        let user = UserSummary::new(&accounts, &user)?;
        let cells = [
            user.username.clone(),
            user.email.clone().unwrap_or_default(),
            user.role(),
            user.last_login_text(),
            user.groups.join(", "),
        ];
        Ok::<_, CommandError>(table.row(cells, &user)?)
    })?;
    if table.end()? == 0 {
        ui.status("no users");
    }
    Ok(())
}
