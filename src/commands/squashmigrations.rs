//! `djr squashmigrations`: one migration in the place of many.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::commands::confirm::{Unconfirmed, confirm_or};
use crate::commands::migration_files::{MigrationFile, check_name, lock};
use crate::commands::options::NoInputArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::migrations::{History, SquashRange, squash_migrations};
use crate::text;
use crate::ui::Ui;

/// Write one migration that stands for several
///
/// It holds their operations, reduced to as few as do the same, and names them in `replaces`: a
/// database that has applied them takes it for applied, a new one runs it alone. Leave the old
/// files until every database has applied them.
#[derive(Args, Debug)]
pub(crate) struct SquashMigrationsArgs {
    /// The app of the migrations
    app_label: String,
    /// The first of them, if not that of the app; with one name alone, the last
    start_migration_name: String,
    /// The last of them: a name, or a unique beginning of one
    migration_name: Option<String>,
    /// Leave the operations as they are
    #[arg(long)]
    no_optimize: bool,
    /// The name of the new migration, after the number
    #[arg(long, value_name = "NAME")]
    squashed_name: Option<String>,
    /// Print what would be written and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    input: NoInputArgs,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &SquashMigrationsArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    check_name(args.squashed_name.as_deref())?;
    let migrations = project.migrations()?;
    let history = History::of_files(&migrations)?;
    history.check_label(&args.app_label)?;
    let find = |name: &str| history.find(&args.app_label, name);
    let (first, last) = match &args.migration_name {
        Some(last) => (Some(find(&args.start_migration_name)?), find(last)?),
        None => (None, find(&args.start_migration_name)?),
    };
    let name = args.squashed_name.as_deref();
    let range = SquashRange {
        first: first.as_ref(),
        last: &last,
    };
    let squashed = squash_migrations(&history, range, name, !args.no_optimize)?;
    let file = MigrationFile::new(&project, &squashed.migration)?;
    let outcome = SquashMigrationsOutcome {
        written: !args.dry_run,
        replaces: squashed
            .migration
            .replaces
            .iter()
            .map(ToString::to_string)
            .collect(),
        operations_before: squashed.operations_before,
        migration: file,
    };
    if !args.dry_run {
        if !args.input.noinput && ui.is_interactive() {
            let names = text::quoted(outcome.replaces.iter().map(String::as_str));
            confirm_or(ui, &format!("squash {names}?"), Unconfirmed::Declined)?;
        }
        lock(&project)?.apply(&[outcome.migration.creation()])?;
    }
    ui.result(&outcome)?;
    if !args.dry_run {
        ui.status("leave the old files until every database has applied them");
    }
    Ok(())
}

/// The migration that was written, or would be.
#[derive(Debug, Serialize)]
struct SquashMigrationsOutcome {
    written: bool,
    replaces: Vec<String>,
    operations_before: usize,
    migration: MigrationFile,
}

impl fmt::Display for SquashMigrationsOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = if self.written { "wrote" } else { "would write" };
        write!(
            f,
            "{verb} {}\none migration for {}, {} for {}",
            self.migration,
            self.replaces.len(),
            text::count(self.migration.operations.len(), "operation"),
            self.operations_before
        )
    }
}
