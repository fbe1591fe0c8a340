//! `djr destroy`: undoes what `startapp` made.

use std::fmt;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;

use crate::commands::scaffolding::quoted_paths;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::scaffold::{self, AppName};
use crate::text;
use crate::ui::Ui;

/// Undo what `startapp` made
#[derive(Args, Debug)]
pub(crate) struct DestroyArgs {
    #[command(subcommand)]
    what: Destroyed,
}

#[derive(Debug, Subcommand)]
enum Destroyed {
    App(DestroyAppArgs),
}

/// Remove an app that nobody has changed since `startapp` made it
///
/// Its files go, and it is taken out of `djr.toml` and `urls.toml`: all of it or nothing. Where a
/// file was changed or added since, nothing is removed.
#[derive(Args, Debug)]
struct DestroyAppArgs {
    /// The label of the app
    name: String,
    /// Remove the untouched files all the same, and leave the others
    #[arg(long)]
    force: bool,
    /// Show what would be removed, and remove nothing
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &DestroyArgs) -> Result<(), CommandError> {
    let Destroyed::App(args) = &args.what;
    let name = AppName::new(&args.name)?;
    let project = global.project()?;
    let removal = scaffold::plan_app_removal(&project.root, &name)?;
    if !removal.touched.is_empty() && !args.force {
        return Err(TouchedFiles(removal.touched).into());
    }
    let outcome = DestroyOutcome {
        app: name.as_str().to_owned(),
        dry_run: args.dry_run,
        removed: removal.untouched.clone(),
        kept: removal.touched.clone(),
    };
    if !args.dry_run {
        removal.apply()?;
    }
    ui.result(&outcome)?;
    Ok(())
}

/// Somebody changed files, or added some.
#[derive(Debug, thiserror::Error)]
#[error("{} changed or added since: {}", text::count(.0.len(), "file"), quoted_paths(.0))]
struct TouchedFiles(Vec<PathBuf>);

impl Diagnostic for TouchedFiles {
    fn code(&self) -> &'static str {
        "touched-files"
    }

    fn hints(&self) -> Vec<String> {
        vec!["`--force` removes the others, and the app from `djr.toml` and `urls.toml`".to_owned()]
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Refused
    }
}

/// What was removed, or would be.
#[derive(Debug, Serialize)]
struct DestroyOutcome {
    app: String,
    dry_run: bool,
    removed: Vec<PathBuf>,
    kept: Vec<PathBuf>,
}

impl fmt::Display for DestroyOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = text::count(self.removed.len(), "file");
        let verb = if self.dry_run {
            "would remove"
        } else {
            "removed"
        };
        write!(f, "{verb} app `{}`: {files}", self.app)?;
        for path in self.removed.iter().filter(|_| self.dry_run) {
            write!(f, "\n{}", path.display())?;
        }
        for path in &self.kept {
            write!(f, "\nkept {}", path.display())?;
        }
        Ok(())
    }
}
