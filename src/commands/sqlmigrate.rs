//! `djr sqlmigrate`: to be written.

use clap::Args;

use crate::commands::{CommandError, GlobalArgs};
use crate::ui::Ui;

/// To be written
#[derive(Args, Debug)]
pub(crate) struct SqlMigrateArgs {}

pub(crate) fn run(
    _ui: &Ui,
    _global: &GlobalArgs,
    _args: &SqlMigrateArgs,
) -> Result<(), CommandError> {
    Ok(())
}
