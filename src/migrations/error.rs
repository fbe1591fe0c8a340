//! Why a plan of migrations could not be made or carried out.

use std::error::Error;
use std::fmt;

use crate::db::{BrokenReferences, DatabaseAlias, DatabaseError};
use crate::diagnostic::{Diagnostic, ExitCode, Finding, Findings};
use crate::migrations::half_squashed::HalfSquashed;
use crate::migrations::key_mismatch::KeyMismatch;
use crate::migrations::reused_table::ReusedTable;
use crate::migrations::{MigrationKey, RunProgress};
use crate::models::StateError;
use crate::schema::SchemaError;
use crate::text;

/// Why a plan of migrations could not be made or carried out.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// Files have mistakes.
    #[error(transparent)]
    Findings(#[from] Findings),
    /// The database could not be used.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A hook does not let the plan run.
    #[error(transparent)]
    Hook(HookError),
    /// No app has this label.
    #[error("no app is labelled `{label}`")]
    UnknownApp {
        /// The label.
        label: String,
        /// The labels of the installed apps.
        installed: Vec<String>,
    },
    /// The app has no migrations.
    #[error("the app `{0}` has no migrations")]
    NoMigrations(String),
    /// The app has no such migration.
    #[error("the app `{label}` has no migration that begins with `{name}`")]
    UnknownMigration {
        /// The label of the app.
        label: String,
        /// The name that was asked for.
        name: String,
        /// The names of its migrations.
        known: Vec<String>,
    },
    /// The names of several migrations begin with what was asked for.
    #[error("several migrations of `{label}` begin with `{prefix}`: {}", text::quoted(found.iter().map(String::as_str)))]
    Ambiguous {
        /// The label of the app.
        label: String,
        /// The name that was asked for.
        prefix: String,
        /// Those that begin with it.
        found: Vec<String>,
    },
    /// Migrations depend on each other.
    #[error("migrations need each other: {}", listed(.0))]
    Circular(Vec<MigrationKey>),
    /// An app has several last migrations.
    #[error("the migrations of an app end in more than one: {}", listed(.0))]
    Conflict(Vec<MigrationKey>),
    /// A migration was applied before one it depends on.
    #[error("`{key}` is applied, but `{parent}`, which it needs, is not")]
    Inconsistent {
        /// The applied one.
        key: MigrationKey,
        /// The one it depends on.
        parent: MigrationKey,
    },
    /// Migrations still replace those whose records were to be pruned.
    #[error("{} still replaces migrations whose files are gone", listed(.0))]
    StillReplacing(Vec<MigrationKey>),
    /// An operation cannot be undone.
    #[error("`{key}` cannot be undone: it has no way back from `{operation}`")]
    Irreversible {
        /// The migration.
        key: MigrationKey,
        /// The operation.
        operation: String,
    },
    /// An operation does not fit the models before it.
    #[error("`{key}` does not fit what comes before it")]
    State {
        /// The migration.
        key: MigrationKey,
        /// The reason.
        source: Box<StateError>,
    },
    /// An operation failed.
    #[error("`{key}` failed at `{operation}`{}", if *partly_committed { "" } else { "; nothing was changed" })]
    Operation {
        /// The migration.
        key: MigrationKey,
        /// The operation.
        operation: String,
        /// The row that is to blame, if one is.
        row: Option<String>,
        /// Whether something of the run is committed all the same.
        partly_committed: bool,
        /// The reason.
        source: Box<SchemaError>,
    },
    /// Something of the run is committed, and something is not.
    #[error("{progress}")]
    PartlyCommitted {
        /// What is committed.
        progress: Box<RunProgress>,
        /// Why the rest is not committed.
        source: Box<Self>,
    },
    /// Of the migrations that another one stands for only some are applied, and files of them are gone.
    #[error(transparent)]
    HalfSquashed(Box<HalfSquashed>),
    /// The key of a table changed, and others refer to what it was.
    #[error(transparent)]
    KeyMismatch(Box<KeyMismatch>),
    /// Rows refer to ones that are not there, after these migrations.
    #[error("after {}, {broken}", listed(migrations))]
    BrokenReferences {
        /// What was applied or undone in the transaction.
        migrations: Vec<MigrationKey>,
        /// The rows.
        broken: BrokenReferences,
    },
    /// A table with rows is dropped that another model has, or gets.
    #[error(transparent)]
    ReusedTable(Box<ReusedTable>),
    /// The operations in effect of a migration that is partly applied are not those of its file.
    #[error(
        "`{key}` is half done, and its first {} changed since",
        text::count(*operations, "operation")
    )]
    PartialMigrationChanged {
        /// The migration.
        key: MigrationKey,
        /// How many operations are in effect.
        operations: usize,
    },
}

impl MigrationError {
    /// The error of a run that came as far as `progress` and ended with `self`.
    #[must_use]
    pub(super) fn after(mut self, mut progress: RunProgress) -> Self {
        if progress.is_empty() {
            return self;
        }
        if let Self::Operation {
            partly_committed, ..
        } = &mut self
        {
            *partly_committed = true;
        }
        progress.forget_started();
        Self::PartlyCommitted {
            progress: Box::new(progress),
            source: Box::new(self),
        }
    }

    /// The error for a run on the database `alias`, which the commands in its hints then name.
    #[must_use]
    pub fn for_database(mut self, alias: &DatabaseAlias) -> Self {
        if let Self::PartlyCommitted { progress, .. } = &mut self {
            progress.database = alias.clone();
        }
        self
    }
}

/// Why a hook did not let a plan run.
#[derive(Debug)]
pub struct HookError(pub Box<dyn Diagnostic + Send + Sync>);

impl fmt::Display for HookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for HookError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

impl Diagnostic for MigrationError {
    fn code(&self) -> &'static str {
        match self {
            Self::Findings(findings) => findings.code(),
            Self::Database(error) => error.code(),
            Self::Hook(HookError(error)) => error.code(),
            Self::UnknownApp { .. } => "unknown-app",
            Self::NoMigrations(_) => "no-migrations",
            Self::UnknownMigration { .. } => "unknown-migration",
            Self::Ambiguous { .. } => "ambiguous-migration",
            Self::Circular(_) => "circular-dependency",
            Self::Conflict(_) => "conflicting-migrations",
            Self::Inconsistent { .. } => "inconsistent-history",
            Self::StillReplacing(_) => "still-replacing",
            Self::Irreversible { .. } => "irreversible",
            Self::State { .. } => "migration-state",
            Self::Operation { source, .. } => source.code(),
            Self::PartlyCommitted { source, .. } => source.code(),
            Self::HalfSquashed(_) => "half-squashed",
            Self::KeyMismatch(_) => "foreign-key-mismatch",
            Self::BrokenReferences { .. } => "broken-references",
            Self::ReusedTable(_) => "reused-table",
            Self::PartialMigrationChanged { .. } => "half-done-changed",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Database(error) => return error.hints(),
            Self::Hook(HookError(error)) => return error.hints(),
            Self::Operation { source, row, .. } => {
                return row.iter().cloned().chain(source.hints()).collect();
            }
            Self::PartlyCommitted { progress, source } => {
                let hints = source.hints().into_iter();
                return hints.chain(progress.hints()).collect();
            }
            Self::HalfSquashed(found) => return found.hints(),
            Self::KeyMismatch(found) => return found.hints(),
            Self::BrokenReferences { broken, .. } => {
                return DatabaseError::BrokenReferences(broken.clone()).hints();
            }
            Self::ReusedTable(found) => return found.hints(),
            Self::PartialMigrationChanged { key, .. } => format!(
                "put those back as they were, or finish by hand and take it for applied: \
                 `djr migrate {} {} --fake`",
                key.app_label, key.name
            ),
            Self::UnknownApp { label, installed } => unknown(label, installed, "installed apps"),
            Self::UnknownMigration { name, known, .. } => unknown(name, known, "its migrations"),
            Self::NoMigrations(label) => {
                format!("migrations are files such as `{label}/migrations/0001_initial.toml`")
            }
            Self::Ambiguous { .. } => "write more of the name".to_owned(),
            Self::Circular(_) => "take one of their `dependencies` out".to_owned(),
            Self::Conflict(_) => "join them: `djr makemigrations --merge`".to_owned(),
            Self::Inconsistent { parent, .. } => format!(
                "if its tables are there, record it: `djr migrate {} {} --fake`",
                parent.app_label, parent.name
            ),
            Self::StillReplacing(_) => {
                "run `djr migrate`, take `replaces` out of it, then prune again".to_owned()
            }
            Self::Irreversible { .. } => "give the operation a `reverse_sql`".to_owned(),
            _ => return Vec::new(),
        };
        vec![hint]
    }

    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Database(error) => error.exit_code(),
            Self::Hook(HookError(error)) => error.exit_code(),
            Self::Operation { source, .. } => source.exit_code(),
            Self::PartlyCommitted { source, .. } => source.exit_code(),
            Self::PartialMigrationChanged { .. }
            | Self::ReusedTable(_)
            | Self::BrokenReferences { .. }
            | Self::HalfSquashed(_)
            | Self::KeyMismatch(_) => ExitCode::Refused,
            Self::Conflict(_) | Self::Inconsistent { .. } | Self::StillReplacing(_) => {
                ExitCode::Refused
            }
            _ => ExitCode::Failed,
        }
    }

    fn findings(&self) -> &[Finding] {
        match self {
            Self::Findings(findings) => findings.findings(),
            Self::PartlyCommitted { source, .. } => source.findings(),
            _ => &[],
        }
    }
}

fn unknown(name: &str, known: &[String], what: &str) -> String {
    let known = || known.iter().map(String::as_str);
    match text::did_you_mean(name, known()) {
        Some(hint) => hint,
        None => format!("{what}: {}", text::quoted(known())),
    }
}

fn listed(keys: &[MigrationKey]) -> String {
    let names: Vec<_> = keys.iter().map(ToString::to_string).collect();
    text::quoted(names.iter().map(String::as_str))
}
