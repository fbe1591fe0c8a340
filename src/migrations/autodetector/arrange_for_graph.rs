//! The numbers, names and last dependencies of new migrations.

use std::collections::{BTreeMap, BTreeSet};

use crate::clock;
use crate::migrations::autodetector::AutodetectorOptions;
use crate::migrations::operations::Operation;
use crate::migrations::{History, Migration, MigrationDependency, MigrationKey};

/// The longest name made of several operations, before `and_more`.
const MAX_LENGTH: usize = 52;

/// The migrations under their names, each after those it needs; without the apps nobody asked for.
pub(super) fn arrange(
    mut parts: BTreeMap<String, Vec<Migration>>,
    history: &History<'_>,
    wanted: &AutodetectorOptions,
) -> Vec<Migration> {
    trim(&mut parts, &wanted.only);
    let mut names = BTreeMap::new();
    for (label, migrations) in &mut parts {
        let leaf = history.leaf(label);
        let before = leaf.as_ref().and_then(|leaf| number(&leaf.name));
        let numbers = before.unwrap_or(0) + 1..;
        for ((index, migration), next) in migrations.iter_mut().enumerate().zip(numbers) {
            let is_first = index == 0 && leaf.is_none();
            let name = match &wanted.name {
                Some(name) => name.clone(),
                None if is_first || migration.initial == Some(true) => "initial".to_owned(),
                None => automatic_name(&migration.operations),
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
    let mut migrations: Vec<_> = parts.into_values().flatten().collect();
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
    ordered(migrations)
}

/// Leaves out what was not asked for and is not needed either.
fn trim(parts: &mut BTreeMap<String, Vec<Migration>>, only: &[String]) {
    if only.is_empty() {
        return;
    }
    let mut required: BTreeSet<String> = only.iter().cloned().collect();
    loop {
        let needed = parts.iter().filter(|(label, _)| required.contains(*label));
        let needed = needed.flat_map(|(_, migrations)| migrations);
        let needed = needed.flat_map(|migration| &migration.dependencies);
        let needed: BTreeSet<_> = needed.map(|found| found.key.app_label.clone()).collect();
        let before = required.len();
        required.extend(needed);
        if required.len() == before {
            break;
        }
    }
    parts.retain(|label, _| required.contains(label));
}

/// The migrations, each after the new ones it needs.
fn ordered(migrations: Vec<Migration>) -> Vec<Migration> {
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

/// What a migration of these operations is called, without its number.
pub fn automatic_name(operations: &[Operation]) -> String {
    let fragments: Option<Vec<_>> = operations.iter().map(Operation::fragment).collect();
    let fragments = fragments.unwrap_or_default();
    let Some((first, rest)) = fragments.split_first() else {
        return format!("auto_{}", timestamp());
    };
    let mut name = plain(first);
    for fragment in rest {
        let longer = format!("{name}_{}", plain(fragment));
        if longer.chars().count() > MAX_LENGTH {
            name.push_str("_and_more");
            break;
        }
        name = longer;
    }
    name.chars().take(100).collect()
}

/// `text` with one `_` for each run of other characters than letters, digits and `_`.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut is_gap = false;
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            plain.push(c);
        } else if !is_gap {
            plain.push('_');
        }
        is_gap = !(c.is_alphanumeric() || c == '_');
    }
    plain
}

/// The moment, as a part of a name that nobody else gives: `20260102_0304`.
pub fn timestamp() -> String {
    let digits: String = clock::now()
        .to_sql()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    format!("{}_{}", &digits[..8], &digits[8..12])
}

/// The number a migration's name begins with; of a squashed one, that of the last it stands for.
pub fn number(name: &str) -> Option<u32> {
    let from = name.rfind("_squashed_").map(|at| &name[at + 10..]);
    let digits = |text: &str| -> Option<u32> {
        let end = text
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len());
        text[..end].parse().ok()
    };
    from.and_then(digits).or_else(|| digits(name))
}
