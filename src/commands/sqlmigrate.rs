//! `djr sqlmigrate`: prints the statements of a migration.

use std::fmt;

use clap::Args;
use serde::Serialize;

use crate::commands::options::DatabaseArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::migrations::{History, collect_sql};
use crate::schema::Direction;
use crate::ui::Ui;

/// Print the statements of a migration
///
/// They are what `djr migrate` runs, in its order; the database is not looked at.
#[derive(Args, Debug)]
pub(crate) struct SqlMigrateArgs {
    /// The app of the migration
    app_label: String,
    /// The migration: its name, or a unique beginning of it
    migration_name: String,
    /// Print what undoes the migration
    #[arg(long)]
    backwards: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &SqlMigrateArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    args.database.find(&project)?;
    let migrations = project.migrations()?;
    let history = History::of_files(&migrations)?;
    history.check_label(&args.app_label)?;
    let key = history.find(&args.app_label, &args.migration_name)?;
    let direction = if args.backwards {
        Direction::Backwards
    } else {
        Direction::Forwards
    };
    let statements = collect_sql(&history, &key, direction)?;
    if statements.is_empty() {
        ui.status(format!("`{key}` has no operations"));
    }
    Ok(ui.result(&MigrationScript {
        migration: key.to_string(),
        atomic: migrations.get(&key).is_none_or(|found| found.atomic),
        statements,
    })?)
}

/// The statements of a migration.
#[derive(Debug, Serialize)]
struct MigrationScript {
    migration: String,
    atomic: bool,
    statements: Vec<String>,
}

impl fmt::Display for MigrationScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.statements.is_empty() {
            return Ok(());
        }
        if !self.atomic {
            return f.write_str(&self.statements.join("\n"));
        }
        write!(f, "BEGIN;\n{}\nCOMMIT;", self.statements.join("\n"))
    }
}
