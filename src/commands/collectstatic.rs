//! `djr collectstatic`: to be written.

use clap::Args;

use crate::commands::{CommandError, GlobalArgs};
use crate::ui::Ui;

/// To be written
#[derive(Args, Debug)]
pub(crate) struct CollectStaticArgs {}

pub(crate) fn run(
    _ui: &Ui,
    _global: &GlobalArgs,
    _args: &CollectStaticArgs,
) -> Result<(), CommandError> {
    Ok(())
}
