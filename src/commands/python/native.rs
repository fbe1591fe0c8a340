//! djr's own commands, as Python calls them by their names.

use std::ffi::OsString;

use crate::commands::CommandError;

/// How the commands of the command line are run and named, which only that knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NativeCommands {
    /// Runs a command line, the program's own name included.
    pub(crate) run: fn(&[OsString]) -> Result<(), CommandError>,
    /// The names of all commands.
    pub(crate) names: fn() -> Vec<String>,
}
