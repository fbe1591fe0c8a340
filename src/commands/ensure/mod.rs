//! `djr ensure`: brings users, groups and the tables of caches to a state, and does nothing where they are in it.

mod cachetable;
mod group;
mod outcome;
mod user;

use clap::{Args, Subcommand};

use crate::commands::{CommandError, GlobalArgs};
use crate::ui::Ui;

/// Make sure that users, groups and the tables of caches are as they should be
///
/// For scripts that are run again and again: what is as it should be stays untouched, and `--json`
/// says whether anything was `changed`. Run several times at once, the result is that of one run.
#[derive(Args, Debug)]
pub(crate) struct EnsureArgs {
    #[command(subcommand)]
    action: EnsureTarget,
}

#[derive(Debug, Subcommand)]
enum EnsureTarget {
    Superuser(user::EnsureSuperuserArgs),
    User(user::EnsureUserArgs),
    Group(group::EnsureGroupArgs),
    Cachetable(cachetable::EnsureCacheTableArgs),
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &EnsureArgs) -> Result<(), CommandError> {
    match &args.action {
        EnsureTarget::Superuser(args) => user::superuser(ui, global, args),
        EnsureTarget::User(args) => user::run(ui, global, args),
        EnsureTarget::Group(args) => group::run(ui, global, args),
        EnsureTarget::Cachetable(args) => cachetable::run(ui, global, args),
    }
}
