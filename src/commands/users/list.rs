//! `djr users list`.

use clap::Args;

use crate::commands::accounts::{Accounts, FilterArgs, ShownUser};
use crate::commands::options::DatabaseArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::ui::Ui;

/// List users, by name
///
/// All of them, or those that every condition holds for.
#[derive(Args, Debug)]
pub(super) struct ListArgs {
    #[command(flatten)]
    conditions: FilterArgs,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub(super) fn run(ui: &Ui, global: &GlobalArgs, args: &ListArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let accounts = Accounts::read(&project, &args.database)?;
    let zone = &project.settings.project.time_zone;
    let filter = args.conditions.filter(&accounts, zone)?;
    let headings = ["username", "email", "role", "last login", "groups"];
    let mut listing = ui.listing("users", &headings);
    accounts.users().for_each(&filter, |user| {
        let user = ShownUser::new(&accounts, &user)?;
        let cells = [
            user.username.clone(),
            user.email.clone(),
            user.role(),
            user.seen(),
            user.groups.join(", "),
        ];
        Ok::<_, CommandError>(listing.row(cells, &user)?)
    })?;
    if listing.end()? == 0 {
        ui.status("no users");
    }
    Ok(())
}
