//! `djr maintain`: what a site needs once a day, in one command.
//!
//! 1. Take the lock of maintenance; where another run has it, that is all.
//! 2. Run every step, whatever became of those before it, and report each.
//! 3. Fail if one of them failed.

mod outcome;
mod steps;

use std::collections::BTreeMap;
use std::sync::Arc;

use clap::Args;

use crate::commands::options::LockArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::{Connections, Database, DatabaseAlias};
use crate::diagnostic::{Diagnostic, Finding};
use crate::files;
use crate::project::Project;
use crate::settings::FILE_NAME;
use crate::text;
use crate::ui::Ui;

use self::outcome::StepFailure;
use self::steps::StepRunner;

/// Clear away what nobody needs any more, and keep the databases quick
///
/// Deletes the sessions that ended, empties caches in tables and files of what expired and is too much, renews what SQLite
/// knows of its tables, and moves the write-ahead logs into the databases. Run it once a day: it may run while the site is
/// served, whose writers wait for moments only, and be stopped at any time. A step that fails does not keep the others from
/// running; the exit status is then 1.
#[derive(Args, Debug)]
pub(crate) struct MaintainArgs {
    /// Tell what there is to do and change nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Give free pages of the databases back to the disk; others wait while a file is rebuilt for that
    #[arg(long)]
    vacuum: bool,
    #[command(flatten)]
    lock: LockArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &MaintainArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let databases = databases(&project, &args.lock);
    let connections = if args.dry_run {
        Connections::read_only(databases.clone())
    } else {
        Connections::new(databases.clone())
    };
    let runner = StepRunner {
        ui,
        project: &project,
        caches: Arc::new(project.caches(&connections)?),
        databases,
        connections,
        dry_run: args.dry_run,
    };
    let mut table = ui.table("steps", &["step", "of", "outcome"]);
    let mut failed = Vec::new();
    // A file system without locks is not a reason to leave everything lying about: two runs at once do no harm.
    let lock = files::try_lock(&project.path(FILE_NAME));
    if matches!(lock, Ok(None)) && !args.dry_run {
        ui.status("another `djr maintain` is at work: nothing was done");
    } else {
        for step in runner.steps(args.vacuum) {
            let report = runner.run(&step);
            failed.extend(report.failure());
            table.row(report.cells(), &report)?;
        }
    }
    table.end()?;
    if failed.is_empty() {
        Ok(())
    } else {
        Err(FailedSteps {
            count: failed.len(),
            findings: StepFailure::by_cause(failed)
                .into_iter()
                .map(StepFailure::into_finding)
                .collect(),
        }
        .into())
    }
}

fn databases(project: &Project, lock: &LockArgs) -> BTreeMap<DatabaseAlias, Database> {
    let databases = project.databases().into_iter();
    databases
        .map(|(alias, database)| (alias, lock.applied_to(&database)))
        .collect()
}

/// Steps that failed.
#[derive(Debug, thiserror::Error)]
#[error("{} failed", text::count(*.count, "step"))]
struct FailedSteps {
    count: usize,
    findings: Vec<Finding>,
}

impl Diagnostic for FailedSteps {
    fn code(&self) -> &'static str {
        "maintenance-failed"
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
