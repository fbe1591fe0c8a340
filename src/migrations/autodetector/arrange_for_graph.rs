//! Numbers and names new migrations (`MigrationAutodetector.arrange_for_graph`).

use std::collections::{BTreeMap, BTreeSet};

use crate::migrations::autodetector::options::AutodetectorOptions;
use crate::migrations::naming::{parse_number, suggest_name};
use crate::migrations::{History, Migration, MigrationDependency, MigrationKey};

/// The migrations under their final names, each after those it depends on.
///
/// Without those of apps that nobody asked for, unless they are needed.
pub(super) fn arrange_for_graph(
    mut by_app: BTreeMap<String, Vec<Migration>>,
    history: &History<'_>,
    options: &AutodetectorOptions,
) -> Vec<Migration> {
    trim_to_apps(&mut by_app, &options.only);
    let mut names = BTreeMap::new();
    for (label, migrations) in &mut by_app {
        let leaf = history.leaf_node(label);
        let before = leaf.as_ref().and_then(|leaf| parse_number(&leaf.name));
        let numbers = before.unwrap_or(0) + 1..;
        for ((index, migration), next) in migrations.iter_mut().enumerate().zip(numbers) {
            let is_first = index == 0 && leaf.is_none();
            let name = match &options.name {
                Some(name) => name.clone(),
                None if is_first || migration.initial == Some(true) => "initial".to_owned(),
                None => suggest_name(&migration.operations),
            };
            let key = MigrationKey::new(label, &format!("{next:04}_{name}"));
            if let (0, Some(leaf)) = (index, &leaf) {
                migration
                    .dependencies
                    .push(MigrationDependency::new(leaf.clone()));
            }
            names.insert(migration.key.clone(), key.clone());
            migration.key = key;
        }
    }
    let mut migrations: Vec<_> = by_app.into_values().flatten().collect();
    for migration in &mut migrations {
        for dependency in &mut migration.dependencies {
            if let Some(name) = names.get(&dependency.key) {
                dependency.key = name.clone();
            }
        }
        migration
            .dependencies
            .sort_by_cached_key(ToString::to_string);
    }
    sort_by_dependencies(migrations)
}

/// Removes the apps that were not asked for and that no other app depends on.
fn trim_to_apps(by_app: &mut BTreeMap<String, Vec<Migration>>, only: &[String]) {
    if only.is_empty() {
        return;
    }
    let mut required: BTreeSet<String> = only.iter().cloned().collect();
    loop {
        let needed = by_app.iter().filter(|(label, _)| required.contains(*label));
        let needed = needed.flat_map(|(_, migrations)| migrations);
        let needed = needed.flat_map(|migration| &migration.dependencies);
        let needed: BTreeSet<_> = needed.map(|found| found.key.app_label.clone()).collect();
        let before = required.len();
        required.extend(needed);
        if required.len() == before {
            break;
        }
    }
    by_app.retain(|label, _| required.contains(label));
}

/// The migrations, each after the new ones it depends on.
fn sort_by_dependencies(migrations: Vec<Migration>) -> Vec<Migration> {
    let mut waiting = migrations;
    let mut done: Vec<Migration> = Vec::new();
    while !waiting.is_empty() {
        let is_ready = |migration: &Migration| {
            let mut needed = migration.dependencies.iter();
            needed.all(|found| waiting.iter().all(|other| other.key != found.key))
        };
        let position = waiting.iter().position(is_ready).unwrap_or(0);
        done.push(waiting.remove(position));
    }
    done
}
