//! Says that a migration is not applied, where a command fails at a database that is not as the models are.

use std::error::Error;
use std::fmt;

use crate::commands::{CommandError, GlobalArgs};
use crate::db::DatabaseAlias;
use crate::diagnostic::{Diagnostic, ExitCode, Finding};
use crate::migrations::{MigrationKey, unapplied_migrations};
use crate::text;

/// How many migrations are named; the others are counted.
const NAMED: usize = 3;

/// `error`, and the migrations that the database called `alias`, or else the default one, lacks, where that may be
/// its reason.
pub(crate) fn with_unapplied_migrations(
    error: CommandError,
    global: &GlobalArgs,
    alias: Option<&str>,
) -> CommandError {
    let alias = alias.map_or_else(DatabaseAlias::default, DatabaseAlias::new);
    if !error.diagnostic().is_schema_mismatch() {
        return error;
    }
    match unapplied(global, &alias) {
        Some(migrations) if !migrations.is_empty() => DatabaseBehind {
            error,
            migrations,
            alias,
        }
        .into(),
        _ => error,
    }
}

/// The migrations that are not applied; none where that cannot be told.
fn unapplied(global: &GlobalArgs, alias: &DatabaseAlias) -> Option<Vec<MigrationKey>> {
    let project = global.project().ok()?;
    let connection = project.database(alias).ok()?.open_read_only().ok()??;
    unapplied_migrations(&project.apps, &connection).ok()
}

/// An error, and the migrations that the database lacks.
#[derive(Debug)]
struct DatabaseBehind {
    error: CommandError,
    migrations: Vec<MigrationKey>,
    alias: DatabaseAlias,
}

impl DatabaseBehind {
    fn hint(&self) -> String {
        let count = self.migrations.len();
        let verb = if count == 1 { "is" } else { "are" };
        let first = self.migrations.iter().take(NAMED);
        let first: Vec<_> = first.map(ToString::to_string).collect();
        let names = text::quoted(first.iter().map(String::as_str));
        let more = match count.saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let option = self.alias.option();
        format!("{names}{more} {verb} not applied: run `djr migrate{option}`")
    }
}

impl fmt::Display for DatabaseBehind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.error.diagnostic(), f)
    }
}

impl Error for DatabaseBehind {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.diagnostic().source()
    }
}

impl Diagnostic for DatabaseBehind {
    fn code(&self) -> &'static str {
        self.error.diagnostic().code()
    }

    fn hints(&self) -> Vec<String> {
        let others = self.error.diagnostic().hints().into_iter();
        let others = others.filter(|hint| !hint.contains("`djr migrate`"));
        std::iter::once(self.hint()).chain(others).collect()
    }

    fn exit_code(&self) -> ExitCode {
        self.error.diagnostic().exit_code()
    }

    fn findings(&self) -> &[Finding] {
        self.error.diagnostic().findings()
    }
}
