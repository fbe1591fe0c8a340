//! The options every command accepts.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::commands::{CommandError, NativeCommands};
use crate::project::Project;
use crate::ui::{self, Ui};

/// Options every command accepts.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
    /// The directory that holds `djr.toml`; without it, the current one or the nearest above
    #[arg(
        long,
        global = true,
        env = "DJR_PROJECT",
        hide_env_values = true,
        value_name = "DIR"
    )]
    project: Option<PathBuf>,
    /// A settings file laid over `djr.toml`
    #[arg(
        long,
        global = true,
        env = "DJR_SETTINGS",
        hide_env_values = true,
        value_name = "FILE"
    )]
    settings: Option<PathBuf>,
    /// How much to print: 0 is silent, 1 normal, 2 and 3 tell more
    #[arg(short, long, global = true, default_value_t = 1, value_name = "LEVEL")]
    #[arg(value_parser = clap::value_parser!(u8).range(0..=3), allow_negative_numbers = true)]
    verbosity: u8,
    /// Print one JSON document instead of text
    #[arg(long, global = true)]
    json: bool,
    /// Print without colour, as `NO_COLOR` does
    #[arg(long, global = true)]
    no_color: bool,
    /// Print with colour into a pipe or a file too, as `CLICOLOR_FORCE` does
    #[arg(long, global = true, conflicts_with = "no_color")]
    force_color: bool,
    /// How Python calls djr's commands.
    #[arg(skip)]
    pub(crate) native: Option<NativeCommands>,
}

impl GlobalArgs {
    /// Writes as these options ask.
    pub(crate) fn ui(&self) -> Ui {
        if self.no_color {
            ui::disable_color();
        }
        if self.force_color {
            ui::force_color();
        }
        Ui::new(self.verbosity, self.json)
    }

    /// How much to print, from 0 to 3.
    pub(crate) fn verbosity(&self) -> u8 {
        self.verbosity
    }

    /// Whether colours are forbidden.
    pub(crate) fn is_without_color(&self) -> bool {
        self.no_color
    }

    /// The project's directory and the settings file these options name.
    pub(crate) fn paths(&self) -> (Option<&Path>, Option<&Path>) {
        (self.project.as_deref(), self.settings.as_deref())
    }

    /// The project these options name, with its settings.
    pub(crate) fn project(&self) -> Result<Project, CommandError> {
        Ok(Project::open(
            self.project.as_deref(),
            self.settings.as_deref(),
        )?)
    }
}
