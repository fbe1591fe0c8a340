//! `djr up`: everything from a fresh project to a served site.
//!
//! 1. Check the project; with an error nothing is done.
//! 2. Migrate. 3. Make the tables of caches. 4. Make sure there is a superuser.
//! 5. Serve. What can fail without a person has failed by now.

use std::path::Path;
use std::time::Duration;

use clap::Args;

use crate::checks::{self, CheckSelection, CheckedProject};
use crate::commands::{
    CommandError, GlobalArgs, check, createcachetable, createsuperuser, migrate as migration,
    runserver,
};
use crate::db::DatabaseAlias;
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::migrations::{
    FakeMode, MigrateRequest, MigrationEvent, MigrationTarget, unapplied_migrations,
};
use crate::project::{MigrateEvent, MigrateOptions, Project};
use crate::text;
use crate::ui::Ui;

/// How long to wait for another process that migrates.
const LOCK_TIMEOUT: Duration = Duration::from_secs(60);

/// Check, migrate, make sure there is a superuser, serve
///
/// The superuser comes from `DJR_SUPERUSER_USERNAME` and `DJR_SUPERUSER_PASSWORD`, or on a terminal
/// from you. Without either, where there is none yet, nothing is served. Can be run any time: what
/// is done already is left alone.
#[derive(Args, Debug)]
pub(crate) struct UpArgs {
    /// Where to listen: PORT, ADDR:PORT, 0:PORT for every address [default: 127.0.0.1:8000]
    #[arg(value_name = "ADDRPORT", env = "PORT", hide_env_values = true)]
    address: Option<String>,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &UpArgs) -> Result<(), CommandError> {
    let (directory, settings) = global.paths();
    bring_up(ui, directory, settings, args.address.as_deref())
}

/// Checks, migrates and serves the project in `directory`, with the file `settings` laid over its own.
pub(crate) fn bring_up(
    ui: &Ui,
    directory: Option<&Path>,
    settings: Option<&Path>,
    address: Option<&str>,
) -> Result<(), CommandError> {
    let address = runserver::read_address(address)?;
    let CheckedProject { project, report } =
        checks::run(directory, settings, &CheckSelection::default())?;
    if report.prevents_serving() {
        return Err(check::check_failed(ui, &report).into());
    }
    ui.findings(report.findings());
    runserver::refuse_without_hosts(&project)?;
    report_step(ui, "check", report);
    report_step(ui, "migrate", migrate(ui, &project)?);
    report_step(ui, "cache", create_cache_tables(&project)?);
    report_step(ui, "superuser", ensure_superuser(ui, &project)?);
    // Only now: while a password is typed, signals must find no other thread.
    let loading = runserver::loading_thread()?;
    runserver::serve(ui, project, &address, loading)
}

fn report_step(ui: &Ui, step: &str, outcome: impl std::fmt::Display) {
    ui.status(format!("{step:<10} {outcome}"));
}

fn migrate(ui: &Ui, project: &Project) -> Result<String, CommandError> {
    let database = project.database(&DatabaseAlias::default())?;
    if let Some(connection) = database.open_read_only()?
        && unapplied_migrations(&project.apps, &connection)?.is_empty()
    {
        return Ok("nothing to migrate".to_owned());
    }
    let options = MigrateOptions {
        request: MigrateRequest {
            target: MigrationTarget::All,
            fake: FakeMode::Never,
        },
        snapshots_of: Some(DatabaseAlias::default()),
    };
    let mut on_event = |event: MigrateEvent<'_>| match event {
        MigrateEvent::Migration(MigrationEvent::Waiting) => {
            ui.status("waiting for another process to release the database ...");
        }
        MigrateEvent::SnapshotTaken { snapshot, .. } => ui.status(migration::saved(snapshot)),
        MigrateEvent::Migration(_) => {}
    };
    let database = database.with_lock_timeout(LOCK_TIMEOUT);
    let migrations = project.migrations()?;
    let report = project.migrate(&migrations, &database, &options, &mut on_event)?;
    Ok(match report.plan.steps.len() {
        0 => "nothing to migrate".to_owned(),
        applied => format!("applied {}", text::count(applied, "migration")),
    })
}

fn create_cache_tables(project: &Project) -> Result<String, CommandError> {
    let made = createcachetable::create_missing(project)?;
    if made.is_empty() {
        return Ok("nothing to make".to_owned());
    }
    let names = text::quoted(made.iter().map(String::as_str));
    Ok(format!("made table {names}"))
}

/// Without the app there are no users, and the site is served all the same.
fn ensure_superuser(ui: &Ui, project: &Project) -> Result<String, CommandError> {
    if project.apps.get("auth").is_none() {
        return Ok("none: the app `auth` is not installed".to_owned());
    }
    Ok(
        match createsuperuser::ensure(ui, project).map_err(cancelled)? {
            Some(name) => format!("made `{name}`"),
            None => "there is one".to_owned(),
        },
    )
}

/// Who cancels at the question for a superuser has a project and a database by then.
fn cancelled(error: CommandError) -> CommandError {
    match error.diagnostic().exit_code() {
        ExitCode::Interrupted => UpCancelled.into(),
        _ => error,
    }
}

/// The question for a superuser was cancelled.
#[derive(Debug, thiserror::Error)]
#[error("cancelled; there is no superuser yet, what was done before stays")]
struct UpCancelled;

impl Diagnostic for UpCancelled {
    fn code(&self) -> &'static str {
        "cancelled"
    }

    fn hints(&self) -> Vec<String> {
        vec!["`djr up` in the project's directory goes on from here".to_owned()]
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Interrupted
    }
}
