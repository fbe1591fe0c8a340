//! `djr startproject`: to be written.

use clap::Args;

use crate::commands::{CommandError, GlobalArgs};
use crate::ui::Ui;

/// To be written
#[derive(Args, Debug)]
pub(crate) struct StartProjectArgs {}

pub(crate) fn run(
    _ui: &Ui,
    _global: &GlobalArgs,
    _args: &StartProjectArgs,
) -> Result<(), CommandError> {
    Ok(())
}
