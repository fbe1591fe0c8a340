//! What `djr makemigrations` prints.

use std::fmt;

use serde::Serialize;

use crate::commands::migration_files::MigrationFile;
use crate::diagnostic::Diagnostic;
use crate::text;

/// The files that were written, or would be.
#[derive(Debug, Serialize)]
pub(super) struct MakeMigrationsOutcome {
    pub(super) written: bool,
    #[serde(skip)]
    pub(super) shows_content: bool,
    pub(super) migrations: Vec<MigrationFile>,
    pub(super) warnings: Vec<String>,
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
pub(super) struct MissingMigrations(pub(super) usize);

impl Diagnostic for MissingMigrations {
    fn code(&self) -> &'static str {
        "missing-migrations"
    }

    fn hints(&self) -> Vec<String> {
        vec!["`djr makemigrations` writes what is missing".to_owned()]
    }
}
