//! `djr users`: lists, shows, changes and deletes users, and imports many.

mod delete;
mod import;
mod list;
mod set;
mod show;
mod superusers;

use clap::{Args, Subcommand};

use crate::commands::{CommandError, GlobalArgs};
use crate::ui::Ui;

/// List, show, change, delete and import users
#[derive(Args, Debug)]
pub(crate) struct UsersArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    List(list::ListArgs),
    Show(show::ShowArgs),
    Set(set::SetArgs),
    Activate(set::ActivateArgs),
    Deactivate(set::DeactivateArgs),
    Delete(delete::DeleteArgs),
    Import(import::ImportArgs),
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &UsersArgs) -> Result<(), CommandError> {
    match &args.action {
        Action::List(args) => list::run(ui, global, args),
        Action::Show(args) => show::run(ui, global, args),
        Action::Set(args) => set::run(ui, global, args),
        Action::Activate(args) => set::activate(ui, global, args),
        Action::Deactivate(args) => set::deactivate(ui, global, args),
        Action::Delete(args) => delete::run(ui, global, args),
        Action::Import(args) => import::run(ui, global, args),
    }
}
