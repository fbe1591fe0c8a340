//! `djr collectstatic`: copies all static files to one directory.
//!
//! With `--explain PATH` one file is looked at. Else:
//!
//! 1. Plan, from a look at both sides that changes nothing.
//! 2. With `--dry-run`, stop here.
//! 3. Where files would be lost, confirm: by a person, or by `--noinput`.
//! 4. Apply the plan, and print what was done.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use clap::Args;
use serde::{Serialize, Serializer};

use crate::commands::confirm::{Unconfirmed, confirm_or};
use crate::commands::findstatic::StaticFileNotFound;
use crate::commands::options::NoInputArgs;
use crate::commands::static_file_explanation::StaticFileExplanation;
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::project::Project;
use crate::staticfiles::{
    CollectOptions, CollectProgress, CollectReport, Collection, Collector, DuplicateFile,
    IgnorePatterns, SkippedFile, StaticPath,
};
use crate::text;
use crate::ui::{TaskProgress, Ui};

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
    /// Make a symbolic link to each file in place of a copy
    #[arg(short, long)]
    link: bool,
    /// Copy the files, and neither compress them nor make names that change with their content
    #[arg(long)]
    no_post_process: bool,
    /// Leave out files and directories that match this pattern, such as `*.scss`; may be repeated
    #[arg(short, long, value_name = "PATTERN")]
    ignore: Vec<String>,
    /// Collect what is left out by default too: `CVS`, `.*` and `*~`
    #[arg(long)]
    no_default_ignore: bool,
    /// Tell which file is taken under this name and what it refers to, and collect nothing
    #[arg(long, value_name = "PATH", conflicts_with_all = ["dry_run", "clear", "link"])]
    explain: Option<String>,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &CollectStaticArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let collector = collector(&project, args)?;
    if let Some(file) = &args.explain {
        return explain(ui, &collector, &project, file);
    }
    let plan = collector.plan()?;
    warn(ui, &plan);
    let report = if args.dry_run {
        CollectReport::of(plan)
    } else {
        if plan.losses().next().is_some() && !args.input.noinput {
            confirm_losses(ui, &plan, collector.root())?;
        }
        let progress = Progress::new(ui, &plan);
        collector.apply(plan, &progress)?
    };
    for finding in &report.warnings {
        ui.warn(finding.to_string(), &finding.hints);
    }
    Ok(ui.result(&CollectStaticOutcome::new(
        collector.root(),
        &report,
        args,
        ui.is_verbose(),
    ))?)
}

fn collector(project: &Project, args: &CollectStaticArgs) -> Result<Collector, CommandError> {
    let options = CollectOptions {
        clear: args.clear,
        link: args.link,
        ignore: IgnorePatterns::new(&args.ignore, !args.no_default_ignore),
        manifest: project.manifest_options().filter(|_| !args.no_post_process),
        compress: if args.no_post_process {
            Vec::new()
        } else {
            project.settings.storages.staticfiles.compress.clone()
        },
        keep: project.settings.storages.staticfiles.keep,
    };
    let root = project.path(&project.settings.static_files.root);
    let finders = project.static_finders();
    Ok(Collector::new(finders, &root, &project.root, options)?)
}

fn explain(
    ui: &Ui,
    collector: &Collector,
    project: &Project,
    file: &str,
) -> Result<(), CommandError> {
    let path = StaticPath::new(file);
    let options = project.reference_options();
    let explanation = path.map(|path| collector.explain(&path, &options));
    let explanation = explanation.transpose()?;
    let explanation = explanation.filter(|explanation| !explanation.matches.is_empty());
    let explanation = explanation
        .ok_or_else(|| StaticFileNotFound::new(vec![file.to_owned()], &project.static_finders()))?;
    Ok(ui.result(&StaticFileExplanation::new(file, explanation))?)
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

/// The bars that show how far a run is.
struct Progress<'u> {
    ui: &'u Ui,
    bar: Mutex<Option<TaskProgress>>,
}

impl<'u> Progress<'u> {
    fn new(ui: &'u Ui, plan: &Collection) -> Self {
        let bar = ui.progress("copying", plan.copies().count());
        Self {
            ui,
            bar: Mutex::new(Some(bar)),
        }
    }

    fn bar(&self) -> MutexGuard<'_, Option<TaskProgress>> {
        self.bar.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CollectProgress for Progress<'_> {
    fn begin_compression(&self, count: usize) {
        let mut bar = self.bar();
        // The next bar takes the place of this one.
        *bar = None;
        *bar = Some(self.ui.progress("compressing", count));
    }

    fn step(&self) {
        if let Some(bar) = &*self.bar() {
            bar.step();
        }
    }
}

/// Confirms that files may be lost.
fn confirm_losses(ui: &Ui, plan: &Collection, root: &Path) -> Result<(), CommandError> {
    let refusal = WouldLoseFiles {
        losses: plan
            .losses()
            .map(|path| path.strip_prefix(root).unwrap_or(path).to_owned())
            .collect(),
        root: root.to_owned(),
    };
    if !ui.is_interactive() {
        return Err(refusal.into());
    }
    // A question that needs more than one line would be drawn twice.
    ui.status(refusal);
    confirm_or(ui, "Continue?", Unconfirmed::Declined)
}

/// Files may be lost, and nobody is there to confirm it.
#[derive(Debug)]
struct WouldLoseFiles {
    losses: Vec<PathBuf>,
    root: PathBuf,
}

/// How many files are named that may be lost.
const NAMED_LOSSES: usize = 3;

impl fmt::Display for WouldLoseFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = text::count(self.losses.len(), "file");
        write!(
            f,
            "{count} in `{}` would be replaced or removed: ",
            self.root.display()
        )?;
        let names = self.losses.iter().map(|path| path.display().to_string());
        let names: Vec<_> = names.take(NAMED_LOSSES).collect();
        f.write_str(&text::quoted(names.iter().map(String::as_str)))?;
        match self.losses.len().saturating_sub(NAMED_LOSSES) {
            0 => Ok(()),
            others => write!(f, " and {others} more"),
        }
    }
}

impl Error for WouldLoseFiles {}

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
    root: &'p Path,
    dry_run: bool,
    linked: bool,
    copied: PathList<'p>,
    unmodified: PathList<'p>,
    removed: &'p [PathBuf],
    post_processed: &'p [StaticPath],
    compressed: &'p [StaticPath],
    pruned: &'p [StaticPath],
    duplicates: Vec<&'p StaticPath>,
    skipped: Vec<&'p PathBuf>,
    #[serde(skip)]
    verbose: bool,
}

impl<'p> CollectStaticOutcome<'p> {
    fn new(
        root: &'p Path,
        report: &'p CollectReport,
        args: &CollectStaticArgs,
        verbose: bool,
    ) -> Self {
        let plan = &report.plan;
        Self {
            root,
            dry_run: args.dry_run,
            linked: args.link,
            copied: PathList(plan.copies().map(|file| &file.path).collect()),
            unmodified: PathList(plan.unmodified().map(|file| &file.path).collect()),
            removed: plan.removals(),
            post_processed: &report.post_processed,
            compressed: &report.compressed,
            pruned: &report.pruned,
            duplicates: plan.duplicates().iter().map(|file| &file.path).collect(),
            skipped: plan.skipped().iter().map(|file| &file.path).collect(),
            verbose,
        }
    }

    /// One line for each file, where they were asked for.
    fn write_files(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (copied, removed) = match (self.dry_run, self.linked) {
            (true, true) => ("would link", "would remove"),
            (true, false) => ("would copy", "would remove"),
            (false, true) => ("linked", "removed"),
            (false, false) => ("copied", "removed"),
        };
        for path in self.copied.sorted() {
            writeln!(f, "{copied} `{path}`")?;
        }
        for path in self.removed {
            writeln!(f, "{removed} `{}`", path.display())?;
        }
        for path in self.post_processed.iter().chain(self.compressed) {
            writeln!(f, "wrote `{path}`")?;
        }
        for path in self.pruned {
            writeln!(f, "removed the former `{path}`")?;
        }
        Ok(())
    }
}

impl fmt::Display for CollectStaticOutcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dry_run || self.verbose {
            self.write_files(f)?;
        }
        let copied = text::count(self.copied.0.len(), "static file");
        let verb = match (self.dry_run, self.linked) {
            (true, true) => "would be linked",
            (true, false) => "would be copied",
            (false, true) => "linked",
            (false, false) => "copied",
        };
        write!(f, "{copied} {verb} to `{}`", self.root.display())?;
        if !self.unmodified.0.is_empty() {
            write!(f, ", {} unmodified", self.unmodified.0.len())?;
        }
        if !self.post_processed.is_empty() {
            write!(f, ", {} post-processed", self.post_processed.len())?;
        }
        if !self.compressed.is_empty() {
            write!(f, ", {} compressed", self.compressed.len())?;
        }
        let removed = self.removed.len() + self.pruned.len();
        if removed > 0 {
            write!(f, ", {removed} removed")?;
        }
        Ok(())
    }
}

/// Paths of which most runs print nothing but their number; put in order only to be shown.
#[derive(Debug)]
struct PathList<'p>(Vec<&'p StaticPath>);

impl PathList<'_> {
    fn sorted(&self) -> Vec<&StaticPath> {
        let mut paths = self.0.clone();
        paths.sort_unstable();
        paths
    }
}

impl Serialize for PathList<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.sorted())
    }
}
