//! `djr migrate`: brings the database schema up to date, or to any point of its history.
//!
//! 1. Compare the names of the migrations with the record; with nothing missing, that is all.
//! 2. Read the migrations and plan, from a look at the database that changes nothing.
//! 3. With `--plan` or `--check`, stop here.
//! 4. Carry the plan out, all or nothing; an empty one takes no lock.

mod outcome;
mod records;
mod rehearsal;

use std::sync::Arc;

use clap::Args;

use crate::commands::options::{NoInputArgs, WriteArgs};
use crate::commands::receivers::with_receivers;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::{Database, DatabaseAlias};
use crate::diagnostic::{Diagnostic, Finding, Findings};
use crate::migrations::{
    FakeMode, History, MigrateRequest, MigrationError, MigrationEvent, MigrationPlan, Migrations,
    applied_migrations, edited_warning, migration_names, unapplied_migrations,
};
use crate::project::{MigrateEvent, MigrateOptions, MigrateReport, Project, Snapshot};
use crate::schema::Direction;
use crate::script::{MigrateSignal, PlannedMigration, PythonSite};
use crate::text;
use crate::ui::Ui;

use self::outcome::{MigrateOutcome, NOT_ATOMIC, PlanOutlook, migration_steps, planned_migrations};
use self::records::{accept_edits, prune_missing};

/// Bring the database schema up to date
///
/// Applies every migration the database has not seen, in order and in one
/// transaction: either all of them are applied, or none is, unless one says
/// `atomic = false`, which `--plan` shows. With the name of a migration, applies
/// or undoes what leads to it; `zero` undoes all of an app.
#[derive(Args, Debug)]
pub(crate) struct MigrateArgs {
    /// Migrate only this app, and what it needs
    app_label: Option<String>,
    /// The migration to go to: its name, a unique beginning of it, or `zero`
    migration_name: Option<String>,
    /// Print what would be done and change nothing
    #[arg(long)]
    plan: bool,
    /// Exit with 1 if there is something to do; change nothing
    #[arg(long)]
    check: bool,
    /// Carry the plan out on a copy of the database, and tell time, rows and broken references
    #[arg(long, conflicts_with_all = ["plan", "check", "fake"])]
    rehearse: bool,
    /// Record migrations as applied, or as not applied, without running them
    #[arg(long)]
    fake: bool,
    /// Record the first migrations of apps whose tables are there already, and run the others
    #[arg(long, conflicts_with = "fake")]
    fake_initial: bool,
    /// Forget the recorded migrations of the app whose files are gone, and do no more
    #[arg(long, requires = "app_label")]
    #[arg(conflicts_with_all = ["migration_name", "plan", "check", "fake", "rehearse"])]
    prune: bool,
    /// Take the files of applied migrations that have changed as they are now, and do no more
    #[arg(long, conflicts_with_all = ["app_label", "plan", "check", "fake", "rehearse", "prune"])]
    accept_edits: bool,
    /// Take no snapshot before rows lose a column, a table or precision
    #[arg(long)]
    no_snapshot: bool,
    #[command(flatten)]
    database: WriteArgs,
    #[command(flatten)]
    input: NoInputArgs,
}

/// What `djr migrate` is asked to do; its options exclude each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum MigrateMode<'a> {
    /// Carry the plan out.
    Execute,
    /// `--plan`, which may be given with `--check`: print the plan.
    Plan { check: bool },
    /// `--check`: fail where the plan is not empty.
    Check,
    /// `--rehearse`: carry the plan out on a copy.
    Rehearse,
    /// `--prune`: remove records of migrations without files.
    Prune { app_label: &'a str },
    /// `--accept-edits`: take changed files as they are.
    AcceptEdits,
}

impl MigrateArgs {
    fn mode(&self) -> MigrateMode<'_> {
        match self.app_label.as_deref() {
            Some(app_label) if self.prune => MigrateMode::Prune { app_label },
            _ if self.accept_edits => MigrateMode::AcceptEdits,
            _ if self.plan => MigrateMode::Plan { check: self.check },
            _ if self.check => MigrateMode::Check,
            _ if self.rehearse => MigrateMode::Rehearse,
            _ => MigrateMode::Execute,
        }
    }

    fn fake_mode(&self) -> FakeMode {
        match (self.fake, self.fake_initial) {
            (true, _) => FakeMode::All,
            (_, true) => FakeMode::Initial,
            _ => FakeMode::Never,
        }
    }
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &MigrateArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let database = args.database.find(&project)?;
    match args.mode() {
        MigrateMode::Prune { app_label } => prune_missing(ui, &project, &database, app_label),
        MigrateMode::AcceptEdits => accept_edits(ui, &project, &database),
        mode => {
            let edited = edited(&project, &database, &args.database.alias())?;
            ui.findings(&edited);
            let command = MigrateCommand {
                ui,
                args,
                project: &project,
                database: &database,
                mode,
                verbosity: global.verbosity(),
                warnings: edited.into_iter().map(|found| found.message).collect(),
            };
            match command.mode {
                MigrateMode::Execute => with_receivers(&project, |python| command.run(python)),
                _ => command.run(None),
            }
        }
    }
}

/// A run of `djr migrate` that plans, and where it is asked to carries the plan out.
struct MigrateCommand<'c> {
    ui: &'c Ui,
    args: &'c MigrateArgs,
    project: &'c Project,
    database: &'c Database,
    mode: MigrateMode<'c>,
    verbosity: u8,
    /// What is wrong with the files of applied migrations.
    warnings: Vec<String>,
}

impl MigrateCommand<'_> {
    /// Plans and does what it is asked to; `python` hears before and after.
    fn run(&self, python: Option<&Arc<PythonSite>>) -> Result<(), CommandError> {
        let args = self.args;
        if is_up_to_date(self.project, self.database, args)? {
            let signal = self.signal(Vec::new());
            if let Some(python) = python {
                signal.send_before(python).map_err(Findings::from)?;
                signal.send_after(python).map_err(Findings::from)?;
            }
            return self.report(MigrateOutcome::default());
        }
        let migrations = self.project.migrations()?;
        let history = history(&migrations, self.database)?;
        let target = history.target(args.app_label.as_deref(), args.migration_name.as_deref())?;
        let plan = history.plan(&target);
        history.check_before(&plan, args.fake_mode())?;
        let request = MigrateRequest {
            target,
            fake: args.fake_mode(),
        };
        let signal = self.signal(planned_migrations(&plan));
        if let Some(python) = python {
            signal.send_before(python).map_err(Findings::from)?;
        }
        let outcome = match self.mode {
            MigrateMode::Rehearse if !is_done(&plan, &history, self.database)? => {
                let found = self
                    .project
                    .rehearse(&migrations, self.database, &request)?;
                return rehearsal::report(self.ui, found);
            }
            MigrateMode::Execute if !is_done(&plan, &history, self.database)? => {
                let done = self.execute(&migrations, request)?;
                MigrateOutcome {
                    steps: migration_steps(&history, &done.plan, args.fake),
                    snapshot: done.snapshot.map(|snapshot| snapshot.name),
                    ..MigrateOutcome::default()
                }
            }
            _ => {
                let outlook = self.outlook(&history, &plan)?;
                MigrateOutcome {
                    steps: migration_steps(&history, &plan, args.fake),
                    losses: outlook.losses,
                    refusal: outlook.refusal,
                    ..MigrateOutcome::default()
                }
            }
        };
        if let Some(python) = python {
            signal.send_after(python).map_err(Findings::from)?;
        }
        self.report(outcome)
    }

    /// What receivers are told, before and after.
    fn signal(&self, plan: Vec<PlannedMigration>) -> MigrateSignal {
        MigrateSignal {
            using: self.args.database.alias(),
            verbosity: self.verbosity,
            is_interactive: self.ui.is_interactive(),
            plan: Some(plan),
        }
    }

    fn execute(
        &self,
        migrations: &Migrations,
        request: MigrateRequest,
    ) -> Result<MigrateReport, MigrationError> {
        let (ui, args) = (self.ui, self.args);
        let alias = args.database.alias();
        let options = MigrateOptions {
            request,
            snapshots_of: (!args.no_snapshot).then(|| alias.clone()),
        };
        let mut on_event = |event: MigrateEvent<'_>| match event {
            MigrateEvent::SnapshotTaken { snapshot, losses } => {
                for loss in losses {
                    ui.status(loss.to_string());
                }
                ui.status(saved(snapshot));
            }
            MigrateEvent::Migration(event) => report_event(ui, args, event),
        };
        let done = self
            .project
            .migrate(migrations, self.database, &options, &mut on_event);
        done.map_err(|error| error.for_database(&alias))
    }

    /// What a plan that is printed would meet.
    fn outlook(
        &self,
        history: &History<'_>,
        plan: &MigrationPlan,
    ) -> Result<PlanOutlook, MigrationError> {
        match (self.mode, self.database.open_read_only()?) {
            (MigrateMode::Plan { .. }, Some(connection)) if !plan.is_empty() => {
                PlanOutlook::of(history, plan, self.args.fake_mode(), &connection)
            }
            _ => Ok(PlanOutlook::default()),
        }
    }

    /// Prints the outcome; with `--check`, a step that is left is an error.
    fn report(&self, outcome: MigrateOutcome) -> Result<(), CommandError> {
        let (shows_plan, checks) = match self.mode {
            MigrateMode::Plan { check } => (true, check),
            MigrateMode::Check => (false, true),
            _ => (false, false),
        };
        let left = outcome.steps.len();
        if shows_plan || !checks {
            self.ui.result(&MigrateOutcome {
                planned: shows_plan,
                faked: self.args.fake,
                warnings: self.warnings.clone(),
                ..outcome
            })?;
        }
        if checks && left > 0 {
            return Err(Unapplied(left).into());
        }
        Ok(())
    }
}

/// Whether neither a migration nor a record of one is left to be written.
fn is_done(
    plan: &MigrationPlan,
    history: &History<'_>,
    database: &Database,
) -> Result<bool, MigrationError> {
    Ok(plan.is_empty() && is_recorded(history, database)?)
}

/// What is to be told of applied migrations whose files have changed.
fn edited(
    project: &Project,
    database: &Database,
    alias: &DatabaseAlias,
) -> Result<Vec<Finding>, CommandError> {
    match database.open_read_only()? {
        Some(connection) => {
            let edited = project.edited_migrations(&connection)?;
            let warning = |key| edited_warning(key, alias);
            Ok(edited.iter().map(warning).collect())
        }
        None => Ok(Vec::new()),
    }
}

/// Whether names alone show that there is nothing to do.
fn is_up_to_date(
    project: &Project,
    database: &Database,
    args: &MigrateArgs,
) -> Result<bool, CommandError> {
    if args.migration_name.is_some() {
        return Ok(false);
    }
    let Some(connection) = database.open_read_only()? else {
        return Ok(false);
    };
    let missing = unapplied_migrations(&project.apps, &connection)?;
    let Some(label) = args.app_label.as_deref() else {
        return Ok(missing.is_empty());
    };
    let known = migration_names(&project.apps)?
        .iter()
        .any(|key| key.app_label == label);
    Ok(known && missing.iter().all(|key| key.app_label != label))
}

fn history<'m>(
    migrations: &'m Migrations,
    database: &Database,
) -> Result<History<'m>, MigrationError> {
    History::read(migrations, database.open_read_only()?.as_ref())
}

/// Whether no migration that replaces others is left to be recorded.
fn is_recorded(history: &History<'_>, database: &Database) -> Result<bool, MigrationError> {
    let Some(connection) = database.open_read_only()? else {
        return Ok(true);
    };
    let records = applied_migrations(&connection)?;
    let is_missing =
        |key| history.is_applied(key) && records.iter().all(|record| record.key != *key);
    let mut replacing = history
        .migrations
        .iter()
        .filter(|found| !found.replaces.is_empty());
    Ok(!replacing.any(|migration| is_missing(&migration.key)))
}

/// Where a snapshot is, and the way back to it.
pub(crate) fn saved(snapshot: &Snapshot) -> String {
    let path = snapshot.path.display();
    let option = DatabaseAlias::new(&snapshot.record.database).option();
    format!("snapshot `{path}`; `djr undo{option}` goes back to it")
}

fn report_event(ui: &Ui, args: &MigrateArgs, event: MigrationEvent<'_>) {
    match event {
        MigrationEvent::Waiting => {
            ui.status("waiting for another process to release the database ...");
        }
        MigrationEvent::OperationRan(_) => {}
        MigrationEvent::Finished { faked, .. } => {
            if faked && !args.fake {
                ui.status("    only recorded: its tables are there");
            }
        }
        MigrationEvent::Started {
            key,
            direction,
            atomic,
        } => {
            let verb = match (direction, args.fake) {
                (Direction::Forwards, false) => "applying",
                (Direction::Backwards, false) => "undoing",
                (Direction::Forwards, true) => "recording",
                (Direction::Backwards, true) => "forgetting",
            };
            let how = if atomic { "" } else { NOT_ATOMIC };
            ui.status(format!("{verb} {key}{how}"));
        }
    }
}

/// `--check` found migrations to apply or to undo.
#[derive(Debug, thiserror::Error)]
#[error("{} to run", text::count(*.0, "migration"))]
struct Unapplied(usize);

impl Diagnostic for Unapplied {
    fn code(&self) -> &'static str {
        "unapplied-migrations"
    }

    fn hints(&self) -> Vec<String> {
        vec!["`djr migrate --plan` names them, `djr migrate` runs them".to_owned()]
    }
}
