//! Squashes several migrations of an app into one that replaces them.

use crate::diagnostic::{Diagnostic, ExitCode};
use crate::migrations::operations::Operation;
use crate::migrations::optimizer::Optimizer;
use crate::migrations::{History, Migration, MigrationDependency, MigrationError, MigrationKey};

/// Why migrations cannot be squashed.
#[derive(Debug, thiserror::Error)]
pub enum SquashError {
    /// One of them replaces others itself.
    #[error("`{0}` stands for other migrations itself")]
    Nested(MigrationKey),
    /// The first comes after the last.
    #[error("`{first}` does not come before `{last}`")]
    Order {
        /// The first.
        first: MigrationKey,
        /// The last.
        last: MigrationKey,
    },
    /// The squashed migration and one of another app would depend on each other.
    #[error(
        "`{first}` to `{last}` cannot be one migration: another app needs the first and is needed by the last"
    )]
    Circular {
        /// The first.
        first: MigrationKey,
        /// The last.
        last: MigrationKey,
    },
    /// The migrations do not fit each other.
    #[error(transparent)]
    Migration(Box<MigrationError>),
}

impl Diagnostic for SquashError {
    fn code(&self) -> &'static str {
        match self {
            Self::Migration(error) => error.code(),
            _ => "cannot-squash",
        }
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self {
            Self::Migration(error) => return error.hints(),
            Self::Circular { .. } => {
                "squash fewer of them: those before the other app, or those after it".to_owned()
            }
            Self::Nested(key) => format!(
                "once every database has applied it, delete what it stands for and its `replaces`: see `{}.toml`",
                key.name
            ),
            Self::Order { last, .. } => {
                format!("`djr showmigrations {}` shows the order", last.app_label)
            }
        };
        vec![hint]
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Failed
    }
}

/// A migration that replaces others.
#[derive(Clone, Debug)]
pub struct SquashedMigration {
    /// The migration.
    pub migration: Migration,
    /// How many operations the squashed migrations have.
    pub operations_before: usize,
}

/// The migrations of an app that become one.
#[derive(Clone, Copy, Debug)]
pub struct SquashRange<'k> {
    /// The first of them; all from the beginning without it.
    pub first: Option<&'k MigrationKey>,
    /// The last of them.
    pub last: &'k MigrationKey,
}

/// One migration for those of `squashed`.
///
/// `name` is what follows the number; without `optimize` the operations stay as they are.
pub fn squash_migrations(
    history: &History<'_>,
    squashed: SquashRange<'_>,
    name: Option<&str>,
    optimize: bool,
) -> Result<SquashedMigration, SquashError> {
    let SquashRange { first, last } = squashed;
    let keys = range(history, first, last)?;
    let migrations: Vec<_> = keys
        .iter()
        .filter_map(|key| history.migrations.get(key))
        .collect();
    if let Some(nested) = migrations.iter().find(|found| !found.replaces.is_empty()) {
        return Err(SquashError::Nested(nested.key.clone()));
    }
    let operations: Vec<Operation> = migrations
        .iter()
        .flat_map(|migration| migration.operations.clone())
        .collect();
    let operations_before = operations.len();
    let optimizer = Optimizer {
        app_label: &last.app_label,
        user_model: history.migrations.user_model(),
    };
    let operations = if optimize {
        optimizer.optimize(operations)
    } else {
        operations
    };
    let key = MigrationKey::new(&last.app_label, &squashed_name(first, last, name));
    let mut migration = Migration::new(key, operations);
    migration.dependencies = dependencies(&migrations, &last.app_label);
    migration.run_before = migrations
        .iter()
        .flat_map(|found| found.run_before.clone())
        .collect();
    migration.initial = first.is_none().then_some(true);
    migration.atomic = migrations.iter().all(|found| found.atomic);
    migration.replaces = keys;
    check(history, &migration, last)?;
    Ok(SquashedMigration {
        migration,
        operations_before,
    })
}

/// Fails if migrations would depend on each other with this one among them.
fn check(
    history: &History<'_>,
    migration: &Migration,
    last: &MigrationKey,
) -> Result<(), SquashError> {
    let migrations = history.migrations.with_migration(migration.clone());
    let found = History::new(&migrations, []).and_then(|history| history.state());
    match found {
        Ok(_) => Ok(()),
        Err(MigrationError::Circular(_)) => Err(SquashError::Circular {
            first: migration.replaces.first().unwrap_or(last).clone(),
            last: last.clone(),
        }),
        Err(error) => Err(SquashError::Migration(Box::new(error))),
    }
}

fn range(
    history: &History<'_>,
    first: Option<&MigrationKey>,
    last: &MigrationKey,
) -> Result<Vec<MigrationKey>, SquashError> {
    let mut keys = history.forwards_plan(last);
    keys.retain(|key| key.app_label == last.app_label);
    // A migration that replaces some of these is in the graph beside them. It is caught later as a
    // nested squash, since its operations would be there twice.
    let Some(first) = first else {
        return Ok(keys);
    };
    match keys.iter().position(|key| key == first) {
        Some(position) => Ok(keys.split_off(position)),
        None => Err(SquashError::Order {
            first: first.clone(),
            last: last.clone(),
        }),
    }
}

fn dependencies(migrations: &[&Migration], app_label: &str) -> Vec<MigrationDependency> {
    let mut found: Vec<MigrationDependency> = Vec::new();
    for (index, migration) in migrations.iter().enumerate() {
        for dependency in &migration.dependencies {
            // Only the first one depends on a migration of its own app that is not squashed.
            let is_outside = dependency.is_user_model || dependency.key.app_label != app_label;
            let is_known = found
                .iter()
                .any(|other| other.to_string() == dependency.to_string());
            if (index == 0 || is_outside) && !is_known {
                found.push(dependency.clone());
            }
        }
    }
    found.sort_by_cached_key(ToString::to_string);
    found
}

fn squashed_name(first: Option<&MigrationKey>, last: &MigrationKey, name: Option<&str>) -> String {
    match (first, name) {
        (Some(first), Some(name)) => {
            let prefix = first.name.split('_').next().unwrap_or("0001");
            format!("{prefix}_{name}")
        }
        (Some(first), None) => format!("{}_squashed_{}", first.name, last.name),
        (None, Some(name)) => format!("0001_{name}"),
        (None, None) => format!("0001_squashed_{}", last.name),
    }
}
