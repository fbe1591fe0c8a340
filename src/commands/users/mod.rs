//! `djr users`: lists, shows, changes and deletes users, and imports many.

mod delete;
mod import;
mod last_superuser;
mod list;
mod set;
mod show;
mod token;
mod unlock;

use clap::{Args, Subcommand};

use crate::commands::{CommandError, GlobalArgs};
use crate::ui::Ui;

/// List, show, change, unlock, delete and import users, and make their tokens
#[derive(Args, Debug)]
pub(crate) struct UsersArgs {
    #[command(subcommand)]
    action: UsersAction,
}

#[derive(Debug, Subcommand)]
enum UsersAction {
    List(list::ListUsersArgs),
    Show(show::ShowUsersArgs),
    Set(set::SetUsersArgs),
    Activate(set::ActivateUsersArgs),
    Deactivate(set::DeactivateUsersArgs),
    Unlock(unlock::UnlockUsersArgs),
    Token(token::UserTokenArgs),
    Delete(delete::DeleteUsersArgs),
    Import(import::ImportUsersArgs),
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &UsersArgs) -> Result<(), CommandError> {
    match &args.action {
        UsersAction::List(args) => list::run(ui, global, args),
        UsersAction::Show(args) => show::run(ui, global, args),
        UsersAction::Set(args) => set::run(ui, global, args),
        UsersAction::Activate(args) => set::activate(ui, global, args),
        UsersAction::Deactivate(args) => set::deactivate(ui, global, args),
        UsersAction::Unlock(args) => unlock::run(ui, global, args),
        UsersAction::Token(args) => token::run(ui, global, args),
        UsersAction::Delete(args) => delete::run(ui, global, args),
        UsersAction::Import(args) => import::run(ui, global, args),
    }
}
