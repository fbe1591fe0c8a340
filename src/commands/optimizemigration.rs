//! `djr optimizemigration`: a migration with fewer operations.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::commands::migration_files::{MigrationFile, lock};
use crate::commands::{CommandError, GlobalArgs};
use crate::diagnostic::Diagnostic;
use crate::migrations::{History, optimized_migration};
use crate::ui::Ui;

/// Rewrite a migration with as few operations as do the same
///
/// A database that has applied it is where the new operations lead, too.
#[derive(Args, Debug)]
pub(crate) struct OptimizeMigrationArgs {
    /// The app of the migration
    app_label: String,
    /// The migration: its name, or a unique beginning of it
    migration_name: String,
    /// Exit with 1 if there is something to reduce; write nothing
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(
    ui: &Ui,
    global: &GlobalArgs,
    args: &OptimizeMigrationArgs,
) -> Result<(), CommandError> {
    let project = global.project()?;
    let migrations = project.migrations()?;
    let history = History::of_files(&migrations)?;
    history.check_label(&args.app_label)?;
    let key = history.find(&args.app_label, &args.migration_name)?;
    let Some(migration) = history.migrations.get(&key) else {
        return Ok(());
    };
    let before = migration.operations.len();
    let optimized = optimized_migration(&history, migration);
    let file = MigrationFile::new(&project, &optimized)?;
    let is_shorter = optimized.operations != migration.operations;
    if is_shorter && !args.check {
        lock(&project)?.apply(&[file.replacement(&project)?])?;
    }
    ui.result(&OptimizeMigrationOutcome {
        written: is_shorter && !args.check,
        operations_before: before,
        migration: file,
    })?;
    if is_shorter && args.check {
        return Err(Reducible.into());
    }
    Ok(())
}

/// `--check` found something to reduce.
#[derive(Debug, thiserror::Error)]
#[error("the migration can be shorter")]
struct Reducible;

impl Diagnostic for Reducible {
    fn code(&self) -> &'static str {
        "reducible-migration"
    }

    fn hints(&self) -> Vec<String> {
        vec!["without `--check`, this command rewrites it".to_owned()]
    }
}

/// The migration, as it is now or would be.
#[derive(Debug, Serialize)]
struct OptimizeMigrationOutcome {
    written: bool,
    operations_before: usize,
    migration: MigrationFile,
}

impl fmt::Display for OptimizeMigrationOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let after = self.migration.operations.len();
        if self.operations_before == after && !self.written {
            return f.write_str("nothing to reduce");
        }
        let verb = if self.written { "wrote" } else { "would write" };
        let before = self.operations_before;
        write!(
            f,
            "{verb} {}\n{after} operations for {before}",
            self.migration
        )
    }
}
