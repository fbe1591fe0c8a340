//! `djr startproject`: makes a new project.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::commands::{CommandError, GlobalArgs, up};
use crate::scaffold::{self, ProjectName};
use crate::text;
use crate::ui::Ui;

/// Make a new project
///
/// Writes settings, urls, templates and static files, all of them or none. Files that are there
/// already stay as they are: where one of them differs from what would be written, nothing is.
#[derive(Args, Debug)]
pub(crate) struct StartProjectArgs {
    /// The name of the project: letters, digits and `_`
    name: String,
    /// Where to make it, `.` for the current directory; without it, in a directory of its name
    directory: Option<PathBuf>,
    /// Go on with `djr up`: migrate, make sure there is a superuser, serve
    #[arg(long)]
    up: bool,
    /// Where `--up` listens: PORT, ADDR:PORT, 0:PORT for every address [default: 127.0.0.1:8000]
    #[arg(long, value_name = "ADDRPORT", env = "PORT", hide_env_values = true)]
    address: Option<String>,
}

pub(crate) fn run(
    ui: &Ui,
    _global: &GlobalArgs,
    args: &StartProjectArgs,
) -> Result<(), CommandError> {
    let name = ProjectName::new(&args.name)?;
    let directory = args
        .directory
        .as_deref()
        .unwrap_or(Path::new(name.as_str()));
    let started = StartProjectOutcome {
        project: name.as_str(),
        directory,
        files: scaffold::start_project(&name, directory)?,
    };
    if args.up {
        ui.status(&started);
        return up::bring_up(ui, Some(directory), None, args.address.as_deref());
    }
    ui.result(&started)?;
    ui.status(started.next_step());
    Ok(())
}

/// A project, and the files of it that were written.
#[derive(Debug, Serialize)]
struct StartProjectOutcome<'s> {
    project: &'s str,
    directory: &'s Path,
    files: Vec<PathBuf>,
}

impl StartProjectOutcome<'_> {
    fn next_step(&self) -> String {
        if self.directory == Path::new(".") {
            return "next: `djr up`".to_owned();
        }
        format!("next: `cd {}`, then `djr up`", self.directory.display())
    }
}

impl fmt::Display for StartProjectOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (project, directory) = (self.project, self.directory.display());
        if self.files.is_empty() {
            return write!(f, "project `{project}` is in `{directory}` already");
        }
        let files = text::count(self.files.len(), "file");
        write!(f, "made project `{project}` in `{directory}`: {files}")
    }
}
