//! `djr clearsessions`: to be written.

use clap::Args;

use crate::commands::{CommandError, GlobalArgs};
use crate::ui::Ui;

/// To be written
#[derive(Args, Debug)]
pub(crate) struct ClearSessionsArgs {}

pub(crate) fn run(
    _ui: &Ui,
    _global: &GlobalArgs,
    _args: &ClearSessionsArgs,
) -> Result<(), CommandError> {
    Ok(())
}
