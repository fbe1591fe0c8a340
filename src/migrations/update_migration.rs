//! A last migration that takes over newer operations, or is optimized.

use crate::migrations::naming::suggest_name;
use crate::migrations::optimizer::Optimizer;
use crate::migrations::{History, Migration};

/// The migration `last` with the operations of `new`, made after it (`makemigrations --update`).
///
/// It is named after all its operations, or with `name` after its number.
pub fn updated_migration(
    history: &History<'_>,
    last: &Migration,
    new: &[Migration],
    name: Option<&str>,
) -> Migration {
    let mut migration = last.clone();
    for other in new {
        migration.operations.extend(other.operations.clone());
        for dependency in &other.dependencies {
            let is_inside =
                dependency.key == last.key || new.iter().any(|other| other.key == dependency.key);
            let name = dependency.to_string();
            let mut known = migration.dependencies.iter();
            if !is_inside && !known.any(|known| known.to_string() == name) {
                migration.dependencies.push(dependency.clone());
            }
        }
    }
    migration
        .dependencies
        .sort_by_cached_key(ToString::to_string);
    let mut migration = optimized_migration(history, &migration);
    let old = &migration.key.name;
    let prefix = old.split('_').next().unwrap_or(old);
    let is_numbered = prefix.chars().all(|c| c.is_ascii_digit());
    let automatic = || suggest_name(&migration.operations);
    let name = match name {
        Some(name) => name.to_owned(),
        None if migration.initial == Some(true) => "initial".to_owned(),
        // Operations that no name can be made of keep the name that the migration has.
        None => Some(automatic())
            .filter(|name| !name.starts_with("auto_"))
            .unwrap_or_else(|| old[prefix.len()..].trim_start_matches('_').to_owned()),
    };
    if is_numbered && !name.is_empty() {
        migration.key.name = format!("{prefix}_{name}");
    }
    migration
}

/// The migration with as few operations as have the same effect.
pub fn optimized_migration(history: &History<'_>, migration: &Migration) -> Migration {
    let optimizer = Optimizer {
        app_label: &migration.key.app_label,
        user_model: history.migrations.user_model(),
    };
    Migration {
        operations: optimizer.optimize(migration.operations.clone()),
        ..migration.clone()
    }
}
