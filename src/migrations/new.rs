//! Migrations made without a look at the models, or from one that is there.

use crate::migrations::naming::{parse_number, suggest_name};
use crate::migrations::optimizer::Optimizer;
use crate::migrations::{History, Migration, MigrationDependency, MigrationKey};

/// A migration of an app that does nothing yet; `name` is what follows the number.
pub fn empty_migration(history: &History<'_>, app_label: &str, name: Option<&str>) -> Migration {
    let leaf = history.leaf(app_label);
    let last = leaf.as_ref().and_then(|leaf| parse_number(&leaf.name));
    let name = match (name, &leaf) {
        (Some(name), _) => name.to_owned(),
        (None, None) => "initial".to_owned(),
        (None, Some(_)) => suggest_name(&[]),
    };
    let number = last.unwrap_or(0) + 1;
    let key = MigrationKey::new(app_label, &format!("{number:04}_{name}"));
    let mut migration = Migration::new(key, Vec::new());
    migration.initial = leaf.is_none().then_some(true);
    migration.dependencies = leaf.into_iter().map(MigrationDependency::new).collect();
    migration
}

/// The migration `last` with what `new`, made after it, does too.
///
/// It is named after all that it does, or with `name` behind its number.
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
        // What no name can be made for keeps the one it has.
        None => Some(automatic())
            .filter(|name| !name.starts_with("auto_"))
            .unwrap_or_else(|| old[prefix.len()..].trim_start_matches('_').to_owned()),
    };
    if is_numbered && !name.is_empty() {
        migration.key.name = format!("{prefix}_{name}");
    }
    migration
}

/// The migration with as few operations as do the same.
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
