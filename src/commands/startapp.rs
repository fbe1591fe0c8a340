//! `djr startapp`: to be written.

use clap::Args;

use crate::commands::{CommandError, GlobalArgs};
use crate::ui::Ui;

/// To be written
#[derive(Args, Debug)]
pub(crate) struct StartAppArgs {}

pub(crate) fn run(
    _ui: &Ui,
    _global: &GlobalArgs,
    _args: &StartAppArgs,
) -> Result<(), CommandError> {
    Ok(())
}
