//! `djr migrate`: brings the database schema up to date, or to any point of its history.
//!
//! 1. Compare the names of the migrations with the record; with nothing missing, that is all.
//! 2. Read the migrations and plan, from a look at the database that changes nothing.
//! 3. With `--plan` or `--check`, stop here.
//! 4. Carry the plan out, all or nothing; an empty one takes no lock.

use clap::Args;

use crate::commands::migrate_outcome::{
    AcceptEditsOutcome, MigrateOutcome, MigrationStep, NOT_ATOMIC, PruneOutcome, migration_steps,
};
use crate::commands::options::{NoInputArgs, WriteArgs};
use crate::commands::{CommandError, GlobalArgs, migrate_rehearse};
use crate::db::{Database, DatabaseAlias};
use crate::diagnostic::{Diagnostic, Finding};
use crate::migrations::{
    FakeMode, History, MigrateRequest, MigrationError, MigrationEvent, MigrationTarget, Migrations,
    applied_migrations, edited_warning, migration_names, prune_migrations, unapplied_migrations,
};
use crate::project::{MigrateEvent, MigrateOptions, MigrateReport, Project, Snapshot};
use crate::schema::Direction;
use crate::text;
use crate::ui::Ui;

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

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &MigrateArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let database = args.database.find(&project)?;
    if let Some(label) = args.app_label.as_deref().filter(|_| args.prune) {
        return prune_missing(ui, &project, &database, label);
    }
    if args.accept_edits {
        return accept_edits(ui, &project, &database);
    }
    let edited = edited(&project, &database, &args.database.alias())?;
    ui.findings(&edited);
    let outcome = |steps: Vec<MigrationStep>| MigrateOutcome {
        planned: args.plan || args.check,
        faked: args.fake,
        snapshot: None,
        steps,
        warnings: edited.iter().map(|found| found.message.clone()).collect(),
    };
    if is_up_to_date(&project, &database, args)? {
        return report(ui, args, &outcome(Vec::new()));
    }
    let migrations = project.migrations()?;
    let history = history(&migrations, &database)?;
    history.check()?;
    let target = history.target(args.app_label.as_deref(), args.migration_name.as_deref())?;
    let plan = history.plan(&target);
    if args.plan || args.check || plan.is_empty() && is_recorded(&history, &database)? {
        return report(
            ui,
            args,
            &outcome(migration_steps(&history, &plan, args.fake)),
        );
    }
    if args.rehearse {
        let fake = fake(args);
        let found = project.rehearse(&migrations, &database, &MigrateRequest { target, fake })?;
        return migrate_rehearse::report(ui, found);
    }
    let done = execute(ui, (&project, &migrations), &database, args, target)?;
    let outcome = MigrateOutcome {
        snapshot: done.snapshot.map(|snapshot| snapshot.name),
        ..outcome(migration_steps(&history, &done.plan, args.fake))
    };
    report(ui, args, &outcome)
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

/// Carries out `--accept-edits`.
fn accept_edits(ui: &Ui, project: &Project, database: &Database) -> Result<(), CommandError> {
    let accepted = match database.open_read_only()? {
        Some(connection) if !project.edited_migrations(&connection)?.is_empty() => {
            project.accept_edits(database)?
        }
        _ => Vec::new(),
    };
    let accepted = accepted.iter().map(ToString::to_string).collect();
    Ok(ui.result(&AcceptEditsOutcome { accepted })?)
}

/// Carries out `--prune`.
fn prune_missing(
    ui: &Ui,
    project: &Project,
    database: &Database,
    label: &str,
) -> Result<(), CommandError> {
    let migrations = project.migrations()?;
    if !migrations.is_installed(label) {
        history(&migrations, database)?.check_label(label)?;
    }
    let pruned = match database.open_read_only()? {
        Some(_) => prune_migrations(&migrations, database, label)?,
        None => Vec::new(),
    };
    let pruned = pruned.iter().map(ToString::to_string).collect();
    Ok(ui.result(&PruneOutcome { pruned })?)
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

fn fake(args: &MigrateArgs) -> FakeMode {
    match (args.fake, args.fake_initial) {
        (true, _) => FakeMode::All,
        (_, true) => FakeMode::Initial,
        _ => FakeMode::Never,
    }
}

fn execute(
    ui: &Ui,
    (project, migrations): (&Project, &Migrations),
    database: &Database,
    args: &MigrateArgs,
    target: MigrationTarget,
) -> Result<MigrateReport, MigrationError> {
    let alias = args.database.alias();
    let options = MigrateOptions {
        request: MigrateRequest {
            target,
            fake: fake(args),
        },
        snapshots_of: (!args.no_snapshot).then(|| alias.clone()),
    };
    let mut on_event = |event: MigrateEvent<'_>| match event {
        MigrateEvent::SnapshotTaken { snapshot, losses } => {
            for loss in losses {
                ui.status(format!(
                    "{} removes or narrows {}",
                    loss.migration, loss.what
                ));
            }
            ui.status(saved(snapshot));
        }
        MigrateEvent::Migration(event) => report_event(ui, args, event),
    };
    let outcome = project.migrate(migrations, database, &options, &mut on_event);
    outcome.map_err(|error| error.on(&alias))
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

/// Prints the outcome; with `--check`, work to do is an error.
fn report(ui: &Ui, args: &MigrateArgs, outcome: &MigrateOutcome) -> Result<(), CommandError> {
    if args.check && !outcome.steps.is_empty() {
        if args.plan {
            ui.result(outcome)?;
        }
        return Err(Unapplied(outcome.steps.len()).into());
    }
    if !args.check || args.plan {
        ui.result(outcome)?;
    }
    Ok(())
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
