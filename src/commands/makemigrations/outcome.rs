//! What `djr makemigrations` prints.

use std::fmt;

use serde::Serialize;

use crate::commands::CommandError;
use crate::commands::makemigrations::args::MakeMigrationsArgs;
use crate::commands::makemigrations::pending_files::PendingFiles;
use crate::commands::migration_files::MigrationFile;
use crate::diagnostic::{Diagnostic, ExitCode};
use crate::text;
use crate::ui::Ui;

/// Prints the files that were written, or would be; with `--check`, that some are missing is an error.
pub(super) fn report(
    ui: &Ui,
    args: &MakeMigrationsArgs,
    pending: PendingFiles,
) -> Result<(), CommandError> {
    let outcome = MakeMigrationsOutcome {
        written: !args.check && !args.dry_run && !pending.is_empty(),
        shows_content: args.dry_run && ui.is_verbose(),
        migrations: pending.files,
        warnings: pending.warnings,
    };
    for warning in &outcome.warnings {
        ui.warn(warning, &[]);
    }
    let count = outcome.migrations.len();
    ui.result(&outcome)?;
    if args.check && count > 0 {
        return Err(MissingMigrations(count).into());
    }
    if outcome.written {
        ui.status("next: `djr migrate`");
    }
    Ok(())
}

/// The files that were written, or would be.
#[derive(Debug, Serialize)]
struct MakeMigrationsOutcome {
    written: bool,
    #[serde(skip)]
    shows_content: bool,
    migrations: Vec<MigrationFile>,
    warnings: Vec<String>,
}

impl fmt::Display for MakeMigrationsOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.migrations.is_empty() {
            return f.write_str("no changes found");
        }
        let verb = if self.written { "wrote" } else { "would write" };
        let blocks: Vec<_> = self
            .migrations
            .iter()
            .map(|file| {
                if self.shows_content {
                    format!("{verb} {file}\n\n{}", file.content)
                } else {
                    format!("{verb} {file}")
                }
            })
            .collect();
        f.write_str(&blocks.join("\n"))
    }
}

/// `--check` found changes that no migration makes.
#[derive(Debug, thiserror::Error)]
#[error("{} missing", text::count(*.0, "migration"))]
struct MissingMigrations(usize);

impl Diagnostic for MissingMigrations {
    fn code(&self) -> &'static str {
        "missing-migrations"
    }

    fn hints(&self) -> Vec<String> {
        vec!["`djr makemigrations` writes what is missing".to_owned()]
    }
}

/// A change of migrations that is refused.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct MigrationRefused {
    pub(super) message: String,
    pub(super) hint: String,
}

impl Diagnostic for MigrationRefused {
    fn hints(&self) -> Vec<String> {
        vec![self.hint.clone()]
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Refused
    }
}
