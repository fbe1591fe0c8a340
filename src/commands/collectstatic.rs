//! `djr collectstatic`: copies all static files to one directory.
//!
//! 1. Plan, from a look at both sides that changes nothing.
//! 2. With `--dry-run`, stop here.
//! 3. Where files would be lost, confirm: by a person, or by `--noinput`.
//! 4. Apply the plan, and print what was done.

use std::fmt;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use crate::commands::confirm::confirm_or;
use crate::commands::options::NoInputArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::project::Project;
use crate::staticfiles::{
    CollectOptions, Collection, DuplicateFile, Finders, IgnorePatterns, SkippedFile, StaticPath,
};
use crate::text;
use crate::ui::Ui;

/// Copy static files to the directory they are served from
///
/// Collects the files of `[static] dirs` and of each app's `static/` in `[static] root`, from where
/// the server takes them with `debug = false`. Of two files of one name the first one is taken. Files
/// that are there already are left alone; a changed one is replaced as a whole.
#[derive(Args, Debug)]
pub(crate) struct CollectStaticArgs {
    #[command(flatten)]
    input: NoInputArgs,
    /// Print what would be done and change nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Copy every file anew, and remove from the directory what is not a static file
    #[arg(short, long)]
    clear: bool,
    /// Leave out files and directories that match this pattern, such as `*.scss`; may be repeated
    #[arg(short, long, value_name = "PATTERN")]
    ignore: Vec<String>,
    /// Collect what is left out by default too: `CVS`, `.*` and `*~`
    #[arg(long)]
    no_default_ignore: bool,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &CollectStaticArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let plan = plan(&project, args)?;
    warn(ui, &plan);
    if !args.dry_run {
        if plan.losses() > 0 && !args.input.noinput {
            confirm_losses(ui, &plan)?;
        }
        let progress = ui.progress("copying", plan.copies().len());
        plan.apply(&|_| progress.step())?;
    }
    Ok(ui.result(&CollectStaticOutcome::new(
        &plan,
        args.dry_run,
        ui.is_verbose(),
    ))?)
}

fn plan(project: &Project, args: &CollectStaticArgs) -> Result<Collection, CommandError> {
    let settings = &project.settings.static_files;
    let directories: Vec<PathBuf> = settings
        .dirs
        .iter()
        .map(|path| project.path(path))
        .collect();
    let finders = Finders::new(&directories, &project.apps);
    let options = CollectOptions {
        clear: args.clear,
        ignore: IgnorePatterns::new(&args.ignore, !args.no_default_ignore),
    };
    let root = project.path(&settings.root);
    Ok(Collection::plan(&finders, &root, &project.root, &options)?)
}

fn warn(ui: &Ui, plan: &Collection) {
    for DuplicateFile {
        path,
        used,
        ignored,
    } in plan.duplicates()
    {
        let message = format!(
            "`{path}` is taken from `{}`; `{}` comes later and stays out",
            used.display(),
            ignored.display()
        );
        ui.warn(message, &[]);
    }
    for SkippedFile { path, reason } in plan.skipped() {
        ui.warn(format!("`{}` {reason}; it stays out", path.display()), &[]);
    }
}

/// Confirms that files may be lost.
fn confirm_losses(ui: &Ui, plan: &Collection) -> Result<(), CommandError> {
    let refusal = WouldLoseFiles {
        losses: plan.losses(),
        root: plan.root().to_owned(),
    };
    confirm_or(ui, &format!("{refusal}. Continue?"), refusal)
}

/// Nobody confirmed that files may be lost.
#[derive(Debug, thiserror::Error)]
#[error("{} in `{}` would be replaced or removed", text::count(*losses, "file"), root.display())]
struct WouldLoseFiles {
    losses: usize,
    root: PathBuf,
}

impl Diagnostic for WouldLoseFiles {
    fn code(&self) -> &'static str {
        "would-lose-files"
    }

    fn hints(&self) -> Vec<String> {
        vec![
            "nothing was changed; pass `--noinput` to go on, or `--dry-run` to see what would be done"
                .to_owned(),
        ]
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Refused
    }
}

/// What was done, or would be.
#[derive(Debug, Serialize)]
struct CollectStaticOutcome<'p> {
    root: PathBuf,
    dry_run: bool,
    copied: Vec<&'p StaticPath>,
    unmodified: &'p [StaticPath],
    removed: &'p [PathBuf],
    duplicates: Vec<&'p StaticPath>,
    skipped: Vec<&'p PathBuf>,
    #[serde(skip)]
    verbose: bool,
}

impl<'p> CollectStaticOutcome<'p> {
    fn new(plan: &'p Collection, dry_run: bool, verbose: bool) -> Self {
        Self {
            root: plan.root().to_owned(),
            dry_run,
            copied: plan.copies().iter().map(|copy| &copy.path).collect(),
            unmodified: plan.unmodified(),
            removed: plan.removals(),
            duplicates: plan.duplicates().iter().map(|file| &file.path).collect(),
            skipped: plan.skipped().iter().map(|file| &file.path).collect(),
            verbose,
        }
    }

    /// One line for each file, where they were asked for.
    fn write_files(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (copied, removed) = if self.dry_run {
            ("would copy", "would remove")
        } else {
            ("copied", "removed")
        };
        for path in &self.copied {
            writeln!(f, "{copied} `{path}`")?;
        }
        for path in self.removed {
            writeln!(f, "{removed} `{}`", path.display())?;
        }
        Ok(())
    }
}

impl fmt::Display for CollectStaticOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dry_run || self.verbose {
            self.write_files(f)?;
        }
        let copied = text::count(self.copied.len(), "static file");
        let verb = if self.dry_run {
            "would be copied"
        } else {
            "copied"
        };
        write!(f, "{copied} {verb} to `{}`", self.root.display())?;
        if !self.unmodified.is_empty() {
            write!(f, ", {} unmodified", self.unmodified.len())?;
        }
        if !self.removed.is_empty() {
            write!(f, ", {} removed", self.removed.len())?;
        }
        Ok(())
    }
}
