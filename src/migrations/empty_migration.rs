//! A migration without operations (`makemigrations --empty`).

use crate::migrations::naming::{parse_number, suggest_name};
use crate::migrations::{History, Migration, MigrationDependency, MigrationKey};

/// A migration without operations, after the last one of the app.
///
/// `name` is what follows the number.
pub fn empty_migration(history: &History<'_>, app_label: &str, name: Option<&str>) -> Migration {
    let leaf = history.leaf_node(app_label);
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
